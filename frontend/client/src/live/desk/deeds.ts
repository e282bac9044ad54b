/** The buttons [data-do] of a desk: which command each gives, when it can be pressed, how a switch stands. Pure. */
import type { AnyCommand, HostView } from "../messages.gen";
import { movesAt } from "./next-key";

interface Deed {
  command(view: HostView): AnyCommand;
  /** Name of the command in `can`. */
  can: string;
  /** Not only possible but meaningful. */
  when?(view: HostView): boolean;
  /** A switch: how it stands. */
  isOn?(view: HostView): boolean;
}

const ADDED_MS = 10_000;

/** Deeds that are done at once: they can be taken back by the same key or do no harm. */
const DEEDS: Readonly<Record<string, Deed>> = {
  pause: {
    command: (view) => (view.clock?.paused ? { do: "resume" } : { do: "pause" }),
    can: "pause",
    isOn: (view) => view.clock?.paused ?? false,
  },
  stay: { command: (view) => ({ do: "stay", seen: view.next_step ?? "" }), can: "stay", when: (view) => movesAt(view) > 0 },
  "add-time": { command: (view) => ({ do: "add-time", run: view.run ?? 0, ms: ADDED_MS }), can: "add-time" },
  "close-now": {
    command: (view) => ({ do: "close-now", run: view.run ?? 0 }),
    can: "close-now",
    when: (view) => !view.clock?.paused,
  },
  lock: { command: (view) => ({ do: "lock", on: !view.locked }), can: "lock", isOn: (view) => view.locked ?? false },
  blank: { command: (view) => ({ do: "blank", on: !view.blank }), can: "blank", isOn: (view) => view.blank ?? false },
  "hide-board": {
    command: (view) => ({ do: "hide-board", on: !view.board_hidden }),
    can: "hide-board",
    isOn: (view) => view.board_hidden ?? false,
  },
};

/** What is not taken back by one press: only the jury decides it, or a reveal brought it about. */
const WEIGHTY: Readonly<Record<string, string>> = {
  remarked: "undo.jurys",
  "points-adjusted": "undo.jurys",
  "left-floor": "undo.fell",
};

/** Deeds that are asked about in a dialog first, with the command that must be possible. */
const ASKED: Readonly<Record<string, { can: string; when?(view: HostView): boolean }>> = {
  void: { can: "void", when: (view) => canCorrect(view) && !currentRun(view)?.voided },
  replay: { can: "replay", when: (view) => canCorrect(view) && !view.clock?.paused },
  finish: { can: "finish" },
  undo: { can: "undo", when: (view) => Boolean(view.undo) },
  teams: { can: "form-teams", when: (view) => view.round.mode === "teams" },
  rescue: { can: "rescue", when: (view) => view.round.mode === "bell" && view.phase !== "lobby" },
  remote: { can: "advance", when: () => true },
};

function currentRun(view: HostView): { voided?: string; replaced?: boolean } | undefined {
  return view.runs?.[String(view.run ?? 0)];
}

function canCorrect(view: HostView): boolean {
  return Boolean(view.run) && !currentRun(view)?.replaced && view.phase !== "slide";
}

/** Why taking the last deed back is asked about first: whose it was, what it reopens. Empty: it is done at once. */
export function undoWarnings(view: HostView): string[] {
  const signed = (view.signatures ?? []).length > 0 || Boolean(view.published);
  return [WEIGHTY[view.undo ?? ""] ?? "", signed ? "undo.reopens" : ""].filter(Boolean);
}

/** The command of a button done at once; null for one that is asked about or not known. */
export function commandOf(name: string, view: HostView): AnyCommand | null {
  return DEEDS[name]?.command(view) ?? null;
}

export interface ButtonState {
  enabled: boolean;
  /** null: no switch. */
  on: boolean | null;
}

export function buttonState(name: string, view: HostView): ButtonState {
  const deed = DEEDS[name] ?? ASKED[name];
  const possible = name === "remote" ? view.phase !== "ended" : (view.can ?? []).includes(deed?.can ?? "");
  const meaningful = deed?.when?.(view) ?? true;
  const isOn = DEEDS[name]?.isOn;
  return { enabled: possible && meaningful, on: isOn ? isOn(view) : null };
}

/** Buttons that have no place in this mode. */
export function isOutOfPlace(name: string, view: HostView): boolean {
  return (name === "teams" && view.round.mode !== "teams") || (name === "rescue" && view.round.mode !== "bell");
}
