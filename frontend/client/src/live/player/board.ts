/** The five best and one's own place; the podium as the hall shows it. */
import type { LineView, RoundView } from "../messages.gen";
import { el } from "./dom";
import type { Model } from "./model";
import type { Part } from "./part";
import { boardPoints } from "../points";
import { standing } from "./standing";

export function board(model: Model): Part {
  return redrawn(model, (next) => [heading(next.words("board")), ...rows(next), ...own(next)]);
}

export function podium(model: Model): Part {
  return redrawn(model, (next) => {
    const lines = next.room.view.board ?? [];
    const wait = lines.length === 0 && el("p", { class: "live-wait" }, next.words("podium-wait"));
    return [heading(next.words("podium")), provisional(next), ...(wait ? [wait] : rows(next))];
  });
}

/** Not the last word until the jury has confirmed it; nothing is said once it is published. */
export function provisional({ room, words }: Model): HTMLElement {
  const verdict = room.view.verdict || "provisional";
  return el("p", { class: "live-verdict-line", "data-state": verdict }, words(`verdict-${verdict}`));
}

export function rows({ room, words }: Model): HTMLElement[] {
  const lines = room.view.board ?? [];
  return lines.length === 0 ? [] : [el("ol", { class: "live-board", role: "list" }, ...lines.map((line) => row(line, ownName({ room, words }, line), room.view.round, words)))];
}

function row(line: LineView, own: string, round: RoundView, words: Model["words"]): HTMLElement {
  const unit = line.unit && el("span", { class: "live-board__unit" }, line.unit);
  const name = el("span", { class: "live-board__name" }, line.name, own !== "" && el("span", { class: "live-board__own" }, own), unit || null);
  const points = el("span", { class: "live-board__points number" }, words("points", { points: boardPoints(line.points, round) }));
  return el("li", { class: "live-board__row", "data-own": own !== "" }, el("span", { class: "live-board__rank number" }, String(line.rank)), name, points);
}

function own(model: Model): HTMLElement[] {
  const result = model.room.me?.result ?? null;
  return result === null ? [] : [el("div", { class: "live-card live-card--middle" }, ...standing(model, result))];
}

/** What marks the own line, "" for others'. In mode teams the lines are teams, whose numbers are not those of people. */
function ownName({ room: { me }, words }: Pick<Model, "room" | "words">, line: LineView): string {
  if (me === null || (me.team ? line.name !== me.team : line.id !== me.id)) {
    return "";
  }
  return words(me.team ? "your-team" : "you");
}

function heading(text: string): HTMLElement {
  return el("h1", { class: "live-title" }, text);
}

function redrawn(model: Model, make: (model: Model) => HTMLElement[]): Part {
  const element = el("div", { class: "live-scene" });
  let drawn = "";
  const update = (next: Model): void => {
    const { view, me } = next.room;
    const depends = JSON.stringify([view.board, view.step, view.verdict, me]);
    if (depends !== drawn) {
      drawn = depends;
      element.replaceChildren(...make(next));
    }
  };
  update(model);
  return { element, update };
}
