import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AnswerOutbox, newKey } from "./answer-outbox";
import type { AckMessage, AnswerMessage, RoomRefusedMessage } from "./messages.gen";

let sent: AnswerMessage[] = [];
let posted: AnswerMessage[] = [];
let replies: unknown[] = [];
let isOpen = true;
let answer: AckMessage | RoomRefusedMessage | null = null;
let slow: Promise<void> | null = null;
const kept = new Map<string, string>();
const storage = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
};
let outbox: AnswerOutbox;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function made(place = "live:7:12", withStorage: typeof storage | null = storage): AnswerOutbox {
  return new AnswerOutbox({
    storage: withStorage,
    place,
    send: (message) => isOpen && sent.push(message) > 0,
    post: async (message) => {
      posted.push(message);
      await slow;
      return answer;
    },
    onReply: (message) => replies.push(message),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  [sent, posted, replies, isOpen, answer, slow] = [[], [], [], true, null, null];
  kept.clear();
  outbox = made();
});

afterEach(() => {
  outbox.close();
  vi.useRealTimers();
});

test("an answer goes at once, and again with the same key until it is acknowledged", async () => {
  const { key } = outbox.give(3, "B");
  expect(sent).toEqual([{ type: "answer", run: 3, key, value: "B", seq: 1 }]);
  await pass(2499);
  expect(sent.length).toBe(1);
  await pass(1);
  expect(sent.length).toBe(2);
  await pass(1200);
  expect(sent.length).toBe(3);
  expect(new Set(sent.map((one) => one.key)).size).toBe(1);
  expect(outbox.acknowledged({ run: 3, key })).toBe("B");
  await pass(10_000);
  expect(sent.length).toBe(3);
  expect(outbox.pending).toBeNull();
});

test("another answer's acknowledgement is not this one's", () => {
  const { key } = outbox.give(3, "B");
  expect(outbox.acknowledged({ run: 3, key: "other" })).toBeUndefined();
  expect(outbox.acknowledged({ run: 2, key })).toBeUndefined();
  expect(outbox.pending?.value).toBe("B");
});

test("a changed mind is another answer with the next number", () => {
  const first = outbox.give(3, "A");
  const second = outbox.give(3, "B");
  expect([first.seq, second.seq]).toEqual([1, 2]);
  expect(second.key).not.toBe(first.key);
  expect(outbox.acknowledged(second)).toBe("B");
  expect(outbox.give(3, "C", 2).seq).toBe(3);
  expect(outbox.give(4, "A").seq).toBe(1);
});

test("an earlier answer is acknowledged behind a changed mind, which goes on waiting", () => {
  const first = outbox.give(3, "A");
  expect(outbox.isUnsure).toBe(false);
  const second = outbox.give(3, "B");
  expect(outbox.isUnsure).toBe(true);
  expect(outbox.acknowledged(first)).toBe("A");
  expect(outbox.acknowledged(first)).toBeUndefined();
  expect([outbox.isUnsure, outbox.pending?.key]).toEqual([false, second.key]);
});

test("what was sent to another run, or refused, is no longer waited for", () => {
  const first = outbox.give(3, "A");
  outbox.give(3, "B");
  expect(outbox.refused({ code: "already-answered", key: first.key })).toBe(false);
  expect(outbox.acknowledged(first)).toBeUndefined();
  outbox.give(4, "A");
  expect(outbox.isUnsure).toBe(false);
});

test("without a socket it goes by HTTP, and what comes back is handled like a message", async () => {
  isOpen = false;
  const { key } = outbox.give(3, "B");
  await pass(0);
  expect(posted.map((one) => one.key)).toEqual([key]);
  answer = { type: "ack", run: 3, key, at: 5, receipt: "K7Q2" };
  await pass(2500);
  expect(replies).toEqual([answer]);
});

test("a mind that is changed while its answer is posted is posted as soon as that has ended", async () => {
  isOpen = false;
  let reached = (): void => undefined;
  slow = new Promise((resolve) => (reached = resolve));
  outbox.give(3, "A");
  const { key } = outbox.give(3, "B");
  await pass(100);
  expect(posted.map((one) => one.value)).toEqual(["A"]);
  reached();
  await pass(0);
  expect(posted.map((one) => one.value)).toEqual(["A", "B"]);
  expect(posted.at(-1)?.key).toBe(key);
  await pass(100);
  expect(posted.length).toBe(2);
});

test("a closed box sends nothing, by no way, until a socket is opened again", async () => {
  outbox.give(3, "A");
  outbox.close();
  outbox.give(3, "B");
  isOpen = false;
  await pass(10_000);
  expect([sent.length, posted.length]).toEqual([1, 0]);
  isOpen = true;
  outbox.opened();
  expect(sent.at(-1)?.value).toBe("B");
});

test("a new socket gets the waiting answer at once", () => {
  isOpen = false;
  const { key } = outbox.give(3, "B");
  isOpen = true;
  outbox.opened();
  expect(sent.map((one) => one.key)).toEqual([key]);
});

test("a reload brings the waiting answer back, to the same participant of the same round", () => {
  const { key } = outbox.give(3, ["a", "b"]);
  outbox.close();
  outbox = made();
  expect(outbox.pending).toEqual({ run: 3, key, value: ["a", "b"], seq: 1 });
  expect(made("live:7:13").pending).toBeNull();
});

test("a snapshot that holds the answer empties the box", () => {
  const { key } = outbox.give(3, "B");
  outbox.known({ run: 3, key: "other", value: "A", at: 1, receipt: "X" });
  expect(outbox.pending?.key).toBe(key);
  outbox.known({ run: 3, key, value: "B", at: 1, receipt: "X" });
  expect(outbox.pending).toBeNull();
  expect(kept.size).toBe(0);
});

test("refused for good leaves the box; a busy server is asked again", async () => {
  const { key } = outbox.give(3, "B");
  expect(outbox.refused({ code: "busy", key })).toBe(false);
  expect(outbox.refused({ code: "live-paused", key })).toBe(false);
  expect(outbox.refused({ code: "question-closed", key: "other" })).toBe(false);
  await pass(2500);
  expect(sent.length).toBe(2);
  expect(outbox.refused({ code: "question-closed", key })).toBe(true);
  await pass(5000);
  expect(sent.length).toBe(2);
  expect(kept.size).toBe(0);
});

test("a browser that keeps nothing still sends", async () => {
  const full = { ...storage, setItem: () => { throw new DOMException("full", "QuotaExceededError"); } };
  outbox = made("x", full);
  outbox.give(1, "A");
  made("y", null).give(1, "A");
  expect(sent.length).toBe(2);
});

test("what is kept and unreadable is left alone", () => {
  kept.set("live:7:12", "{not json");
  expect(made().pending).toBeNull();
  kept.set("live:7:12", '{"run":"3"}');
  expect(made().pending).toBeNull();
});

test("keys are 24 hexadecimal digits and never the same", () => {
  const keys = new Set(Array.from({ length: 200 }, newKey));
  expect(keys.size).toBe(200);
  expect([...keys].every((key) => /^[0-9a-f]{24}$/.test(key))).toBe(true);
});
