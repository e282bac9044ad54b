/**
 * <submit-dialog> around a <dialog>: asks once before handing in, with the list of what is unanswered.
 * Inside the dialog: [data-unanswered] (an empty list to fill), [data-when-unanswered], [data-when-complete],
 * [data-unsent], [data-confirm], [data-back]. Where <dialog> is unknown, the form is sent and the server asks.
 */
import { define } from "../shared/define";
import { message } from "../shared/messages";

interface Answers {
  blank: string[];
  unsent: number;
  predictionBlank: boolean;
}

class SubmitDialog extends HTMLElement {
  private answers: Answers = { blank: [], unsent: 0, predictionBlank: false };

  connectedCallback(): void {
    const owner = this.closest("autosave-form");
    const dialog = this.querySelector("dialog");
    if (!owner || !dialog || typeof dialog.showModal !== "function") {
      return;
    }
    owner.addEventListener("attempt:answers", (event) => {
      this.answers = (event as CustomEvent<Answers>).detail;
      this.draw(dialog);
    });
    owner.querySelector("form")?.addEventListener("submit", (event) => {
      if ((event.submitter as HTMLButtonElement | null)?.value === "submit") {
        event.preventDefault();
        this.draw(dialog);
        dialog.showModal();
      }
    });
    dialog.querySelector("[data-back]")?.addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-confirm]")?.addEventListener("click", () => {
      dialog.close();
      owner.dispatchEvent(new CustomEvent("attempt:submit"));
    });
    owner.addEventListener("attempt:zero", () => dialog.close());
  }

  private draw(dialog: HTMLElement): void {
    const { blank, unsent, predictionBlank } = this.answers;
    const links = [...document.querySelectorAll<HTMLAnchorElement>("question-grid [data-no]")]
      .filter((link) => blank.includes(link.dataset["no"] ?? ""))
      .map((link) => entry(link.textContent ?? "", link.getAttribute("href") ?? "", link.dataset["label"] ?? ""));
    const list = dialog.querySelector("[data-unanswered]");
    list?.replaceChildren(...links);
    for (const link of list?.querySelectorAll("a") ?? []) {
      link.addEventListener("click", () => (dialog as HTMLDialogElement).close());
    }
    const prediction = predictionBlank && document.querySelector("[name=prediction]") !== null;
    show(dialog, "[data-when-unanswered]", links.length > 0, message(this, "unanswered", { count: links.length }));
    show(dialog, "[data-when-complete]", links.length === 0 && !prediction, message(this, "complete"));
    show(dialog, "[data-when-no-prediction]", prediction, message(this, "no-prediction"));
    show(dialog, "[data-unsent]", unsent > 0, message(this, "unsent", { count: unsent }));
  }
}

function entry(text: string, href: string, label: string): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text.trim();
  link.setAttribute("aria-label", label);
  item.append(link);
  return item;
}

function show(root: HTMLElement, selector: string, visible: boolean, text: string): void {
  const place = root.querySelector<HTMLElement>(selector);
  if (place) {
    place.hidden = !visible;
    place.textContent = text;
  }
}

define("submit-dialog", SubmitDialog);
