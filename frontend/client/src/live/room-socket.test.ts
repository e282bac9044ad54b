import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLine } from "./fake-line";
import type { RoomServerMessage } from "./messages.gen";
import { type Link, RoomSocket } from "./room-socket";
import { ServerClock } from "./server-clock";

const round = { title: "", mode: "official", items: 1, questions: 1, seconds: 20, answer: "first", chain: [] };
const welcome = { type: "welcome", role: "host", version: 5, at: 1000, host: { round, phase: "lobby" } };
let links: Link[] = [];
let heard: RoomServerMessage[] = [];
let requests: { url: string; method: string; headers: Record<string, string>; body: unknown }[] = [];
let reply: () => Response = () => new Response(null, { status: 503 });
let tokens: (string | null)[] = [];
let socket: RoomSocket;
let clock: ServerClock;

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers });

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  vi.stubGlobal("WebSocket", FakeLine);
  [FakeLine.all, links, heard, requests, tokens] = [[], [], [], [], []];
  reply = () => new Response(null, { status: 503 });
  vi.stubGlobal("fetch", async (url: string, call: RequestInit) => {
    const body = typeof call.body === "string" ? (JSON.parse(call.body) as unknown) : null;
    requests.push({ url, method: call.method ?? "GET", headers: call.headers as Record<string, string>, body });
    return reply();
  });
  clock = new ServerClock();
  socket = new RoomSocket({
    socketUrl: "ws://here/ws/phong/7",
    apiUrl: "/api/v1/live/7",
    role: "host",
    clock,
    token: async () => (tokens.length > 0 ? (tokens.shift() ?? null) : "ticket"),
    version: () => 5,
    onMessage: (message) => heard.push(message),
    onLink: (link) => links.push(link),
  });
  socket.open();
  await pass(0);
});

afterEach(() => {
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function enter(line = FakeLine.last): FakeLine {
  line.accept();
  line.say(welcome);
  return line;
}

/** Lets every socket fail until polling has begun. */
async function fallBack(): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    FakeLine.last.hangUp(1006);
    await pass(3000);
  }
}

test("hello is the first frame; only a welcome makes the line open", () => {
  FakeLine.last.accept();
  expect(FakeLine.last.sent).toEqual([{ type: "hello", role: "host", token: "ticket", protocol: 2 }]);
  expect(socket.send({ type: "resync" })).toBe(false);
  FakeLine.last.say(welcome);
  expect(links).toEqual(["connecting", "open"]);
  expect(heard[0]).toEqual(welcome);
  expect(socket.send({ type: "resync" })).toBe(true);
});

test("a clock that was set, or a device that slept, is pinged at once", async () => {
  const line = enter();
  await pass(1_500);
  const before = line.of("ping").length;
  vi.setSystemTime(Date.now() + 5_000);
  clock.now();
  expect(line.of("ping").length).toBe(before + 1);
});

test("five pings set the clock; a pong is echoed with its number", async () => {
  const line = enter();
  await pass(1000);
  expect(line.of("ping").length).toBe(5);
  line.say({ type: "pong", t: line.of("ping")[0]?.["t"], at: 99, n: 4 });
  expect(line.of("echo")).toEqual([{ type: "echo", n: 4 }]);
  await pass(10_000);
  expect(line.of("ping").length).toBe(6);
});

test("a pong that nobody asked for is echoed and says nothing of the clock", () => {
  const line = enter();
  const taken = vi.spyOn(ServerClock.prototype, "pong");
  line.say({ type: "pong", t: -1, at: 99, n: 4 });
  expect(line.of("echo")).toEqual([{ type: "echo", n: 4 }]);
  expect(taken).not.toHaveBeenCalled();
});

test("even the slowest phone is heard within ten seconds, before the server takes it for silent", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  const line = enter();
  await pass(1000);
  const pings = line.of("ping").length;
  await pass(9_900);
  expect(line.of("ping").length).toBe(pings + 1);
});

