/**
 * The floor of Rung chuông vàng: numbered seats as they stand in the hall. Who leaves goes dark together with the others,
 * on one beat, after a pause in which the answer can be read; who is rescued lights up.
 */
import type { ProjectorView, SeatView } from "../live/messages.gen";
import { wholeNumber } from "../shared/format";
import { el, write } from "./dom";
import type { Model, Moment } from "./model";
import type { Scene } from "./scene";

const BEAT_MS = 1500;
const ROWS_IN_BLOCK = 15;
const [FEWEST_ROWS, MOST_ROWS] = [10, 20];

/** What a grid has on a screen of 16:9, in rem; any other shape of screen has more of one and no less of the other. */
export interface Room {
  width: number;
  height: number;
}

const ALONE: Room = { width: 94, height: 37 };
/** Beside an answer, and beside a long one. */
export const BESIDE: Room = { width: 43, height: 37 };
export const BESIDE_LONG: Room = { width: 31, height: 37 };

/** In rem: between seats, between blocks, and what a seat has beside its number. */
const GAP = 0.4;
const BETWEEN = 1.5;
const EDGE = 0.4;
/** A digit's width and a line's height, in parts of the type. */
const DIGIT = 0.66;
const LINE = 1.2;
/** Smaller numbers are read by nobody in a hall. */
const LEAST = 1;

/** Changes of the floor between two views: ids that leave, and ids that come back. */
export function floorChanges(before: ProjectorView["seats"], after: ProjectorView["seats"]): { out: string[]; back: string[] } {
  const gone = (seat: SeatView | undefined): boolean => seat?.floor === "out";
  const ids = Object.keys(after ?? {}).filter((id) => before?.[id] !== undefined);
  return {
    out: ids.filter((id) => gone(after?.[id]) && !gone(before?.[id])),
    back: ids.filter((id) => !gone(after?.[id]) && gone(before?.[id])),
  };
}

/** The seats by number in blocks of some rows, side by side, so that 300 seats fit as well as 100. */
export function blocksOf(seats: ProjectorView["seats"], columns: number, rows = ROWS_IN_BLOCK): [string, SeatView][][] {
  const ordered = Object.entries(seats ?? {}).sort(([, a], [, b]) => a.seat - b.seat);
  const size = Math.max(1, columns) * rows;
  const blocks: [string, SeatView][][] = [];
  for (const [id, seat] of ordered) {
    const block = Math.floor((seat.seat - 1) / size);
    (blocks[block] ??= []).push([id, seat]);
  }
  return blocks.filter(Boolean);
}

/** In how many rows seats up to this number have the largest numbers, and how large, in rem; null when none can be read. */
export function gridOf(last: number, columns: number, room: Room): { rows: number; type: number } | null {
  let best = { rows: ROWS_IN_BLOCK, type: 0 };
  for (let rows = FEWEST_ROWS; rows <= MOST_ROWS; rows += 1) {
    const type = typeOf(last, columns, rows, room);
    best = type > best.type ? { rows, type } : best;
  }
  return best.type < LEAST ? null : best;
}

function typeOf(last: number, columns: number, rows: number, { width, height }: Room): number {
  const blocks = Math.ceil(last / (columns * rows));
  const wide = columns * blocks;
  const high = Math.min(rows, Math.ceil(last / columns));
  const seatWidth = (width - BETWEEN * (blocks - 1) - GAP * (wide - blocks)) / wide;
  const seatHeight = (height - GAP * (high - 1)) / high;
  return Math.min((seatWidth - EDGE) / (DIGIT * String(last).length), (seatHeight - EDGE) / LINE);
}

export class FloorPanel {
  readonly element: HTMLElement;
  private readonly grid = el("div", "hall-floor__grid");
  private readonly left: HTMLElement;
  private readonly rescued = el("p", "hall-floor__rescued");
  private readonly cue: (cue: string) => void;
  private shown: ProjectorView["seats"];
  private shownLeft: number;
  private model: Model;
  private room: Room;
  private since: number | null = null;

  constructor(model: Model, cue: (cue: string) => void, room: Room, heading: "h1" | "p" = "p") {
    this.cue = cue;
    this.room = room;
    this.left = el(heading, "hall-floor__left");
    this.model = model;
    this.element = el("aside", "hall-floor", this.left, this.grid, this.rescued);
    const before = model.live ? model.floor : null;
    this.shown = before?.seats ?? model.view.seats ?? {};
    this.shownLeft = before?.left ?? model.view.left ?? 0;
    this.build();
  }

  /** New views wait for the beat. */
  update(model: Model): void {
    this.model = model;
  }

