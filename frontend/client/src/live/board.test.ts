import { expect, test } from "vitest";
import { read, reduce, rowKeys, type BoardMessage } from "./board";

function board(version: number, epoch = "e1"): BoardMessage {
  return {
    type: "board",
    epoch,
    version,
    at: "2026-03-02T03:32:05Z",
    policy: "live",
    phase: "open",
    rows: [{ rank: 1, name: "Nguyễn Thị Phương Thảo", unit: "Xã Tân Tiến", points: version, duration_ms: 61_234 }],
    entrants: null,
    attempts: 456,
  };
}

test("the first message is shown", () => {
  expect(reduce(null, board(7))).toEqual({ board: board(7), changed: true, resync: false });
});

test("the next is shown without a question", () => {
  expect(reduce(board(7), board(8))).toEqual({ board: board(8), changed: true, resync: false });
});

test("the same again and an older one change nothing", () => {
  expect(reduce(board(7), board(7))).toEqual({ board: board(7), changed: false, resync: false });
  expect(reduce(board(7), board(3))).toEqual({ board: board(7), changed: false, resync: false });
});

test("after a gap the newest is shown and a snapshot is asked for", () => {
  expect(reduce(board(7), board(10))).toEqual({ board: board(10), changed: true, resync: true });
});

test("a new epoch is taken, whatever its number", () => {
  expect(reduce(board(700), board(1, "e2"))).toEqual({ board: board(1, "e2"), changed: true, resync: false });
});

test.each([null, 3, "board", {}, { type: "other" }, { ...board(1), rows: null }, { ...board(1), policy: "open" }])(
  "what is no board is not read: %j",
  (value) => {
    expect(read(value)).toBeNull();
  },
);

test("a board is read as it is", () => {
  expect(read(JSON.parse(JSON.stringify(board(1))))).toEqual(board(1));
});

test("namesakes of one unit keep their own rows", () => {
  const row = board(1).rows[0];
  if (!row) {
    throw new Error("no row");
  }
  const keys = rowKeys([row, { ...row, rank: 2 }, { ...row, rank: 3, unit: "Xã khác" }]);
  expect(new Set(keys).size).toBe(3);
});