test("a lost line is greeted again, with a fresh ticket", async () => {
  tokens = ["second"];
  enter().hangUp(1006);
  expect(links.at(-1)).toBe("connecting");
  await pass(500);
  expect(FakeLine.all.length).toBe(2);
  FakeLine.last.accept();
  expect(FakeLine.last.sent[0]?.["token"]).toBe("second");
  FakeLine.last.say(welcome);
  expect(links.at(-1)).toBe("open");
});

test.each([
  [4001, "replaced"],
  [4403, "forbidden"],
  [4404, "unknown"],
  [4426, "outdated"],
])("close code %i is the end: %s", async (code, link) => {
  enter().hangUp(code);
  expect(links.at(-1)).toBe(link);
  await pass(60_000);
  expect(FakeLine.all.length).toBe(1);
  expect(requests).toEqual([]);
});

test("after having been replaced, the person may take over again", async () => {
  enter().hangUp(4001);
  socket.open();
  await pass(0);
  enter();
  expect(links.at(-1)).toBe("open");
});

test("a token that is not known is tried once more, with a fresh one", async () => {
  FakeLine.last.accept();
  FakeLine.last.hangUp(4401);
  await pass(500);
  expect(FakeLine.all.length).toBe(2);
  FakeLine.last.hangUp(4401);
  expect(links.at(-1)).toBe("unknown");
  await pass(60_000);
  expect(FakeLine.all.length).toBe(2);
});

test.each([4008, 4009, 4013, 1011])("close code %i is followed by another try", async (code) => {
  enter().hangUp(code);
  await pass(1000);
  expect(FakeLine.all.length).toBe(2);
});

test("no ticket to be had any more ends it", async () => {
  tokens = [null];
  enter().hangUp(1006);
  await pass(1000);
  expect(links.at(-1)).toBe("forbidden");
  expect(FakeLine.all.length).toBe(1);
});

test("three failures begin the polling, with the token, the version and the ETag; a socket ends it", async () => {
  reply = () => json(200, welcome, { ETag: '"5"' });
  await fallBack();
  expect(links.at(-1)).toBe("polling");
  expect(requests[0]?.url).toBe("/api/v1/live/7/state?role=host&v=5");
  expect(requests[0]?.headers["Authorization"]).toBe("Bearer ticket");
  expect(heard).toEqual([welcome, ...heard.slice(1)]);
  reply = () => new Response(null, { status: 304 });
  await pass(2000);
  expect(requests.at(-1)?.headers["If-None-Match"]).toBe('"5"');
  expect(links.at(-1)).toBe("polling");
  enter();
  const before = requests.length;
  await pass(9000);
  expect(requests.length).toBe(before);
  expect(links.at(-1)).toBe("open");
});

test("when polling fails too, the line is lost, and found again", async () => {
  reply = () => new Response(null, { status: 503 });
  await fallBack();
  expect(links.at(-1)).toBe("lost");
  reply = () => json(200, welcome);
  await pass(3000);
  expect(links.at(-1)).toBe("polling");
  reply = () => new Response(null, { status: 403 });
  await pass(3000);
  expect(links.at(-1)).toBe("forbidden");
});

test("a socket that says nothing is dropped", async () => {
  enter();
  await pass(24_999);
  expect(FakeLine.all.length).toBe(1);
  await pass(1000);
  expect(FakeLine.all.length).toBe(2);
});

test("a socket that never welcomes is dropped", async () => {
  FakeLine.last.accept();
  await pass(11_000);
  expect(FakeLine.all.length).toBe(2);
});

