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

/** Changes of the floor between two views: ids that leave, and ids that come back. */
export function floorChanges(before: ProjectorView["seats"], after: ProjectorView["seats"]): { out: string[]; back: string[] } {
  const gone = (seat: SeatView | undefined): boolean => seat?.floor === "out";
  const ids = Object.keys(after ?? {}).filter((id) => before?.[id] !== undefined);
  return {
    out: ids.filter((id) => gone(after?.[id]) && !gone(before?.[id])),
    back: ids.filter((id) => !gone(after?.[id]) && gone(before?.[id])),
  };
}

/** The seats by number in blocks of at most fifteen rows, side by side, so that 300 seats fit as well as 100. */
export function blocksOf(seats: ProjectorView["seats"], columns: number): [string, SeatView][][] {
  const ordered = Object.entries(seats ?? {}).sort(([, a], [, b]) => a.seat - b.seat);
  const size = Math.max(1, columns) * ROWS_IN_BLOCK;
  const blocks: [string, SeatView][][] = [];
  for (const [id, seat] of ordered) {
    const block = Math.floor((seat.seat - 1) / size);
    (blocks[block] ??= []).push([id, seat]);
  }
  return blocks.filter(Boolean);
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
  private since: number | null = null;

  constructor(model: Model, cue: (cue: string) => void, heading: "h1" | "p" = "p") {
    this.cue = cue;
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
    const columns = view.round.columns ?? 10;
    const blocks = blocksOf(this.shown, columns);
    const rows = Math.max(0, ...blocks.map((block) => rowsOf(block, columns)));
    const wide = columns * Math.max(1, blocks.length);
    this.grid.dataset["size"] = rows > 10 || wide > 12 ? "small" : rows > 6 || wide > 8 ? "middle" : "large";
    this.grid.replaceChildren(...blocks.map((block) => blockElement(block, columns)));
    write(this.left, words("floor-left", { left: wholeNumber(this.shownLeft) }));
    const names = view.rescued ?? [];
    write(this.rescued, names.length > 0 ? words("rescued", { names: shortened(names) }) : "");
    this.rescued.hidden = names.length === 0;
  }
}

function rowsOf(block: readonly [string, SeatView][], columns: number): number {
  const rows = block.map(([, seat]) => Math.floor((seat.seat - 1) / columns));
  return rows.length === 0 ? 0 : Math.max(...rows) - Math.min(...rows) + 1;
}

function blockElement(block: readonly [string, SeatView][], columns: number): HTMLElement {
  const made = el("ol", "hall-floor__block");
  made.style.setProperty("--columns", String(columns));
  const first = Math.min(...block.map(([, seat]) => Math.floor((seat.seat - 1) / columns)));
  made.style.setProperty("--rows", String(rowsOf(block, columns)));
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
    this.panel = new FloorPanel(model, (cue) => this.onCue?.(cue), "h1");
    this.element = el("section", "hall-scene hall-floor-scene", this.panel.element);
  }

  update(model: Model): void {
    this.panel.update(model);
  }

  frame(moment: Moment): void {
    this.panel.frame(moment);
  }
}
