import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Feed } from "./feed";

/** The browser's side of a socket; a test plays the server. */
class Line {
  static readonly OPEN = 1;
  static all: Line[] = [];
  readonly url: string;
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    Line.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
    this.onclose?.();
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(value: unknown): void {
    this.onmessage?.({ data: JSON.stringify(value) });
  }
}

let heard: unknown[] = [];
let fresh: boolean[] = [];
let polls: (string | null)[] = [];
let feed: Feed;

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  vi.stubGlobal("WebSocket", Line);
  [Line.all, heard, fresh, polls] = [[], [], [], []];
  vi.stubGlobal("fetch", async (_url: string, call: { headers: Record<string, string> }) => {
    polls.push(call.headers["If-None-Match"] ?? null);
    return polls.length > 1
      ? new Response(null, { status: 304 })
      : new Response('{"polled":true}', { status: 200, headers: { ETag: '"7"' } });
  });
  feed = new Feed({
    socketUrl: "ws://here/board",
    pollUrl: "/board",
    onMessage: (value) => heard.push(value),
    onFresh: (now) => fresh.push(now),
  });
  feed.open();
});

afterEach(() => {
  feed.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("messages of the socket are passed on, and nothing is polled", async () => {
  Line.all[0]?.accept();
  Line.all[0]?.say({ version: 1 });
  await pass(20_000);
  expect(heard).toEqual([{ version: 1 }]);
  expect(fresh.at(-1)).toBe(true);
  expect(polls).toEqual([]);
});

test("one lost socket is replaced before anything is polled", async () => {
  Line.all[0]?.accept();
  Line.all[0]?.close();
  expect(fresh.at(-1)).toBe(false);
  await pass(2000);
  expect(Line.all.length).toBe(2);
  Line.all[1]?.accept();
  expect(fresh.at(-1)).toBe(true);
  await pass(10_000);
  expect(polls).toEqual([]);
});

test("without a socket the board is polled by its ETag, and sockets are still tried", async () => {
  Line.all[0]?.close();
  await pass(2000);
  Line.all[1]?.close();
  await pass(0);
  expect(heard).toEqual([{ polled: true }]);
  expect(fresh.at(-1)).toBe(true);
  await pass(6000);
  expect(polls).toEqual([null, '"7"']);
  expect(heard.length).toBe(1);
  expect(Line.all.length).toBeGreaterThan(2);
});

test("a socket that is back ends the polling", async () => {
  Line.all[0]?.close();
  await pass(2000);
  Line.all[1]?.close();
  await pass(4000);
  Line.all[2]?.accept();
  const before = polls.length;
  await pass(30_000);
  expect(polls.length).toBe(before);
});

test("a quiet socket is asked, and dropped when it does not answer", async () => {
  Line.all[0]?.accept();
  await pass(45_000);
  expect(Line.all[0]?.sent).toEqual(['{"type":"resync"}']);
  await pass(9_999);
  expect(Line.all[0]?.readyState).toBe(1);
  await pass(1);
  expect(Line.all[0]?.readyState).toBe(3);
  expect(fresh.at(-1)).toBe(false);
});

test("a snapshot is asked for at most once in five seconds", async () => {
  Line.all[0]?.accept();
  feed.resync();
  feed.resync();
  expect(Line.all[0]?.sent.length).toBe(1);
  Line.all[0]?.say({});
  await pass(5000);
  feed.resync();
  expect(Line.all[0]?.sent.length).toBe(2);
});

test("a closed feed stays closed", async () => {
  Line.all[0]?.accept();
  feed.close();
  await pass(120_000);
  expect(Line.all.length).toBe(1);
  expect(polls).toEqual([]);
});
