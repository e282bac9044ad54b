/** The answer: bars with counts and shares, right ones ticked, wrong ones dimmed; why, and where it is written. */
import type { QuestionView, RoundView, SolutionView } from "../live/messages.gen";
import { wholeNumber } from "../shared/format";
import { CROSS, el, sign, svg, TICK } from "./dom";
import { Fitted, guess, spared } from "./fit";
import { isBuzzed, type Model, type Moment, type Words } from "./model";
import { card, optionsOf } from "./options";
import type { Scene } from "./scene";
import { BESIDE, BESIDE_LONG, FloorPanel } from "./seats";

const MOST_LINES = 6;
/** More characters than this beside the right answer would make both too small to be read. */
const MOST_GIVEN = 240;
/** Beside so many characters the floor is drawn narrower. */
const LONG = 700;

export class RevealScene implements Scene {
  readonly element: HTMLElement;
  onCue?: (cue: string) => void;
  private readonly body = el("div", "hall-reveal__body");
  private readonly fitted: Fitted;
  private readonly floor: FloorPanel | null;
  private drawn = "";

  constructor(model: Model) {
    this.floor = model.view.round.mode === "bell" ? new FloorPanel(model, (cue) => this.onCue?.(cue), BESIDE) : null;
    this.element = el("section", "hall-scene hall-reveal", this.body, this.floor?.element ?? null);
    this.fitted = new Fitted(this.body);
    this.update(model);
  }

  update(model: Model): void {
    const { question, solution } = model.view;
    this.floor?.update(model);
    this.fitted.settle();
    const key = JSON.stringify([question, solution]);
    if (!question || key === this.drawn) {
      return;
    }
    this.drawn = key;
    this.body.replaceChildren(...revealed(question, solution ?? {}, model.words, model.view.round));
    const options = (question.options ?? []).map((option) => option.text.length + 12);
    const all = options.reduce((sum, length) => sum + length, question.stem.length + (solution?.explanation?.length ?? 0));
    this.element.toggleAttribute("data-long", all > LONG);
    this.floor?.within(all > LONG ? BESIDE_LONG : BESIDE);
    this.place();
    this.fitted.to(guess(question.stem.length + (solution?.explanation?.length ?? 0) / 2, options));
  }

  frame(moment: Moment): void {
    this.floor?.frame(moment);
    this.place();
  }

  /** Seats stand beside the answer; a number alone above it. */
  private place(): void {
    this.element.toggleAttribute("data-floor", this.floor?.hasGrid === true);
  }

  leave(): void {
    this.fitted.leave();
  }
}

/**
 * What stands on the screen, a pure function of question and solution. The picture is gone: it was seen while the question
 * was open, and its room belongs to the answer. At the buzzer nobody chose an option.
 */
export function revealed(question: QuestionView, solution: SolutionView, words: Words, round: Partial<RoundView> = {}): HTMLElement[] {
  const top = el("div", "hall-question__top", el("h1", "hall-stem hall-stem--small", question.stem));
  const isPoll = question.type === "poll";
  const counted = !isBuzzed(round.mode ?? "", question);
  const parts: (HTMLElement | null)[] = [
    solution.voided ? el("p", "hall-voided", words("voided", { reason: solution.voided })) : null,
    top,
    answerOf(question, solution, counted, words),
    counted ? el("p", "hall-reveal__sum", sum(solution, sumName(isPoll, round), words)) : null,
    isPoll ? null : because(solution, words),
  ];
  return parts.filter((part) => part !== null);
}

