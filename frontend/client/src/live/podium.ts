/** The podium step by step: third, second, first, then the whole. Every screen waits as long before it tells the next. */
import type { LineView } from "./messages.gen";

/** The projector's roll of the drum, which phones wait for too: they lie in the hands of people who look up to it. */
export const ROLL_MS = 1600;

/** The lines that a step shows: who shares a place comes together. */
export function linesAt(step: number, board: LineView[] = []): LineView[] {
  return step >= 4 ? board : board.filter((line) => line.rank >= 4 - step);
}
