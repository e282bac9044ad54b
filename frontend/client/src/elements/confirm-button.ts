/**
 * <confirm-button data-question="…" data-confirm="…" data-cancel="…"> around a submit button: asks before what cannot
 * be taken back. Without script the button acts at once, so the server's own checks are the guard.
 */
import { define } from "../shared/define";

class ConfirmButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>("button");
    const form = button?.form;
    if (!button || !form || typeof HTMLDialogElement === "undefined") {
      return;
    }
    let agreed = false;
    button.addEventListener("click", (event) => {
      if (agreed || !form.reportValidity()) {
        return;
      }
      event.preventDefault();
      this.ask(button, () => {
        agreed = true;
        form.requestSubmit(button);
        agreed = false;
      });
    });
  }

  private ask(button: HTMLButtonElement, go: () => void): void {
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    words.id = `ask-${Math.random().toString(36).slice(2)}`;
    words.textContent = this.dataset["question"] ?? "";
    dialog.setAttribute("aria-labelledby", words.id);
    const yes = make(this.dataset["confirm"] ?? button.textContent ?? "", "button button--primary");
    const no = make(this.dataset["cancel"] ?? "", "button");
    const row = document.createElement("div");
    row.className = "actions";
    row.append(yes, no);
    const body = document.createElement("div");
    body.className = "dialog__body";
    body.append(words, row);
    dialog.append(body);
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      dialog.close();
      go();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

function make(text: string, className: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text.trim();
  return button;
}

define("confirm-button", ConfirmButton);
