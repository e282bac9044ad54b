/** The five best and one's own place; the podium as the hall shows it. */
import type { LineView, RoundView } from "../messages.gen";
import { Drawn, el } from "./dom";
import type { Model } from "./model";
import { linesAt, ROLL_MS } from "../podium";
import type { Part } from "./part";
import { boardPoints } from "../points";
import { standing } from "./standing";

export function board(model: Model): Part {
  const element = el("div", { class: "live-scene" });
  const drawn = new Drawn(element);
  const update = (next: Model): void => {
    drawn.draw([next.room.view.board, next.room.me], () => [heading(next.words("board")), ...rowsOr(next, "board-hidden"), ...own(next)]);
  };
  update(model);
  return { element, update };
}

/** A place is told when the hall has seen it: a step that comes waits as long as the projector rolls its drum. */
export function podium(model: Model): Part {
  const element = el("div", { class: "live-scene" });
  const drawn = new Drawn(element);
  let now = model;
  let shown = Math.max(0, stepOf(model) - (model.live ? 1 : 0));
  let roll: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    const { view } = now.room;
    const room = { ...now.room, view: { ...view, board: linesAt(shown, view.board) } };
    drawn.draw([room.view.board, view.verdict, now.room.me], () => podiumParts({ ...now, room }));
  };
  const update = (next: Model): void => {
    now = next;
    const step = stepOf(next);
    if (step <= shown || step === 4) {
      clearTimeout(roll);
      [roll, shown] = [undefined, step]; // taken back, or everything at once
    }
    if (step > shown) {
      roll ??= setTimeout(() => {
        [roll, shown] = [undefined, stepOf(now)];
        draw();
      }, ROLL_MS);
    }
    draw();
  };
  update(model);
  return { element, update };
}

function podiumParts(model: Model): HTMLElement[] {
  return [heading(model.words("podium")), provisional(model), ...rowsOr(model, "podium-wait")];
}

/** The lines, or the words for why there are none. */
function rowsOr(model: Model, empty: "board-hidden" | "podium-wait"): HTMLElement[] {
  const lines = rows(model);
  return lines.length > 0 ? lines : [el("p", { class: "live-wait" }, model.words(empty))];
}

function stepOf({ room }: Model): number {
  return room.view.step ?? 0;
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
  const badge = own === "" ? [] : [" ", el("span", { class: "live-board__own" }, own)]; // the space lets it go to the next line
  const name = el("span", { class: "live-board__name" }, line.name, ...badge, unit || null);
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

