/**
 * The board of a round as messages change it: `read` checks what came over the wire, `reduce` is pure.
 *
 * Every message is whole (constant in size), so the newest of an epoch is always right to show. A number left out means
 * something was lost on the way, and the server is asked for a snapshot. Another epoch is another counting: take it.
 */

import type { BoardMessage, BoardRow } from "./messages.gen";

export type { BoardMessage, BoardRow };

export interface Step {
  board: BoardMessage | null;
  changed: boolean;
  resync: boolean;
}

export function reduce(board: BoardMessage | null, message: BoardMessage): Step {
  if (board === null || message.epoch !== board.epoch) {
    return { board: message, changed: true, resync: false };
  }
  if (message.version <= board.version) {
    return { board, changed: false, resync: false };
  }
  return { board: message, changed: true, resync: message.version > board.version + 1 };
}

const POLICIES: readonly string[] = ["live", "frozen", "own", "hidden"];

/** The message, or null for anything this page does not understand. */
export function read(value: unknown): BoardMessage | null {
  if (typeof value !== "object" || value === null) {
    return null;
  }
  const found = value as Partial<Record<keyof BoardMessage, unknown>>;
  const good =
    found.type === "board" &&
    typeof found.epoch === "string" &&
    typeof found.version === "number" &&
    typeof found.policy === "string" &&
    POLICIES.includes(found.policy) &&
    Array.isArray(found.rows);
  return good ? (value as BoardMessage) : null;
}

/** A name for each row that stays the same while it moves; namesakes in one unit are told apart by their order. */
export function rowKeys(rows: readonly BoardRow[]): string[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const name = `${row.name}\n${row.unit}`;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return `${name}\n${times}`;
  });
}
