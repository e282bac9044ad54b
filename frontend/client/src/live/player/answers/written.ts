/** A short answer that is typed. */
import { el } from "../dom";
import type { Deeds, Model } from "../model";
import type { Form } from "../part";

export const LONGEST = 200;

export function written(model: Model, deeds: Deeds): Form {
  let now = model;
  const field = el("input", {
    class: "input live-field",
    id: "live-fill",
    type: "text",
    maxlength: LONGEST,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "send",
  });
  field.value = typeof model.answering.value === "string" ? model.answering.value : "";
  const label = el("label", { class: "live-hint", for: "live-fill" }, model.words("fill-hint"));
  const form = el("form", { class: "live-answer", id: "live-fill-form" }, label, field);
  const send = el("button", { class: "button button--primary button--wide live-send", type: "submit", form: form.id }, model.words("send"));
  const text = (): string => field.value.trim().replace(/\s+/g, " ");
  const draw = (): void => {
    field.readOnly = !now.mayAnswer;
    const same = now.answering.state !== "refused" && now.answering.value === text();
    send.hidden = !now.mayAnswer || same;
    send.disabled = text() === "";
  };
  field.addEventListener("input", draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!send.hidden && !send.disabled) {
      deeds.give(text());
    }
  });
  draw();
  return {
    element: form,
    send,
    update: (next) => {
      const { value } = next.answering;
      if (typeof value === "string" && value !== now.answering.value && document.activeElement !== field) {
        field.value = value;
      }
      now = next;
      draw();
    },
  };
}
