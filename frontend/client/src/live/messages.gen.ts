/** The board's socket: its messages. Written by `manage.py write_live_types`; do not edit. */

/** A line of the running board; points and milliseconds. */
export interface BoardRow {
  rank: number;
  name: string;
  unit: string;
  points: number;
  duration_ms: number;
}

/** The whole board, whoever watches. Versions count up by one within an epoch; after a gap ask for a resync. `at` is ISO 8601; `entrants` and `attempts` are null while they are withheld. */
export interface BoardMessage {
  type: "board";
  epoch: string;
  version: number;
  at: string;
  policy: "live" | "frozen" | "own" | "hidden";
  phase: string;
  rows: BoardRow[];
  entrants: number | null;
  attempts: number | null;
}

/** A message from the client that could not be taken. */
export interface RefusedMessage {
  type: "refused";
  code: string;
}

/** Send the board again. */
export interface ResyncMessage {
  type: "resync";
}

export type ServerMessage = BoardMessage | RefusedMessage;

export type ClientMessage = ResyncMessage;
