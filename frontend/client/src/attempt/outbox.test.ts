import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { openOutbox, restorable, type Pending } from "./outbox";

const pending: Pending = {
  answers: { "3": "a", "7": ["a", "c"], "9": [["l1", "r2"]] },
  prediction: "1.234",
  sentRevision: 4,
};

test("what was stored is there after the page is opened again", async () => {
  const factory = new IDBFactory();
  const first = await openOutbox(factory);
  await first.store("one", pending);
  const second = await openOutbox(factory);
  expect(second.durable).toBe(true);
  expect(await second.load("one")).toEqual(pending);
  expect(await second.load("other")).toBeNull();
});

test("cleared is cleared", async () => {
  const outbox = await openOutbox(new IDBFactory());
  await outbox.store("one", pending);
  await outbox.clear("one");
  expect(await outbox.load("one")).toBeNull();
});

test("the newest of two writes started together stays", async () => {
  const outbox = await openOutbox(new IDBFactory());
  const newer = { ...pending, answers: { "3": "b" } };
  await Promise.all([outbox.store("one", pending), outbox.store("one", newer)]);
  expect(await outbox.load("one")).toEqual(newer);
});

test("without IndexedDB it lasts as long as the page, and says so", async () => {
  const outbox = await openOutbox(undefined);
  await outbox.store("one", pending);
  expect(outbox.durable).toBe(false);
  expect(await outbox.load("one")).toEqual(pending);
});

test("a browser that throws on opening costs nobody the page", async () => {
  const forbidden = {
    open: () => {
      throw new DOMException("denied", "SecurityError");
    },
  } as unknown as IDBFactory;
  expect((await openOutbox(forbidden)).durable).toBe(false);
});

test("nobody else saved since: everything comes back", () => {
  expect(restorable(pending, 4, () => false)).toEqual({ answers: pending.answers, prediction: "1.234" });
  expect(restorable(pending, 3, () => false)).toEqual({ answers: pending.answers, prediction: "1.234" });
});

test("another device went on: ours only fill what it left blank", () => {
  const back = restorable(pending, 9, (no) => no === "7");
  expect(back).toEqual({ answers: { "7": ["a", "c"] }, prediction: null });
});