  /** Whether the seats can be shown, or how many are left alone. */
  get hasGrid(): boolean {
    return !this.grid.hidden;
  }

  /** What stands beside it takes another part of the screen. */
  within(room: Room): void {
    if (room !== this.room) {
      this.room = room;
      this.build();
    }
  }

  frame({ mono }: Moment): void {
    const { view } = this.model;
    if (view.seats === this.shown) {
      return;
    }
    const { out, back } = floorChanges(this.shown, view.seats);
    if (out.length + back.length > 0) {
      this.since ??= mono;
      if (mono - this.since < BEAT_MS) {
        return;
      }
    }
    this.since = null;
    this.shown = view.seats;
    this.shownLeft = view.left ?? 0;
    this.build();
    this.mark(out, "falls");
    this.mark(back, "returns");
    if (out.length > 0) {
      this.cue("fall");
    } else if (back.length > 0) {
      this.cue("rescue");
    }
  }

  private mark(ids: readonly string[], name: string): void {
    for (const id of ids) {
      this.grid.querySelector(`[data-id="${CSS.escape(id)}"]`)?.classList.add(`hall-seat--${name}`);
    }
  }

  private build(): void {
    const { view, words } = this.model;
    const columns = Math.max(1, view.round.columns ?? 10);
    const last = Math.max(1, ...Object.values(this.shown ?? {}).map((seat) => seat.seat));
    const grid = gridOf(last, columns, this.room);
    this.grid.hidden = grid === null;
    this.grid.replaceChildren(...(grid === null ? [] : this.blocks(grid, columns)));
    write(this.left, words("floor-left", { left: wholeNumber(this.shownLeft) }));
    const names = view.rescued ?? [];
    write(this.rescued, names.length > 0 ? words("rescued", { names: shortened(names) }) : "");
    this.rescued.hidden = names.length === 0;
  }

  private blocks(grid: { rows: number; type: number }, columns: number): HTMLElement[] {
    const blocks = blocksOf(this.shown, columns, grid.rows);
    const rows = Math.max(0, ...blocks.map((block) => rowsOf(block, columns)));
    const wide = columns * Math.max(1, blocks.length);
    this.grid.dataset["size"] = rows > 10 || wide > 12 ? "small" : rows > 6 || wide > 8 ? "middle" : "large";
    this.grid.style.setProperty("--number", `${grid.type.toFixed(2)}rem`);
    return blocks.map((block) => blockElement(block, columns, rows));
  }
}

function rowsOf(block: readonly [string, SeatView][], columns: number): number {
  const rows = block.map(([, seat]) => Math.floor((seat.seat - 1) / columns));
  return rows.length === 0 ? 0 : Math.max(...rows) - Math.min(...rows) + 1;
}

/** All blocks have the rows of the highest, so that seats are of one size. */
function blockElement(block: readonly [string, SeatView][], columns: number, rows: number): HTMLElement {
  const made = el("ol", "hall-floor__block");
  made.style.setProperty("--columns", String(columns));
  const first = Math.min(...block.map(([, seat]) => Math.floor((seat.seat - 1) / columns)));
  made.style.setProperty("--rows", String(rows));
  for (const [id, seat] of block) {
    const place = el("li", "hall-seat", el("b", "hall-seat__number", String(seat.seat)), el("span", "hall-seat__name", given(seat.name)));
    place.dataset["id"] = id;
    place.dataset["floor"] = seat.floor ?? "in";
    place.style.gridRow = String(Math.floor((seat.seat - 1) / columns) - first + 1);
    place.style.gridColumn = String(((seat.seat - 1) % columns) + 1);
    made.append(place);
  }
  return made;
}

/** "Nguyễn Thị Phương Thảo" is called Phương Thảo: the last two words tell more people apart than the first two. */
function given(name: string): string {
  return name.trim().split(/\s+/).slice(-2).join(" ");
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(-6);
  return names.length > shown.length ? `… ${shown.join(", ")}` : shown.join(", ");
}

/** The floor alone, filling the screen. */
export class FloorScene implements Scene {
  readonly element: HTMLElement;
  onCue?: (cue: string) => void;
  private readonly panel: FloorPanel;

  constructor(model: Model) {
    this.panel = new FloorPanel(model, (cue) => this.onCue?.(cue), ALONE, "h1");
    this.element = el("section", "hall-scene hall-floor-scene", this.panel.element);
  }

  update(model: Model): void {
    this.panel.update(model);
  }

  frame(moment: Moment): void {
    this.panel.frame(moment);
  }
}
