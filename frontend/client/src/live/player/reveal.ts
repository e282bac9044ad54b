/** Right or wrong in words, what it brought, the right answer, why, and where it stands. */
import { wholeNumber } from "../../shared/format";
import { markOf, shapeOf } from "../option-marks";
import type { ResultView, SolutionView } from "../messages.gen";
import { keysIn, textOf } from "./answers/choices";
import { appeal } from "./appeal";
import { el, sign } from "./dom";
import { linesOf } from "./given";
import { countedOf, type Deeds, isBuzzer, isPoll, type Model } from "./model";
import { objected } from "./objections";
import { type Part, still } from "./part";
import { signed } from "../points";
import { questionHead, questionStem } from "./question";
import { standing } from "./standing";

export function reveal(model: Model, deeds: Deeds): Part {
  const { room, words } = model;
  const solution = room.view.solution ?? {};
  const place = el("div", { class: "live-result" });
  const answered = el("div");
  const objection = isPoll(room.view) ? still(el("div")) : appeal(model, deeds, room.view.run ?? 0);
  const told = objected(model);
  const element = el(
    "div",
    { class: "live-scene" },
    questionHead(model),
    place,
    questionStem(model),
    answered,
    why(solution, words),
    told.element,
    objection.element,
  );
  let drawn: unknown;
  const update = (next: Model): void => {
    const depends = JSON.stringify([next.room.me?.result, next.room.view.solution, countedOf(next.room)]);
    if (depends !== drawn) {
      drawn = depends;
      place.replaceChildren(...outcome(next));
      answered.replaceChildren(answers(next, next.room.view.solution ?? {}));
    }
    told.update(next);
    objection.update(next);
  };
  update(model);
  return { element, update };
}

/** The result of this run, once it is here. */
export function resultOf({ room }: Model): ResultView | null {
  const result = room.me?.result ?? null;
  return result !== null && result.run === room.view.run ? result : null;
}

function outcome(model: Model): HTMLElement[] {
  const { words, room } = model;
  if (isPoll(room.view)) {
    return [verdict("none", words("poll-result"))];
  }
  const voided = room.view.solution?.voided ?? "";
  if (voided !== "") {
    return [verdict("none", words("voided"), voided)];
  }
  const result = resultOf(model);
  if (result === null) {
    return [verdict("none", words("counting"))];
  }
  const head = verdict(
    result.right ? "right" : result.answered ? "wrong" : "none",
    words(outcomeName(model, result)),
    result.points !== undefined && result.points !== 0 ? words("earned", { points: signed(result.points) }) : "",
  );
  const { game, terms: set } = room.view.round;
  const streak = game && (set?.streak_step ?? 0) > 0 && (result.streak ?? 0) > 1 && el("p", { class: "live-streak" }, words("streak", { count: result.streak ?? 0 }));
  const bonus = (result.bonus ?? 0) > 0 ? words("streak-bonus", { points: signed(result.bonus ?? 0) }) : "";
  if (streak && bonus) {
    streak.append(` · ${bonus}`);
  }
  return [head, ...(streak ? [streak] : []), ...standing(model, result)];
}

/** What is said of an answer; at the buzzer, and who only watched, has missed nothing without one. */
export function outcomeName({ room }: Model, result: ResultView): string {
  const missed = !isBuzzer(room.view) && !room.me?.watching;
  return result.right ? "right" : result.answered ? "wrong" : missed ? "unanswered" : "not-pressed";
}

function verdict(state: "right" | "wrong" | "none", text: string, more = ""): HTMLElement {
  const picture = state === "none" ? null : sign(state);
  return el("p", { class: "live-verdict", "data-state": state }, picture, el("strong", {}, text), more && el("span", { class: "live-verdict__more" }, more));
}

/** The options with what is right and what was chosen; or the right answer in lines. */
function answers(model: Model, solution: SolutionView): HTMLElement {
  const { room, words } = model;
  const { question } = room.view;
  const options = question?.options ?? [];
  if (options.length > 0 && !isBuzzer(room.view)) {
    return optionList(model, solution);
  }
  const own = isBuzzer(room.view) ? [] : linesOf(question, countedOf(room)?.value, words);
  const block = (label: string, lines: readonly string[]): HTMLElement | null =>
    lines.length === 0 ? null : el("div", {}, el("p", { class: "muted small" }, label), ...lines.map((line) => el("p", { class: "live-given" }, line)));
  return el("div", { class: "live-card" }, block(words("right-answer"), solution.lines ?? []), block(words("your-answer"), own));
}

function optionList(model: Model, solution: SolutionView): HTMLElement {
  const { question } = model.room.view;
  const poll = isPoll(model.room.view);
  const chosen = new Set(keysIn(countedOf(model.room)?.value));
  const right = new Set(solution.right ?? []);
  // A combination that the jury has accepted besides is right as a whole: no part of it is crossed out.
  const accepted = question?.kind === "multi" && resultOf(model)?.right === true;
  const counts = solution.counts ?? {};
  const total = solution.answered ?? 0;
  const rows = (question?.options ?? []).map((option, index) => {
    const mark = markOf(index);
    const face = el("span", { class: "opt__mark" });
    face.append(shapeOf(mark), el("span", { class: "opt__letter" }, mark.letter));
    const isRight = !poll && right.has(option.key);
    const notes = [
      isRight ? model.words("option-right") : "",
      chosen.has(option.key) ? model.words("option-own") : "",
      poll ? share(counts[option.key] ?? 0, total) : "",
    ].filter(Boolean);
    const text = el("span", { class: "live-option__text" }, textOf(option, question?.kind, model.words));
    const note = notes.length > 0 && el("span", { class: "live-option__note" }, isRight ? sign("right") : null, notes.join(" · "));
    const state = poll ? null : isRight ? "right" : chosen.has(option.key) && !accepted ? "wrong" : "other";
    return el("li", { class: `live-option opt ${mark.css}`, "data-state": state }, face, el("span", { class: "live-option__body" }, text, note));
  });
  return el("ul", { class: "live-options", role: "list" }, ...rows);
}

function share(count: number, total: number): string {
  return `${wholeNumber(count)} · ${total > 0 ? Math.round((count * 100) / total) : 0}%`;
}

function why({ explanation = "", source = "" }: SolutionView, words: Model["words"]): HTMLElement | null {
  if (explanation === "" && source === "") {
    return null;
  }
  const from = source && el("p", { class: "muted small" }, words("source", { source }));
  return el("div", { class: "live-why" }, el("h2", {}, words("why")), explanation && el("p", {}, explanation), from || null);
}
