/** Giving each entry on the left its partner. */
import { el } from "../dom";
import type { Deeds, Model } from "../model";
import type { Form } from "../part";

export function matching(model: Model, deeds: Deeds): Form {
  let now = model;
  const { left = [], right = [] } = model.room.view.question ?? {};
  const known = new Map(Array.isArray(model.answering.value) ? (model.answering.value as [string, string][]) : []);
  const pairs = left.map((entry) => {
    const options = right.map((partner) => el("option", { value: partner.key }, partner.text));
    const select = el("select", { class: "input", id: `live-left-${entry.key}` }, el("option", { value: "" }, model.words("choose")), ...options);
    select.value = known.get(entry.key) ?? "";
    return { key: entry.key, select, text: entry.text };
  });
  const rows = pairs.map(({ select, text }) => el("div", { class: "pair" }, el("label", { class: "pair__left", for: select.id }, text), select));
  const fields = el("fieldset", { class: "pairs" }, ...rows);
  const send = el("button", { class: "button button--primary button--wide live-send", type: "button" }, model.words("send"));
  const chosen = (): [string, string][] => pairs.map(({ key, select }) => [key, select.value]);
  const draw = (): void => {
    fields.disabled = !now.mayAnswer;
    const same = now.answering.state !== "refused" && String(now.answering.value) === String(chosen());
    send.hidden = !now.mayAnswer || same;
    send.disabled = chosen().some(([, partner]) => partner === "");
  };
  fields.addEventListener("input", draw);
  send.addEventListener("click", () => deeds.give(chosen()));
  draw();
  return {
    element: el("div", { class: "live-answer" }, el("p", { class: "live-hint" }, model.words("match-hint")), fields),
    send,
    update: (next) => {
      now = next;
      draw();
    },
  };
}
