/**
 * <unit-picker data-source="/api/v1/units"> around a search field [data-search], a plain search button [data-find] and a
 * list [data-list] of radio buttons: searches while one types. GET <source>?q=… gives {"results": [{id, name, parent}]}.
 * The name of the radios is data-name. Words: data-msg-found ("{count} đơn vị"), data-msg-none, data-msg-unreachable.
 */
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { callJson } from "../shared/http";
import { message } from "../shared/messages";

interface Unit {
  id: number;
  name: string;
  parent: string;
}

const QUIET_MS = 250;

class UnitPicker extends HTMLElement {
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("[data-search]");
    if (!field || !this.dataset["source"]) {
      return;
    }
    this.querySelector<HTMLElement>("[data-find]")?.toggleAttribute("hidden", true);
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.search(field.value.trim()), QUIET_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault(); // looks for a unit, does not send the whole form
        void this.search(field.value.trim());
      }
    });
  }

  private async search(text: string): Promise<void> {
    const mine = ++this.asked;
    const source = this.dataset["source"] ?? "";
    const url = `${source}${source.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`;
    const reply = await callJson(url).catch(() => null);
    if (mine !== this.asked) {
      return; // a newer search is under way
    }
    if (reply?.status !== 200) {
      this.say(message(this, "unreachable"));
      return;
    }
    const units = (reply.body["results"] ?? []) as Unit[];
    this.querySelector("[data-list]")?.replaceChildren(...this.kept(units), ...units.map((unit) => this.line(unit)));
    this.say(units.length > 0 ? message(this, "found", { count: units.length }) : message(this, "none"));
  }

  /** The unit already chosen stays in the list, whatever is searched for. */
  private kept(units: Unit[]): Element[] {
    const chosen = this.querySelector<HTMLInputElement>("[data-list] input:checked");
    const item = chosen?.closest("li");
    return item && !units.some((unit) => String(unit.id) === chosen?.value) ? [item] : [];
  }

  private line(unit: Unit): HTMLElement {
    const chosen = this.querySelector<HTMLInputElement>("[data-list] input:checked")?.value === String(unit.id);
    const item = document.createElement("li");
    const label = document.createElement("label");
    label.className = "check";
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: this.dataset["name"] ?? "unit", value: String(unit.id) });
    radio.checked = chosen;
    const text = document.createElement("span");
    text.className = "check__text";
    text.append(span(unit.name, ""), span(unit.parent, "unit-picker__parent"));
    label.append(radio, text);
    item.append(label);
    return item;
  }

  private say(text: string): void {
    const place = this.querySelector("[data-found]");
    if (place) {
      place.textContent = text;
    }
    announce(text);
  }
}

function span(text: string, className: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

define("unit-picker", UnitPicker);
