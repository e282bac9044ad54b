/** Forming teams: by a written list, or at random by a number somebody called out in the hall. Pure. */
import type { FormTeams, HostView } from "../messages.gen";

export interface Parsed {
  command: FormTeams | null;
  /** Key of the words and its facts; null when the list is sound. */
  problem: { word: string; facts: Record<string, string | number> } | null;
}

/** The teams as lines "Name: 3, 17, 25" of seat numbers, the captain first. */
export function asText(view: HostView): string {
  return (view.teams ?? [])
    .map((team) => {
      const members = Object.values(view.people ?? {})
        .filter((person) => person.team === team.id && (person.status ?? "in") === "in")
        .sort((a, b) => Number(b.captain ?? false) - Number(a.captain ?? false) || a.seat - b.seat);
      return `${team.name}: ${members.map((person) => person.seat).join(", ")}`;
    })
    .join("\n");
}

/** Reads such lines. Nobody in two teams, no seat that does not exist, no team without a name of its own or members. */
export function parse(view: HostView, text: string): Parsed {
  const seats = new Map(Object.entries(view.people ?? {}).map(([id, person]) => [person.seat, Number(id)]));
  const rows = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const teams: FormTeams["teams"] = [];
  const members: FormTeams["members"] = {};
  const placed = new Set<number>();
  for (const [index, row] of rows.entries()) {
    const cut = row.lastIndexOf(":");
    const name = cut < 0 ? "" : row.slice(0, cut).trim();
    const numbers = cut < 0 ? [] : (row.slice(cut + 1).match(/\d+/g) ?? []).map(Number);
    if (name === "" || numbers.length === 0) {
      return bad("teams.bad-line", { line: index + 1 });
    }
    if (teams.some((team) => spoken(team.name) === spoken(name))) {
      return bad("teams.same-name", { name });
    }
    const unknown = numbers.find((seat) => !seats.has(seat));
    if (unknown !== undefined) {
      return bad("teams.unknown-seat", { seat: unknown });
    }
    const twice = numbers.find((seat, at) => placed.has(seat) || numbers.indexOf(seat) !== at);
    if (twice !== undefined) {
      return bad("teams.twice", { seat: twice });
    }
    numbers.forEach((seat) => placed.add(seat));
    teams.push({ id: index + 1, name });
    members[String(index + 1)] = numbers.flatMap((seat) => seats.get(seat) ?? []);
  }
  return teams.length === 0 ? bad("teams.none", {}) : { command: { do: "form-teams", teams, members }, problem: null };
}

/** What two names of teams must differ in: case and spaces do not tell them apart. */
function spoken(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").toLowerCase();
}

function bad(word: string, facts: Record<string, string | number>): Parsed {
  return { command: null, problem: { word, facts } };
}

/** Everybody who is in, dealt to `count` teams named by `name(number)`; the same seed deals the same teams anywhere. */
export function deal(view: HostView, count: number, seed: string, name: (number: number) => string): string {
  const seats = Object.values(view.people ?? {})
    .filter((person) => (person.status ?? "in") === "in")
    .map((person) => person.seat)
    .sort((a, b) => a - b);
  const mixed = shuffled(seats, seed);
  const hands = Array.from({ length: Math.max(1, Math.min(count, mixed.length)) }, () => [] as number[]);
  mixed.forEach((seat, place) => hands[place % hands.length]?.push(seat));
  return mixed.length === 0 ? "" : hands.map((hand, index) => `${name(index + 1)}: ${hand.join(", ")}`).join("\n");
}

function shuffled(numbers: readonly number[], seed: string): number[] {
  const mixed = [...numbers];
  const random = stream(seed);
  for (let place = mixed.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    const held = mixed[place] as number;
    mixed[place] = mixed[other] as number;
    mixed[other] = held;
  }
  return mixed;
}

/** Numbers in [0, 1) from a text: FNV-1a of it starts a multiply-and-mix generator of 32 bits. */
function stream(seed: string): () => number {
  let state = 2166136261;
  for (const char of seed.trim()) {
    state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