function answerOf(question: QuestionView, solution: SolutionView, counted: boolean, words: Words): HTMLElement {
  const options = optionsOf(question, words);
  if (options.length === 0) {
    return el("div", "hall-reveal__lines", right(solution, question.kind === "order", words), counted ? typed(question, solution) : null);
  }
  const counts = solution.counts ?? {};
  const marked = question.type !== "poll";
  const cards = options.map((option, index) => {
    const made = card(option, index);
    const isRight = (solution.right ?? []).includes(option.key);
    const count = counts[option.key] ?? 0;
    if (counted) {
      made.append(bar(count, solution.answered ?? 0), tally(count, solution.answered ?? 0));
    }
    if (marked) {
      made.dataset["verdict"] = isRight ? "right" : "wrong";
      made.append(el("span", "hall-opt__verdict", sign(isRight ? TICK : CROSS), spoken(words(isRight ? "right" : "wrong"))));
    }
    return made;
  });
  const list = el("ol", "hall-opts hall-opts--revealed", ...cards);
  list.dataset["count"] = String(options.length);
  return list;
}

function right(solution: SolutionView, ordered: boolean, words: Words): HTMLElement {
  const lines = (solution.lines ?? []).map((line, index) =>
    el("li", "hall-answer__line", ordered ? el("b", "", `${index + 1}.`) : sign(TICK), spared(el("span", "", line), "then")),
  );
  return el("div", "hall-answer", el("p", "hall-answer__lead", words("answer")), el("ol", "hall-answer__lines", ...lines));
}

/** The answers typed most often. Whole orders, sets of pairs and long texts are too long to be compared on a screen. */
function typed(question: QuestionView, solution: SolutionView): HTMLElement | null {
  if (question.kind !== "fill") {
    return null;
  }
  const counted = Object.entries(solution.counts ?? {}).sort(([a, m], [b, n]) => n - m || a.localeCompare(b, "vi"));
  const most = counted.slice(0, MOST_LINES);
  if (most.length === 0 || most.reduce((sum, [text]) => sum + text.length, 0) > MOST_GIVEN) {
    return null;
  }
  const isRight = new Set([...(solution.lines ?? []), ...(solution.right ?? [])]);
  const lines = most.map(([text, count]) => {
    const line = el("li", "hall-given__line", el("span", "hall-given__text", text));
    line.append(bar(count, solution.answered ?? 0), tally(count, solution.answered ?? 0));
    line.toggleAttribute("data-right", isRight.has(text));
    return line;
  });
  return el("ol", "hall-given", ...lines);
}

function bar(count: number, of: number): SVGElement {
  const width = of > 0 ? Math.min(100, (100 * count) / of) : 0;
  const full = svg("rect", { class: "hall-bar__full", x: 0, y: 0, height: 4, width: width.toFixed(1) });
  const box = { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "hall-bar", "aria-hidden": "true" };
  return svg("svg", box, svg("rect", { class: "hall-bar__track", x: 0, y: 0, height: 4, width: 100 }), full);
}

/** "120 · 65%". */
function tally(count: number, of: number): HTMLElement {
  const share = of > 0 ? Math.round((100 * count) / of) : 0;
  return el("span", "hall-tally", el("b", "", wholeNumber(count)), ` · ${share}%`);
}

/** Where a team answers as one, teams are right, not people. */
function sumName(isPoll: boolean, { mode, terms }: Partial<RoundView>): string {
  if (isPoll) {
    return "answers";
  }
  return mode === "teams" && terms?.team_answers !== "members" ? "answers-right-teams" : "answers-right";
}

function sum(solution: SolutionView, name: string, words: Words): string {
  const answered = wholeNumber(solution.answered ?? 0);
  return words(name, name === "answers" ? { answered } : { answered, right: wholeNumber(solution.right_count ?? 0) });
}

function because(solution: SolutionView, words: Words): HTMLElement | null {
  if (!solution.explanation && !solution.source) {
    return null;
  }
  return el(
    "div",
    "hall-because",
    solution.explanation ? spared(el("p", "hall-because__text", solution.explanation), "first") : null,
    solution.source ? el("p", "hall-because__source", words("source", { source: solution.source })) : null,
  );
}

function spoken(text: string): HTMLElement {
  return el("span", "visually-hidden", text);
}
