/** <copy-link data-text="…" data-done="Đã chép"> around a hidden button: copies where the browser can. */
import { announce } from "../shared/announce";
import { define } from "../shared/define";

class CopyLink extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>("button");
    if (!button || !navigator.clipboard) {
      return;
    }
    const label = button.textContent ?? "";
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset["text"] ?? "");
      button.textContent = this.dataset["done"] ?? label;
      announce(this.dataset["done"] ?? "");
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}

define("copy-link", CopyLink);
