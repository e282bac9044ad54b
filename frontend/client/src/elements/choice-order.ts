/**
 * <choice-order> around ol.sequence whose items each hold a <select> of places: gives every item two buttons, keeps the
 * selects in step (they carry the answer), and says where an item went. Until somebody moves an item or keeps the order
 * shown, the question stays unanswered. Words: data-msg-up, -down, -keep, -moved ("{item}: vị trí {place}").
 */
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { message } from "../shared/messages";

class ChoiceOrder extends HTMLElement {
  private keepButton: HTMLButtonElement | null = null;

  connectedCallback(): void {
    if (this.hasAttribute("data-ready")) {
      return;
    }
    for (const item of this.items) {
      item.prepend(this.place());
      item.append(this.moves(item));
    }
    this.keepButton = this.button(message(this, "keep"), "button button--small", () => this.commit());
    this.append(this.keepButton);
    this.closest("[data-question]")?.addEventListener("answer:restored", () => this.arrange());
    this.toggleAttribute("data-ready", true);
    this.arrange();
  }

  private get list(): HTMLElement | null {
    return this.querySelector("ol");
  }

  private get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("ol > li")];
  }

  /** Puts the items in the order that the selects say; without an answer they stay as the page brought them. */
  private arrange(): void {
    const untouched = this.items.some((item) => selectOf(item)?.value === "");
    if (!untouched) {
      const sorted = this.items.sort((a, b) => Number(selectOf(a)?.value) - Number(selectOf(b)?.value));
      this.list?.append(...sorted);
    }
    this.toggleAttribute("data-untouched", untouched);
    this.draw();
  }

  private move(item: HTMLElement, by: -1 | 1, from: HTMLElement): void {
    const items = this.items;
    const place = items.indexOf(item) + by;
    const other = items[place];
    if (other === undefined) {
      return;
    }
    if (by < 0) {
      other.before(item);
    } else {
      other.after(item);
    }
    this.commit();
    const buttons = [...item.querySelectorAll<HTMLButtonElement>("button")];
    (buttons.find((button) => button === from && !button.disabled) ?? buttons.find((button) => !button.disabled))?.focus();
    announce(message(this, "moved", { item: textOf(item), place: place + 1 }));
  }

  /** Writes the order shown into the selects, as the answer. */
  private commit(): void {
    this.items.forEach((item, index) => {
      const select = selectOf(item);
      if (select) {
        select.value = String(index + 1);
      }
    });
    this.toggleAttribute("data-untouched", false);
    this.draw();
    selectOf(this)?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private draw(): void {
    const items = this.items;
    items.forEach((item, index) => {
      const [up, down] = item.querySelectorAll<HTMLButtonElement>("button");
      const place = item.querySelector(".sequence__place");
      if (up && down && place) {
        up.disabled = index === 0;
        down.disabled = index === items.length - 1;
        place.textContent = String(index + 1);
      }
    });
    if (this.keepButton) {
      this.keepButton.hidden = !this.hasAttribute("data-untouched");
    }
  }

  private place(): HTMLElement {
    const place = document.createElement("span");
    place.className = "sequence__place number";
    return place;
  }

  private moves(item: HTMLElement): HTMLElement {
    const group = document.createElement("span");
    group.className = "sequence__moves";
    const steps = [
      ["up", -1],
      ["down", 1],
    ] as const;
    for (const [name, by] of steps) {
      const button = this.button("", `sequence__move sequence__move--${name}`, () => this.move(item, by, button));
      button.setAttribute("aria-label", `${message(this, name)}: ${textOf(item)}`);
      group.append(button);
    }
    return group;
  }

  private button(text: string, className: string, press: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = text;
    button.addEventListener("click", press);
    return button;
  }
}

function selectOf(root: HTMLElement): HTMLSelectElement | null {
  return root.querySelector("select");
}

function textOf(item: HTMLElement): string {
  return item.querySelector(".sequence__text")?.textContent?.trim() ?? "";
}

define("choice-order", ChoiceOrder);
