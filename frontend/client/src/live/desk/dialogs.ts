/** Asking in a <dialog> of the page before a deed that cannot be undone or needs a reason. */
import { show, slot, write } from "./dom";

export interface Question {
  title: string;
  text?: string;
  confirm: string;
  /** The reason field: needed, may be left out, or not there. */
  reason?: "needed" | "optional";
}

/** The form's values after its submit button, null when it was left. Focus returns to where it was. */
export function askIn(dialog: HTMLDialogElement): Promise<FormData | null> {
  return new Promise((resolve) => {
    const form = dialog.querySelector("form");
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const byKeys = before?.matches(":focus-visible") ?? false;
    let given: FormData | null = null;
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      given = new FormData(form ?? undefined, event.submitter);
      dialog.close();
    };
    const leave = (event: Event): void => {
      if ((event.target as Element).closest("[data-leave]")) {
        dialog.close();
      }
    };
    form?.addEventListener("submit", submit);
    dialog.addEventListener("click", leave);
    dialog.addEventListener(
      "close",
      () => {
        form?.removeEventListener("submit", submit);
        dialog.removeEventListener("click", leave);
        // Opened by the mouse, the page gets its keys back: Space is the next key's, not the opener's.
        if (byKeys) {
          before?.focus();
        } else {
          before?.blur();
        }
        resolve(given);
      },
      { once: true },
    );
    dialog.showModal();
  });
}

/** The reason given (may be ""), or null when the person thought better of it. */
export async function ask(dialog: HTMLDialogElement, question: Question): Promise<string | null> {
  const field = dialog.querySelector<HTMLInputElement>("[name=reason]");
  write(slot(dialog, "title"), question.title);
  write(slot(dialog, "text"), question.text ?? "");
  show(slot(dialog, "text"), Boolean(question.text));
  write(slot(dialog, "confirm"), question.confirm);
  show(field?.closest(".field"), question.reason !== undefined);
  show(slot(dialog, "optional"), question.reason === "optional");
  if (field) {
    field.value = "";
    field.required = question.reason === "needed";
  }
  const given = await askIn(dialog);
  return given === null ? null : String(given.get("reason") ?? "").trim();
}
