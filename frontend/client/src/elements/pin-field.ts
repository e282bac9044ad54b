/**
 * <pin-field data-lookup="/api/v1/live/lookup"> around the form of the PIN: goes on by itself once the digits are those of
 * a room. A PIN has six digits, or seven when many rooms are open; a wrong one is only told when the button is pressed.
 */
import { define } from "../shared/define";
import { callJson } from "../shared/http";

const SHORTEST = 6;
const LONGEST = 7;

class PinField extends HTMLElement {
  private asked = "";

  connectedCallback(): void {
    const field = this.querySelector("input");
    field?.addEventListener("input", () => void this.typed(field));
  }

  private async typed(field: HTMLInputElement): Promise<void> {
    const pin = field.value.replace(/\D/g, "");
    if (pin.length < SHORTEST || pin.length > LONGEST || pin === this.asked) {
      return;
    }
    this.asked = pin;
    const address = `${this.dataset["lookup"] ?? ""}?pin=${pin}`;
    const reply = await callJson(address, { timeoutMs: 5_000 }).catch(() => null);
    if (reply?.status === 200 && field.value.replace(/\D/g, "") === pin) {
      field.form?.submit();
    }
  }
}

define("pin-field", PinField);
