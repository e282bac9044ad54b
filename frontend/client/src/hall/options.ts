/** What there is to choose from, by kind of question: cards with colour, shape and letter; a list; pairs. */
import { markOf, shapeOf } from "../live/option-marks";
import type { OptionView, QuestionView } from "../live/messages.gen";
import { el } from "./dom";
import { spared } from "./fit";
import type { Words } from "./model";

/** One card of a choice. `data-key` is the key of the option in answers. */
export function card(option: OptionView, index: number): HTMLElement {
  const mark = markOf(index);
  const shape = el("span", "opt__mark hall-opt__mark");
  shape.append(shapeOf(mark));
  const made = el(
    "li",
    `hall-opt opt ${mark.css}`,
    shape,
    el("span", "opt__letter hall-opt__letter", mark.letter),
    el("span", "opt__text hall-opt__text", option.text),
  );
  made.dataset["key"] = option.key;
  return made;
}

/** The options as the screen says them: right and wrong in its own language, every other option as it was written. */
export function optionsOf(question: QuestionView, words: Words): readonly OptionView[] {
  const options = question.options ?? [];
  return question.kind === "truefalse" ? options.map(({ key }) => ({ key, text: words(key === "true" ? "true" : "false") })) : options;
}

/** The whole of what phones offer now, or how to answer where there is nothing to choose. */
export function choices(question: QuestionView, words: Words): HTMLElement | null {
  const { entries = [], left = [], right = [] } = question;
  const options = optionsOf(question, words);
  if (options.length > 0) {
    const list = el("ol", "hall-opts", ...options.map(card));
    list.dataset["count"] = String(options.length);
    return list;
  }
  if (entries.length > 0) {
    return el("ul", "hall-entries", ...entries.map((entry) => el("li", "hall-entry", spared(el("span", "", entry.text), "then"))));
  }
  if (left.length > 0) {
    return el("div", "hall-pairs", column(left, (no) => String(no + 1)), column(right, (no) => markOf(no).letter));
  }
  return question.kind === "fill" ? el("p", "hall-fill", words("how-fill-long")) : null;
}

function column(entries: readonly OptionView[], label: (no: number) => string): HTMLElement {
  const lines = entries.map((entry, no) =>
    el("li", "hall-entry", el("span", "hall-entry__label", label(no)), spared(el("span", "", entry.text), "then")),
  );
  return el("ol", "hall-pairs__side", ...lines);
}

/** "Chọn một phương án": how this kind is answered; "" where there is nothing to say. */
export function how(question: QuestionView, words: Words): string {
  const known = ["single", "multi", "truefalse", "fill", "order", "match"];
  const kind = question.kind ?? "";
  return known.includes(kind) ? words(`how-${kind}`) : "";
}

/** Lengths for the first guess of a size. */
export function lengthsOf(question: QuestionView): number[] {
  const { options = [], entries = [], left = [], right = [] } = question;
  return [...options, ...entries, ...left, ...right].map((entry) => entry.text.length);
}
