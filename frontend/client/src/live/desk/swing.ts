/** What a correction would change, before it is made: ranks before and after, as the server reckons them. */
import { wholeNumber } from "../../shared/format";
import { scaled } from "./draw";
import { el } from "./dom";
import type { Words } from "./words";

/** A line that moves, or a unit. */
export interface Swing {
  name: string;
  unit?: string;
  before: { rank: number; points: number } | null;
  after: { rank: number; points: number } | null;
}

const UNIT_SCALE = 100;

export interface Preview {
  changed: Swing[];
  /** Lines of the board, and how many people would return to the floor or leave it. */
  lines: number;
  back: number;
  off: number;
  /** Points are in steps of 1/scale. */
  scale: number;
  /** Of so many units, 0 where none are ranked, these change; their points are in hundredths. */
  units: Swing[];
  unitLines: number;
  /** A signed result would be provisional again. */
  reopens: boolean;
}

export function readPreview(body: Record<string, unknown>): Preview | null {
  const { changed, lines, back, off, reopens, scale, units, unit_lines: unitLines } = body;
  if (!Array.isArray(changed) || typeof lines !== "number") {
    return null;
  }
  return {
    changed: changed as Swing[],
    lines,
    back: Number(back ?? 0),
    off: Number(off ?? 0),
    scale: Number(scale ?? 1),
    units: Array.isArray(units) ? (units as Swing[]) : [],
    unitLines: Number(unitLines ?? 0),
    reopens: reopens === true,
  };
}

/** The difference as a table, the best rank after it first; in words when nothing moves. */
export function previewParts(preview: Preview, words: Words): HTMLElement[] {
  const notes = [
    preview.back > 0 ? words.say("preview.back", { count: preview.back }) : "",
    preview.off > 0 ? words.say("preview.off", { count: preview.off }) : "",
    preview.reopens ? words.say("preview.reopens") : "",
  ].filter(Boolean);
  const people = [
    head(preview.changed.length, preview.lines, ["preview.same", "preview.changed"], words),
    ...notes.map((note) => el("p", { class: "small" }, note)),
    ...table(preview.changed, preview.scale, ["name", "table"], words),
  ];
  if (preview.unitLines === 0) {
    return people;
  }
  return [
    ...people,
    head(preview.units.length, preview.unitLines, ["preview.units-same", "preview.units-changed"], words),
    ...table(preview.units, UNIT_SCALE, ["unit", "units-table"], words),
  ];
}

function head(count: number, of: number, [same, changed]: [string, string], words: Words): HTMLElement {
  const text = count === 0 ? words.say(same) : words.say(changed, { count: wholeNumber(count), of: wholeNumber(of) });
  return el("p", { class: "lh-preview__head" }, text);
}

/** None without a line. */
function table(swings: readonly Swing[], scale: number, [who, label]: [string, string], words: Words): HTMLElement[] {
  if (swings.length === 0) {
    return [];
  }
  const heads = [who, "rank-before", "rank-after", "points-before", "points-after"].map((key) =>
    el("th", { scope: "col", "data-number": key !== who }, words.say(`preview.${key}`)),
  );
  return [
    el(
      "div",
      { class: "table-wrap lh-preview__table", tabindex: 0, role: "region", "aria-label": words.say(`preview.${label}`) },
      el(
        "table",
        { class: "table" },
        el("thead", {}, el("tr", {}, ...heads)),
        el("tbody", {}, ...swings.map((swing) => row(swing, scale))),
      ),
    ),
  ];
}

function row(swing: Swing, scale: number): HTMLElement {
  const { before, after } = swing;
  const better = (after?.rank ?? Infinity) < (before?.rank ?? Infinity);
  const look = after?.rank === before?.rank ? "" : better ? "moved-up" : "moved-down";
  const cell = (text: string, className = ""): HTMLElement => el("td", { "data-number": true, class: className }, text);
  return el(
    "tr",
    {},
    el("td", {}, swing.name, swing.unit ? el("span", { class: "board__unit" }, swing.unit) : null),
    cell(before ? String(before.rank) : "–"),
    cell(after ? String(after.rank) : "–", look),
    cell(before ? scaled(before.points, scale) : "–"),
    cell(after ? scaled(after.points, scale) : "–"),
  );
}
