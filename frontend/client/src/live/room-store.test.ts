import { expect, test } from "vitest";
import type { PlayerView, WelcomeMessage } from "./messages.gen";
import { mergePatch, readRoom, reduce, type Room } from "./room-store";

const round = { title: "Chung kết", mode: "official", items: 3, questions: 3, seconds: 20, answer: "first", chain: [] };
const me = { id: 7, seat: 12, name: "Hà" };
const welcome: WelcomeMessage = {
  type: "welcome",
  role: "player",
  version: 5,
  at: 1000,
  player: { round, phase: "open", run: 1, clock: { opens_at: 10, closes_at: 20 } },
  me,
};

function joined(message: WelcomeMessage = welcome): Room<PlayerView> {
  const { room } = reduce<PlayerView>(null, message);
  if (room === null) {
    throw new Error("a welcome makes a room");
  }
  return room;
}

const moved = (base: number, version: number, patch: Record<string, unknown>) =>
  ({ type: "moved", base, version, at: 2000, patch }) as const;

test("a welcome is the whole room, whatever was there", () => {
  const old = joined({ ...welcome, version: 99 });
  expect(reduce(old, welcome).room).toMatchObject({ version: 5, view: { phase: "open" }, me, answer: null });
});

test("a welcome without a view of any role is not taken", () => {
  const { player: _player, ...empty } = welcome;
  expect(reduce(null, empty)).toEqual({ room: null, changed: false, resync: false });
});

test("a patch at the version shown moves the view, deep and without touching the old one", () => {
  const before = joined();
  const { room, changed } = reduce(before, moved(5, 7, { phase: "closed", clock: { closes_at: null, due_at: 30 } }));
  expect(changed).toBe(true);
  expect(room?.version).toBe(7);
  expect(room?.view).toEqual({ round, phase: "closed", run: 1, clock: { opens_at: 10, due_at: 30 } });
  expect(before.view.phase).toBe("open");
});

test("an old patch is dropped, a gap asks for a snapshot and leaves the view alone", () => {
  const room = joined();
  expect(reduce(room, moved(3, 5, { phase: "title" }))).toEqual({ room, changed: false, resync: false });
  expect(reduce(room, moved(6, 7, { phase: "title" }))).toEqual({ room, changed: false, resync: true });
  expect(reduce(room, moved(4, 7, { phase: "title" })).resync).toBe(true);
});

test("without a base a patch follows the version before", () => {
  const room = joined();
  expect(reduce(room, { type: "moved", version: 6, patch: { phase: "closed" } })).toMatchObject({ changed: true, room: { version: 6, view: { phase: "closed" } } });
  expect(reduce(room, { type: "moved", version: 7, patch: { phase: "closed" } })).toEqual({ room, changed: false, resync: true });
});

test("the own part goes by its own version", () => {
  const later = reduce(joined(), { type: "mine", version: 8, patch: { floor: "out" } }).room;
  expect(later?.me?.floor).toBe("out");
  expect(later?.version).toBe(5);
  const stale = later && reduce(later, { type: "mine", version: 6, patch: {} });
  expect(stale?.changed).toBe(false);
});

test("an acknowledgement becomes the answer of its run only", () => {
  const ack = { type: "ack", run: 1, key: "k1", at: 15, receipt: "K7Q2" } as const;
  const room = reduce(joined(), ack, "A").room;
  expect(room?.answer).toEqual({ run: 1, key: "k1", value: "A", at: 15, receipt: "K7Q2" });
  expect(reduce(joined(), { ...ack, run: 2 }, "A").changed).toBe(false);
});

test("an acknowledgement that was overtaken by a later answer changes nothing", () => {
  const second = reduce(joined(), { type: "ack", run: 1, key: "k2", at: 16, receipt: "B", seq: 2 }, "B").room;
  expect(second && reduce(second, { type: "ack", run: 1, key: "k1", at: 15, receipt: "A" }, "A").changed).toBe(false);
});

test("the answer goes with its run", () => {
  const given = joined({ ...welcome, answer: { run: 1, key: "k", value: "A", at: 15, receipt: "K7Q2" } });
  expect(reduce(given, moved(5, 6, { phase: "reveal" })).room?.answer?.receipt).toBe("K7Q2");
  expect(reduce(given, moved(5, 6, { phase: "title", run: 2 })).room?.answer).toBeNull();
});

test("counts are kept through a snapshot", () => {
  const counted = reduce(joined(), { type: "tick", connected: 203, answered: 184 }).room;
  expect(counted && reduce(counted, welcome).room?.tick?.answered).toBe(184);
});

test("nothing but a welcome begins a room", () => {
  expect(reduce(null, moved(0, 1, {})).room).toBeNull();
});

test.each([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [["a", "b"], ["c", "d"], ["c", "d"]],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: 1 }, { a: 1 }, { e: 1, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("merge patch %j + %j (the cases of RFC 7396)", (document, patch, made) => {
  expect(mergePatch(document, patch)).toEqual(made);
});

test("a name like __proto__ in a patch is a name", () => {
  const made = mergePatch({}, JSON.parse('{"__proto__": {"polluted": 1}}')) as Record<string, unknown>;
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

test.each([
  null,
  [],
  "welcome",
  { type: "shout" },
  { type: "welcome", version: "5", at: 1 },
  { type: "moved", base: 1, version: 2, at: 3 },
  { type: "moved", base: 1, version: 2, at: 3, patch: [] },
  { type: "mine", version: 1 },
  { type: "pong", t: 1 },
])("%j is not understood", (value) => {
  expect(readRoom(value)).toBeNull();
});

test("the messages of the room are understood", () => {
  expect(readRoom(welcome)).toBe(welcome);
  expect(readRoom({ type: "refused", code: "busy" })).not.toBeNull();
});
