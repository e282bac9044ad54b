/**
 * The board: first as people last saw it, then, after a pause in which they can read, rows move to their new places while
 * the numbers count up.
 */
import type { LineView, RoundView } from "../live/messages.gen";
import { boardPoints } from "../live/points";
import { boardDuration, wholeNumber } from "../shared/format";
import { el, write } from "./dom";
import type { Model, Moment, Words } from "./model";
import { chainOf } from "./rules-panel";
import type { Scene } from "./scene";

const PAUSE_MS = 1500;
const MOVE_MS = 600;

/** Points on the way from one number to another, `part` of the way (0 to 1). */
export function between(from: number, to: number, part: number): number {
  return Math.round(from + (to - from) * Math.min(1, Math.max(0, part)));
}

export class BoardScene implements Scene {
  readonly element: HTMLElement;
  onCue?: (cue: string) => void;
  private readonly rows = el("ol", "hall-board__rows");
  private readonly heading = el("h1", "hall-board__title");
  private readonly hiddenNote = el("p", "hall-board__hidden");
  private readonly kept = new Map<number, HTMLElement>();
  private readonly words: Words;
  private model: Model;
  private from = new Map<number, number>();
  private shown: readonly LineView[];
  private began: number | null = null;
  private movedAt: number | null = null;

  constructor(model: Model) {
    this.words = model.words;
    this.model = model;
    const chain = el("p", "hall-board__chain", chainOf(model.view.round, model.words));
    this.element = el("section", "hall-scene hall-board", this.heading, this.rows, this.hiddenNote, chain);
    const known = model.live && model.board.length > 0;
    this.shown = known ? model.board : (model.view.board ?? []);
    this.draw(this.shown);
    if (!known) {
      this.movedAt = Number.NEGATIVE_INFINITY;
    }
    this.update(model);
  }

  update(model: Model): void {
    this.model = model;
    const { view, words } = model;
    const number = view.question?.number ?? 0;
    write(this.heading, number > 0 ? words("board-after", { number }) : words("board"));
    const hidden = (view.board ?? []).length === 0;
    this.rows.hidden = hidden;
    this.hiddenNote.hidden = !hidden;
    write(this.hiddenNote, words("board-hidden"));
    if (this.movedAt !== null && this.shown !== view.board) {
      this.move(); // a correction while the board is up
    }
  }

  frame({ mono }: Moment): void {
    this.began ??= mono;
    if (this.movedAt === null && mono - this.began >= PAUSE_MS) {
      this.movedAt = mono;
      this.move();
      this.onCue?.("move");
    }
    if (this.movedAt !== null) {
      const part = this.model.motion ? (mono - this.movedAt) / MOVE_MS : 1;
      for (const line of this.shown) {
        const row = this.kept.get(line.id);
        const points = between(this.from.get(line.id) ?? line.points ?? 0, line.points ?? 0, part);
        row && write(row.querySelector("[data-cell=points]") ?? row, this.points(points));
      }
    }
  }

  /** First, last, invert, play. */
  private move(): void {
    const before = new Map([...this.kept].map(([id, row]) => [id, row.getBoundingClientRect().top]));
    const bottom = this.rows.getBoundingClientRect().bottom;
    this.from = new Map(this.shown.map((line) => [line.id, line.points ?? 0]));
    this.shown = this.model.view.board ?? [];
    this.draw(this.shown);
    if (!this.model.motion) {
      return;
    }
    for (const [id, row] of this.kept) {
      const by = (before.get(id) ?? bottom) - row.getBoundingClientRect().top;
      if (by !== 0 && typeof row.animate === "function") {
        row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: MOVE_MS, easing: "ease-out" });
      }
    }
  }

  private draw(lines: readonly LineView[]): void {
    const rows = lines.map((line) => this.row(line));
    const ids = new Set(lines.map((line) => line.id));
    for (const id of [...this.kept.keys()].filter((id) => !ids.has(id))) {
      this.kept.delete(id);
    }
    this.rows.replaceChildren(...rows);
  }

  private row(line: LineView): HTMLElement {
    const made = this.kept.get(line.id) ?? emptyRow();
    this.kept.set(line.id, made);
    made.dataset["rank"] = String(line.rank);
    const cells: Record<string, string> = {
      rank: String(line.rank),
      name: line.name,
      unit: line.unit ?? "",
      facts: factsOf(line, this.model.view.round, this.words),
      points: this.points(this.from.get(line.id) ?? line.points ?? 0),
    };
    for (const [name, text] of Object.entries(cells)) {
      const place = made.querySelector(`[data-cell=${name}]`);
      place && write(place, text);
    }
    return made;
  }

  private points(points: number): string {
    return this.words("points", { points: boardPoints(points, this.model.view.round) });
  }
}

/** "18 câu đúng · 01:23,4": what the chain looks at next to the points. */
export function factsOf(line: LineView, round: RoundView, words: Words): string {
  const rights = words("rights", { rights: wholeNumber(line.right ?? 0) });
  return round.chain.includes("time") ? `${rights} · ${boardDuration(line.ms ?? 0)}` : rights;
}

function emptyRow(): HTMLElement {
  return el(
    "li",
    "hall-row",
    cell("rank"),
    el("span", "hall-row__who", cell("name"), cell("unit")),
    cell("facts"),
    cell("points"),
  );
}

function cell(name: string): HTMLElement {
  const made = el("span", `hall-row__${name}`);
  made.dataset["cell"] = name;
  return made;
}
