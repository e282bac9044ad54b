/** Putting entries in order with <choice-order>; what is shown when "send" is pressed is the answer. */
import type { OptionView } from "../../messages.gen";
import { el } from "../dom";
import type { Deeds, Model } from "../model";
import type { Form } from "../part";

export function ordering(model: Model, deeds: Deeds): Form {
  let now = model;
  const { words } = model;
  const list = el("ol", { class: "sequence", role: "list" }, ...arranged(model).map((entry, _, all) => line(entry, all.length)));
  const tool = document.createElement("choice-order");
  for (const name of ["up", "down", "keep", "moved"]) {
    tool.setAttribute(`data-msg-${name}`, words(`order-${name}`));
  }
  tool.append(list);
  const fields = el("fieldset", { class: "live-entries" }, tool);
  const send = el("button", { class: "button button--primary button--wide live-send", type: "button" }, words("send"));
  const shown = (): string[] => [...list.children].map((item) => (item as HTMLElement).dataset["key"] ?? "");
  const draw = (): void => {
    fields.disabled = !now.mayAnswer;
    send.hidden = !now.mayAnswer || (now.answering.state !== "refused" && String(now.answering.value) === String(shown()));
  };
  list.addEventListener("input", draw);
  send.addEventListener("click", () => deeds.give(shown()));
  draw();
  return {
    element: el("div", { class: "live-answer" }, el("p", { class: "live-hint" }, words("order-hint")), fields),
    send,
    update: (next) => {
      now = next;
      draw();
    },
  };
}

/** The entries as they were given, or as the page brought them. */
function arranged({ room, answering }: Model): OptionView[] {
  const entries = room.view.question?.entries ?? [];
  const given = Array.isArray(answering.value) ? (answering.value as unknown[]) : [];
  const found = given.map((key) => entries.find((entry) => entry.key === key));
  return found.length === entries.length && found.every((entry) => entry !== undefined) ? (found as OptionView[]) : entries;
}

function line(entry: OptionView, count: number): HTMLElement {
  const places = Array.from({ length: count }, (_, index) => el("option", { value: index + 1 }, String(index + 1)));
  const text = el("span", { class: "sequence__text", id: `live-entry-${entry.key}` }, entry.text);
  const select = el("select", { class: "input", "aria-labelledby": text.id }, el("option", { value: "" }), ...places);
  return el("li", { class: "sequence__item", "data-key": entry.key }, text, select);
}
