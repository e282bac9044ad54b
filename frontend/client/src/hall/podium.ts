/**
 * Third, second, first, then the whole: shared places stand side by side. Provisional until the jury has confirmed, and
 * said so over everything.
 */
import type { LineView, ProjectorView } from "../live/messages.gen";
import { ROLL_MS } from "../live/podium";
import { boardPoints } from "../live/points";
import { wholeNumber } from "../shared/format";
import { el, Part, write } from "./dom";
import type { Model, Moment } from "./model";
import { chainOf } from "./rules-panel";
import type { Scene } from "./scene";
import { factsOf } from "./standings";
import { unitTable } from "./units";

const FIRST_STEP: Readonly<Record<number, number>> = { 3: 1, 2: 2, 1: 3 };
const MOST_PLATES = 6;
/** Where more share a place the blocks stand lower and the names smaller, so that each can be read. */
const FEW = 3;
/** Beside the podium a longer name takes two lines, and so many lines of names stand at the usual size. */
const ONE_LINE = 20;
const MOST_TEXT = 9;
/** So many lines of the board a projector has; who shares a place with the last of them may be more. */
const MOST_LINES = 10;

/** The step of the podium that a view is at: 4 shows everything. */
export function stepOf(view: ProjectorView): number {
  return view.phase === "ended" ? 4 : (view.step ?? 0);
}

/** Who stands on each place, by rank; shared ranks together. */
export function placesOf(board: readonly LineView[] = []): Record<1 | 2 | 3, LineView[]> {
  const at = (rank: number): LineView[] => board.filter((line) => line.rank === rank);
  return { 1: at(1), 2: at(2), 3: at(3) };
}

export function isFinal(view: ProjectorView): boolean {
  return view.verdict === "confirmed" || view.verdict === "published";
}

export class PodiumScene implements Scene {
  readonly element: HTMLElement;
  onCue?: (cue: string) => void;
  private readonly ribbon = el("p", "hall-ribbon");
  private readonly title = el("h1", "visually-hidden");
  private readonly places: Record<1 | 2 | 3, Part>;
  private readonly table = new Part(el("div", "hall-podium__table"));
  private readonly units = new Part(el("section", "hall-units"));
  private readonly chain = new Part(el("p", "hall-board__chain"));
  private model: Model;
  /** The step that is shown; the next one waits for its drum roll. */
  private shown: number;
  private rollSince: number | null = null;

  constructor(model: Model) {
    this.model = model;
    const place = (rank: number): Part => {
      const element = el("div", `hall-place hall-place--${rank}`);
      element.dataset["rank"] = String(rank);
      return new Part(element);
    };
    this.places = { 1: place(1), 2: place(2), 3: place(3) };
    const steps = el("div", "hall-podium__steps", ...[2, 1, 3].map((rank) => this.places[rank as 1 | 2 | 3].element));
    const main = el("div", "hall-podium__main", steps, this.table.element, this.units.element);
    this.element = el("section", "hall-scene hall-podium", this.ribbon, this.title, main, this.chain.element);
    this.shown = model.live && model.view.phase === "podium" ? Math.max(0, stepOf(model.view) - 1) : stepOf(model.view);
    this.update(model);
  }

  update(model: Model): void {
    const confirmed = isFinal(model.view) && !isFinal(this.model.view);
    this.model = model;
    const { view, words } = model;
    const final = isFinal(view);
    write(this.ribbon, words(view.verdict === "published" ? "published" : final ? "confirmed" : "provisional"));
    this.ribbon.toggleAttribute("data-final", final);
    write(this.title, view.round.title);
    this.chain.draw(view.round.chain, () => chainOf(view.round, words));
    if (stepOf(view) < this.shown || stepOf(view) === 4) {
      this.shown = stepOf(view); // taken back, or everything at once
    }
    this.draw();
    if (confirmed && model.live) {
      this.onCue?.("confirmed");
    }
  }

  frame({ mono }: Moment): void {
    if (stepOf(this.model.view) <= this.shown) {
      this.rollSince = null;
      return;
    }
    if (this.rollSince === null) {
      this.rollSince = mono;
      this.onCue?.("roll");
    }
    if (mono - this.rollSince >= ROLL_MS) {
      this.rollSince = null;
      this.shown = stepOf(this.model.view);
      this.draw();
      this.onCue?.(this.shown === 3 ? "fanfare" : "place");
    }
  }

