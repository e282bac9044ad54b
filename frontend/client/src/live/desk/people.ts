/** Participants as the player panel lists them: state, search without accents, filters. Pure. */
import type { HostView, PersonView, TickMessage } from "../messages.gen";

/** "unknown": this desk is not told who is connected. */
export type Presence = "unknown" | "connected" | "silent" | "offline" | "kicked" | "banned";
export type Filter = "all" | "connected" | "silent" | "unanswered" | "offline" | "removed" | "floor" | "waiting" | "out";
export const FILTERS: readonly Filter[] = [
  "all",
  "connected",
  "silent",
  "unanswered",
  "offline",
  "removed",
  "floor",
  "waiting",
  "out",
];

/** Filters that only a desk that is told who is connected can offer. */
export const OF_PRESENCE: readonly Filter[] = ["connected", "silent", "offline"];

export interface PersonLine {
  id: number;
  person: PersonView;
  presence: Presence;
  unanswered: boolean;
}

/** No accents, no case: "Đặng Thị Hoà" is found by "dang thi hoa". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** `heard`: ticks come to this desk; the last one before the line was lost says nothing about now. */
export function lines(view: HostView, last: TickMessage | null, heard = true): PersonLine[] {
  const tick = heard ? last : null;
  const silent = new Set(tick?.silent ?? []);
  const offline = new Set(tick?.offline ?? []);
  const unanswered = new Set(view.phase === "open" && tick?.run === view.run ? (tick?.unanswered ?? []) : []);
  return Object.entries(view.people ?? {})
    .map(([key, person]) => {
      const id = Number(key);
      return { id, person, presence: presenceOf(person, id, tick && { silent, offline }), unanswered: unanswered.has(id) };
    })
    .sort((a, b) => a.person.seat - b.person.seat);
}

function presenceOf(person: PersonView, id: number, told: { silent: Set<number>; offline: Set<number> } | null): Presence {
  if (person.status === "kicked" || person.status === "banned") {
    return person.status;
  }
  if (told === null) {
    return "unknown";
  }
  return told.offline.has(id) ? "offline" : told.silent.has(id) ? "silent" : "connected";
}

const FITS: Readonly<Record<Filter, (line: PersonLine) => boolean>> = {
  all: (line) => isIn(line),
  connected: (line) => line.presence === "connected" || line.presence === "silent",
  silent: (line) => line.presence === "silent",
  unanswered: (line) => isIn(line) && line.unanswered,
  offline: (line) => line.presence === "offline",
  removed: (line) => !isIn(line),
  floor: (line) => isIn(line) && line.person.floor === "in",
  waiting: (line) => isIn(line) && line.person.floor === "waiting",
  out: (line) => isIn(line) && line.person.floor === "out",
};

function isIn(line: PersonLine): boolean {
  return line.presence !== "kicked" && line.presence !== "banned";
}

/** Those of a filter whose name, unit or seat number holds every word of the query. */
export function found(all: readonly PersonLine[], filter: Filter, query: string): PersonLine[] {
  const words = fold(query).split(" ").filter(Boolean);
  return all.filter(
    (line) =>
      FITS[filter](line) &&
      words.every((word) => String(line.person.seat) === word || fold(`${line.person.name} ${line.person.unit ?? ""}`).includes(word)),
  );
}

export function counts(all: readonly PersonLine[]): Record<Filter, number> {
  return Object.fromEntries(FILTERS.map((filter) => [filter, all.filter(FITS[filter]).length])) as Record<Filter, number>;
}

/** Ids of seats written as "3, 17 25"; `unknown` are the numbers that nobody sits at. */
export function bySeats(view: HostView, text: string): { ids: number[]; unknown: number[] } {
  const seats = new Map(Object.entries(view.people ?? {}).map(([id, person]) => [person.seat, Number(id)]));
  const numbers = [...new Set((text.match(/\d+/g) ?? []).map(Number))];
  return {
    ids: numbers.flatMap((seat) => seats.get(seat) ?? []),
    unknown: numbers.filter((seat) => !seats.has(seat)),
  };
}
