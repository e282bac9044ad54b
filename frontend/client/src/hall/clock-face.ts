/** What the clock of an open question shows at a moment of the server. */
import type { ClockView, ProjectorView } from "../live/messages.gen";

export interface Face {
  /** waiting: the options are not to be seen yet. */
  state: "none" | "waiting" | "running" | "paused" | "over";
  leftMs: number;
  /** Whole seconds left; part of a second counts as one. */
  seconds: number;
  /** Part of the time that is left, 0 to 1. */
  share: number;
  /** The last five seconds. */
  last: boolean;
}

const LAST_S = 5;
const NONE: Face = { state: "none", leftMs: 0, seconds: 0, share: 0, last: false };

export function faceOf(clock: ClockView | undefined, now: number): Face {
  const { opens_at: opensAt = 0, closes_at: closesAt = 0, paused = false, left_ms: stood = 0 } = clock ?? {};
  if (closesAt === 0) {
    return paused ? { ...NONE, state: "paused", leftMs: stood, seconds: Math.ceil(stood / 1000) } : NONE;
  }
  const whole = Math.max(1, closesAt - opensAt);
  const leftMs = Math.max(0, paused ? stood : closesAt - Math.max(now, opensAt));
  const seconds = Math.ceil(leftMs / 1000);
  const state = paused ? "paused" : now < opensAt ? "waiting" : leftMs > 0 ? "running" : "over";
  return { state, leftMs, seconds, share: Math.min(1, leftMs / whole), last: state !== "paused" && seconds <= LAST_S };
}

/** The time that whoever was first at the buzzer has to answer; none where the jury has no hurry. */
export function speakingFace({ buzz, clock, round }: ProjectorView, now: number): Face {
  const until = buzz?.until ?? 0;
  const began = until - (round.terms?.answer_s ?? 0) * 1000;
  return until === 0 ? NONE : faceOf({ ...clock, opens_at: Math.min(began, now), closes_at: until }, now);
}

/** Whether the options are to be seen: from `opens_at` on, and not while a pause came before it. */
export function optionsAreUp(clock: ClockView | undefined, now: number): boolean {
  const { opens_at: opensAt = 0, closes_at: closesAt = 0, paused = false, left_ms: stood = 0 } = clock ?? {};
  return closesAt === 0 || (paused ? stood <= closesAt - opensAt : now >= opensAt);
}