  private draw(): void {
    const { view, words } = this.model;
    const hidden = (view.board ?? []).length === 0 && this.shown === 4;
    const found = placesOf(view.board);
    let crowded = false;
    for (const rank of [3, 2, 1] as const) {
      const up = this.shown >= (FIRST_STEP[rank] ?? 4);
      const next = !up && this.shown === (FIRST_STEP[rank] ?? 4) - 1 && stepOf(view) > this.shown;
      const lines = up ? found[rank] : [];
      const part = this.places[rank];
      part.element.toggleAttribute("data-crowd", lines.length > FEW);
      crowded ||= lines.length > FEW;
      part.draw([rank, up, lines], () => pedestal(rank, lines, this.model));
      part.element.dataset["state"] = !up ? (next ? "next" : "waiting") : lines.length > 0 ? "taken" : "empty";
    }
    const rest = this.shown >= 4 ? (view.board ?? []).filter((line) => line.rank > 3) : [];
    this.table.draw([rest, hidden], () => (hidden ? el("p", "hall-board__hidden", words("board-hidden")) : table(rest, this.model)));
    const units = this.shown >= 4 ? (view.units ?? []) : [];
    this.units.draw(units, () => unitTable({ ...view, units }, words));
    this.element.toggleAttribute("data-whole", rest.length > 0);
    this.element.toggleAttribute("data-units", units.length > 0);
    this.element.toggleAttribute("data-crowd", crowded);
  }
}

function pedestal(rank: 1 | 2 | 3, lines: readonly LineView[], { view, words }: Model): HTMLElement[] {
  const shown = lines.length > MOST_PLATES ? lines.slice(0, MOST_PLATES - 1) : lines;
  const plates = shown.map(plate);
  if (lines.length > shown.length) {
    const cut = rank - 1 + lines.length >= MOST_LINES;
    const more = cut ? words("and-others") : words("and-more", { more: wholeNumber(lines.length - shown.length) });
    plates.push(el("li", "hall-plate hall-plate--more", more));
  }
  const names = el("ol", "hall-place__names", ...plates);
  names.dataset["count"] = lines.length > FEW ? "many" : String(lines.length);
  const label = lines.length > 1 ? words("shared-place", { rank }) : words("place", { rank });
  const sum = el(
    "div",
    "hall-place__sum",
    common(lines, "hall-place__points", (line) => words("points", { points: boardPoints(line.points, view.round) })),
    common(lines, "hall-place__facts", (line) => factsOf(line, view.round, words)),
  );
  const block = el("div", "hall-place__block", el("span", "hall-place__rank", String(rank)), el("span", "hall-place__label", label));
  return [names, sum, block];
}

/** Who shares a place has the same numbers wherever the chain looks; they stand there once. */
function common(lines: readonly LineView[], css: string, tell: (line: LineView) => string): HTMLElement | null {
  const told = new Set(lines.map(tell));
  return told.size === 1 ? el("p", css, ...told) : null;
}

function plate(line: LineView): HTMLElement {
  const unit = line.unit ? el("span", "hall-plate__unit", line.unit) : null;
  return el("li", "hall-plate", el("span", "hall-plate__name", line.name), unit);
}

function table(lines: readonly LineView[], { view, words }: Model): HTMLElement | null {
  if (lines.length === 0) {
    return null;
  }
  const rows = lines.map((line) => {
    const who = el("span", "hall-row__who", el("span", "hall-row__name", line.name), el("span", "hall-row__unit", line.unit ?? ""));
    const points = el("span", "hall-row__points", words("points", { points: boardPoints(line.points, view.round) }));
    const facts = el("span", "hall-row__facts", factsOf(line, view.round, words));
    return el("li", "hall-row", el("span", "hall-row__rank", String(line.rank)), who, facts, points);
  });
  const made = el("ol", "hall-board__rows hall-board__rows--short", ...rows);
  made.toggleAttribute("data-tight", lines.length + lines.filter((line) => line.name.length > ONE_LINE).length > MOST_TEXT);
  return made;
}
