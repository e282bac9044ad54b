/** Drawing what a view holds: the question with its answer, the distribution, the ranking. */
import { boardDuration, plainNumber, wholeNumber } from "../../shared/format";
import type { LineView, OptionView, QuestionView, Solution, SolutionView } from "../messages.gen";
import { el, keyed, set, write } from "./dom";
import type { Words } from "./words";

const LETTERS = "ABCDEFGHIJKL";
/** The left side of a matching question, as on the projector. */
const NUMBERS = "12345678";
/** Lines drawn at most; a longer list is searched, not read. */
export const MOST_LINES = 200;

/** "Câu 7/20 · 10 điểm · Chủ đề"; slides and polls by their kind. */
export function placeOf(question: QuestionView, questions: number, words: Words): string {
  if (question.type !== "question") {
    return words.of("type", question.type);
  }
  const weight = question.weight ?? 1;
  return [
    words.say("place.question", { no: wholeNumber(question.number ?? question.no), of: wholeNumber(questions) }),
    words.say("place.points", { points: wholeNumber((question.points ?? 0) * weight) }),
    weight === 2 ? words.say("place.double") : weight === 0 ? words.say("place.nothing") : "",
    question.bell ? words.say("place.bell") : "",
    question.topic ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The question as the operator reads it, options by letter; nothing tells the right one. */
export function questionParts(question: QuestionView, words: Words): HTMLElement[] {
  const made: HTMLElement[] = [el("p", { class: "lh-question__stem" }, question.stem)];
  if (question.text) {
    made.push(el("p", { class: "lh-question__text" }, question.text));
  }
  for (const media of question.media ?? []) {
    made.push(
      media.kind === "picture"
        ? el("img", { src: media.url, alt: media.alt, class: "lh-question__picture" })
        : el("audio", { src: media.url, controls: true, preload: "none", "aria-label": media.alt }),
    );
  }
  for (const entries of [optionsOf(question, words), question.entries, question.left, question.right]) {
    if (entries?.length) {
      const signs = entries === question.left ? NUMBERS : LETTERS;
      const lines = entries.map((entry, index) => option(entry, signs[index] ?? "•"));
      made.push(el("ol", { class: "lh-options", role: "list" }, ...lines));
    }
  }
  return made;
}

/** The options as the desk says them: right and wrong in its own language, every other option as it was written. */
function optionsOf(question: QuestionView, words: Words): readonly OptionView[] {
  const options = question.options ?? [];
  return question.kind === "truefalse" ? options.map(({ key }) => ({ key, text: words.say(`truth.${key}`) })) : options;
}

function option(entry: OptionView, sign: string): HTMLElement {
  return el(
    "li",
    { class: "lh-option" },
    el("span", { class: "lh-option__letter", "aria-hidden": "true" }, sign),
    el("span", {}, entry.text),
  );
}

/** The right answer; with `notes` also why and where the outline says so. */
export function keyParts(key: Solution, words: Words, notes: boolean, question?: QuestionView): HTMLElement[] {
  const truths = question?.kind === "truefalse" ? optionsOf(question, words) : [];
  const said = truths.filter((option) => key.right?.includes(option.key)).map((option) => option.text);
  const lines = said.length > 0 ? said : (key.lines ?? []);
  return [
    el("p", { class: "lh-key__label" }, words.say("key.label")),
    lines.length === 1
      ? el("p", { class: "lh-key__answer" }, lines[0] ?? "")
      : el("ul", { class: "lh-key__answer" }, ...lines.map((line) => el("li", {}, line))),
    ...(notes ? noteParts(key, words) : []),
  ];
}

export function noteParts(key: Solution, words: Words): HTMLElement[] {
  const made = [
    key.explanation ? el("p", {}, key.explanation) : null,
    key.source ? el("p", { class: "muted small" }, words.say("key.source", { source: key.source })) : null,
  ].filter((part): part is HTMLParagraphElement => part !== null);
  return made.length > 0 ? made : [el("p", { class: "muted" }, words.say("key.no-notes"))];
}

export interface Bar {
  label: string;
  count: number;
  /** Of those who answered, 0 to 100. */
  percent: number;
  right: boolean;
}

/** The distribution in the order of the options; typed answers by number. */
export function bars(question: QuestionView, solution: SolutionView, words: Words): Bar[] {
  const counts = solution.counts ?? {};
  const total = Math.max(1, solution.answered ?? 0);
  const options = optionsOf(question, words);
  const entries: [string, string][] =
    options.length > 0
      ? options.map((entry, index) => [entry.key, `${LETTERS[index] ?? ""}. ${entry.text}`])
      : Object.keys(counts).map((line) => [line, line]);
  const right = new Set(options.length > 0 ? (solution.right ?? []) : (solution.lines ?? []));
  const found = entries.map(([key, label]) => {
    const count = counts[key] ?? 0;
    return { label, count, percent: Math.round((100 * count) / total), right: right.has(key) };
  });
  return options.length > 0 ? found : found.sort((a, b) => b.count - a.count);
}

export function barList(found: readonly Bar[], words: Words): HTMLElement {
  return el(
    "ul",
    { class: "bars", role: "list" },
    ...found.map((bar) =>
      el(
        "li",
        { class: "bars__row", "data-right": bar.right },
        el("span", { class: "bars__label" }, bar.right ? words.say("bars.right", { label: bar.label }) : bar.label),
        el("progress", { max: 100, value: bar.percent, "aria-label": bar.label }),
        el("span", { class: "bars__value" }, words.say("bars.value", { count: wholeNumber(bar.count), percent: bar.percent })),
      ),
    ),
  );
}

/** Points as the board counts them, in steps of 1/scale: teams have hundredths. */
export function scaled(points: number, scale = 1): string {
  return plainNumber(points / scale);
}

/** Rows of a ranking table: rank, name with unit, right answers, points, time. */
export function drawRanking(place: HTMLElement, lines: readonly LineView[], scale = 1): void {
  keyed(place, lines.slice(0, MOST_LINES), (line) => String(line.id), rankingRow, (row, line) => {
    set(row, "data-rank", line.rank);
    const cells = row.children;
    write(cells[0], String(line.rank));
    write(cells[1]?.children[0], line.name);
    write(cells[1]?.children[1], line.unit ?? "");
    write(cells[2], wholeNumber(line.right ?? 0));
    write(cells[3], scaled(line.points ?? 0, scale));
    write(cells[4], boardDuration(line.ms ?? 0));
  });
}

/** An empty row of a ranking table. */
export function rankingRow(): HTMLTableRowElement {
  return el(
    "tr",
    {},
    el("td", { class: "board__rank" }),
    el("td", { class: "board__name" }, el("span"), el("span", { class: "board__unit" })),
    el("td", { "data-number": true }),
    el("td", { "data-number": true }),
    el("td", { "data-number": true }),
  );
}