test("waking tests an open line, and tries a lost one at once", async () => {
  const line = enter();
  await pass(1100);
  const pings = line.of("ping").length;
  socket.wake();
  expect(line.of("ping").length).toBe(pings + 1);
  line.say({ type: "pong", t: 1, at: 2, n: 1 });
  await pass(3000);
  expect(FakeLine.all.length).toBe(1);
  socket.wake();
  await pass(3000 + 500);
  expect(FakeLine.all.length).toBe(2);
  FakeLine.last.hangUp(1006);
  await pass(1000);
  const before = FakeLine.all.length;
  FakeLine.last.hangUp(1006);
  socket.wake();
  await pass(300);
  expect(FakeLine.all.length).toBe(before + 1);
});

test("a command ends with done, with a refusal, or with the line", async () => {
  const line = enter();
  const asked = [socket.command({ do: "pause" }), socket.command({ do: "resume" }), socket.command({ do: "undo", seen: 3 })];
  const ends = Promise.allSettled(asked);
  const [first, second] = line.of("command");
  line.say({ type: "done", id: first?.["id"], version: 6 });
  line.say({ type: "refused", id: second?.["id"], code: "not-now", text: "Chưa được" });
  line.hangUp(1006);
  const [done, refused, lost] = await ends;
  expect(done).toEqual({ status: "fulfilled", value: { version: 6 } });
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "not-now", message: "Chưa được" } });
  expect(lost).toMatchObject({ status: "rejected", reason: { code: "connection-lost" } });
});

test("a command on a dead line is given up after three seconds, and the line tried anew", async () => {
  const line = enter();
  await pass(2100);
  const pings = line.of("ping").length;
  const end = Promise.allSettled([socket.command({ do: "pause" })]);
  expect(line.of("ping").length).toBe(pings + 1);
  expect(line.sent.slice(-2).map((message) => message["type"])).toEqual(["ping", "command"]);
  await pass(3000);
  expect(await end).toMatchObject([{ status: "rejected", reason: { code: "connection-lost" } }]);
  await pass(1000);
  expect(FakeLine.all.length).toBe(2);
});

test("a line that was heard just now is not asked again before each command", async () => {
  const line = enter();
  const pings = line.of("ping").length;
  void socket.command({ do: "pause" }).catch(() => undefined);
  void socket.command({ do: "resume" }).catch(() => undefined);
  expect(line.of("ping").length).toBe(pings);
});

test("a command that the server works on keeps a line that answers, for ten seconds", async () => {
  const line = enter();
  let end = "";
  const asked = socket.command({ do: "pause" }).catch((fault: { code: string }) => (end = fault.code));
  line.say({ type: "pong", t: 1, at: 2, n: 1 });
  await pass(9900);
  expect([end, FakeLine.all.length]).toEqual(["", 1]);
  await pass(100);
  await asked;
  expect(end).toBe("connection-lost");
});

test("without a socket a command goes by HTTP", async () => {
  reply = () => json(200, { version: 9 });
  await expect(socket.command({ do: "pause" })).resolves.toEqual({ version: 9 });
  expect(requests[0]).toMatchObject({ url: "/api/v1/live/7/commands", method: "POST", body: { command: { do: "pause" } } });
  reply = () => json(409, { code: "not-now", detail: "Chưa được" });
  await expect(socket.command({ do: "pause" })).rejects.toMatchObject({ code: "not-now", message: "Chưa được" });
});

test("snapshots are asked for at most once a second, and none is forgotten", async () => {
  const line = enter();
  socket.resync();
  socket.resync();
  socket.resync();
  expect(line.of("resync").length).toBe(1);
  await pass(1000);
  expect(line.of("resync").length).toBe(2);
  await pass(5000);
  expect(line.of("resync").length).toBe(2);
});

test("what cannot be read is ignored", () => {
  const line = enter();
  line.onmessage?.({ data: "{nonsense" });
  line.say({ type: "shout" });
  expect(heard.length).toBe(1);
});

test("a closed line stays closed", async () => {
  enter();
  socket.close();
  await pass(120_000);
  socket.wake();
  await pass(1000);
  expect(FakeLine.all.length).toBe(1);
  expect(requests).toEqual([]);
});
