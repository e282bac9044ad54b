/** What a correction would change, before it is made: ranks before and after, as the server reckons them. */
import { wholeNumber } from "../../shared/format";
import { scaled } from "./draw";
import { el } from "./dom";
import type { Words } from "./words";

export interface Swing {
  id: number;
  name: string;
  unit?: string;
  before: { rank: number; points: number } | null;
  after: { rank: number; points: number } | null;
}

export interface Preview {
  changed: Swing[];
  /** Lines of the board, and how many people would return to the floor or leave it. */
  lines: number;
  back: number;
  off: number;
  /** Points are in steps of 1/scale. */
  scale: number;
  /** Units are ranked too, but not told of here. */
  units: boolean;
  /** A signed result would be provisional again. */
  reopens: boolean;
}

export function readPreview(body: Record<string, unknown>): Preview | null {
  const { changed, lines, back, off, reopens, scale, units } = body;
  if (!Array.isArray(changed) || typeof lines !== "number") {
    return null;
  }
  return {
    changed: changed as Swing[],
    lines,
    back: Number(back ?? 0),
    off: Number(off ?? 0),
    scale: Number(scale ?? 1),
    units: units === true,
    reopens: reopens === true,
  };
}

/** The difference as a table, the best rank after it first; in words when nothing moves. */
export function previewParts(preview: Preview, words: Words): HTMLElement[] {
  const notes = [
    preview.back > 0 ? words.say("preview.back", { count: preview.back }) : "",
    preview.off > 0 ? words.say("preview.off", { count: preview.off }) : "",
    preview.units ? words.say("preview.units") : "",
    preview.reopens ? words.say("preview.reopens") : "",
  ].filter(Boolean);
  const head =
    preview.changed.length === 0
      ? words.say("preview.same")
      : words.say("preview.changed", { count: wholeNumber(preview.changed.length), of: wholeNumber(preview.lines) });
  return [
    el("p", { class: "lh-preview__head" }, head),
    ...notes.map((note) => el("p", { class: "small" }, note)),
    ...(preview.changed.length === 0 ? [] : [table(preview, words)]),
  ];
}

function table(preview: Preview, words: Words): HTMLElement {
  const heads = ["name", "rank-before", "rank-after", "points-before", "points-after"].map((key) =>
    el("th", { scope: "col", "data-number": key !== "name" }, words.say(`preview.${key}`)),
  );
  return el(
    "div",
    { class: "table-wrap lh-preview__table", tabindex: 0, role: "region", "aria-label": words.say("preview.table") },
    el(
      "table",
      { class: "table" },
      el("thead", {}, el("tr", {}, ...heads)),
      el("tbody", {}, ...preview.changed.map((swing) => row(swing, preview.scale))),
    ),
  );
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
