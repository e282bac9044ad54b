import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AnswerOutbox } from "./answer-outbox";
import { FakeLine } from "./fake-line";
import type { PlayerView } from "./messages.gen";
import { RoomClient } from "./room";
import type { Room } from "./room-store";

const round = { title: "", mode: "official", items: 1, questions: 1, seconds: 20, answer: "first", chain: [] };
const me = { id: 7, seat: 12, name: "Hà" };
const welcome = { type: "welcome", role: "player", version: 5, at: 1000, player: { round, phase: "open", run: 1 }, me };
let drawn: Room<PlayerView>[] = [];
let client: RoomClient<PlayerView>;

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeLine);
  [FakeLine.all, drawn] = [[], []];
  client = new RoomClient<PlayerView>({
    round: 7,
    role: "player",
    token: async () => "token",
    onChange: (room) => drawn.push(room),
    onLink: () => undefined,
    answers: ({ socket }) =>
      new AnswerOutbox({
        storage: null,
        place: "x",
        send: (answer) => socket.send(answer),
        post: async () => null,
        onReply: () => undefined,
      }),
  });
  client.open();
  await pass(0);
  FakeLine.last.accept();
  FakeLine.last.say(welcome);
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("an answer counts as given only when the server says so", () => {
  const { key } = client.answers?.give(1, "B") ?? { key: "" };
  expect(drawn.at(-1)?.answer).toBeNull();
  FakeLine.last.say({ type: "ack", run: 1, key, at: 1500, receipt: "K7Q2" });
  expect(drawn.at(-1)?.answer).toEqual({ run: 1, key, value: "B", at: 1500, receipt: "K7Q2" });
});

test("an unacknowledged answer follows the person through a new socket, with its key", async () => {
  const { key } = client.answers?.give(1, "B") ?? { key: "" };
  FakeLine.last.hangUp(1006);
  await pass(1000);
  FakeLine.last.accept();
  expect(FakeLine.last.of("answer")).toEqual([]);
  FakeLine.last.say(welcome);
  expect(FakeLine.last.of("answer").map((answer) => answer["key"])).toEqual([key]);
});

test("an answer that the snapshot holds is not sent again", async () => {
  const { key } = client.answers?.give(1, "B") ?? { key: "" };
  FakeLine.last.hangUp(1006);
  await pass(1000);
  FakeLine.last.accept();
  FakeLine.last.say({ ...welcome, answer: { run: 1, key, value: "B", at: 1500, receipt: "K7Q2" } });
  expect(FakeLine.last.of("answer")).toEqual([]);
  expect(drawn.at(-1)?.answer?.receipt).toBe("K7Q2");
});

test("a gap asks for a snapshot and draws nothing until it is there", () => {
  const before = drawn.length;
  FakeLine.last.say({ type: "moved", base: 8, version: 9, at: 2, patch: { phase: "reveal" } });
  expect(FakeLine.last.of("resync").length).toBe(1);
  expect(drawn.length).toBe(before);
  FakeLine.last.say({ ...welcome, version: 9, player: { round, phase: "reveal", run: 1 } });
  expect(drawn.at(-1)?.view.phase).toBe("reveal");
});
