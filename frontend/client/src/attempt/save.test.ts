import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Reply } from "../shared/http";
import type { Answer } from "./answers";
import { memoryOutbox, type Outbox } from "./outbox";
import { Saver, type SaveBody, type SaveState } from "./save";

const SAVED_AT = "2026-03-02T03:32:05Z";

/** A server of one attempt: keeps the protocol of the API, and can be unreachable, busy, or closed to this page. */
class Server {
  revision: number;
  answers: Record<string, Answer> = {};
  requests: (SaveBody & { leaving: boolean })[] = [];
  submits: SaveBody[] = [];
  refusal: { status: number; code: string; retryAfter?: number; fields?: Record<string, string> } | null = null;
  /** Like the API: stores the answers, then refuses a prediction that is no number. */
  readsPredictions = false;
  reachable = true;
  losesReplies = false;
  delayMs = 0;

  constructor(revision = 0) {
    this.revision = revision;
  }

  save = async (body: SaveBody, leaving: boolean): Promise<Reply> => {
    this.requests.push({ ...body, leaving });
    await this.travel();
    if (this.refusal) {
      return this.refuse();
    }
    if (body.revision > this.revision) {
      this.revision = body.revision;
      Object.assign(this.answers, body.answers);
    }
    if (this.readsPredictions && body.prediction !== null && !/^\d+$/.test(body.prediction)) {
      return malformed();
    }
    if (this.losesReplies) {
      throw new TypeError("network");
    }
    return reply(200, { revision: this.revision, saved_at: SAVED_AT, remaining_ms: 60_000, state: "in_progress" });
  };

  submit = async (body: SaveBody): Promise<Reply> => {
    this.submits.push(body);
    await this.travel();
    if (this.refusal) {
      return this.refuse();
    }
    Object.assign(this.answers, body.answers);
    if (this.readsPredictions && body.prediction !== null && !/^\d+$/.test(body.prediction)) {
      this.revision = Math.max(this.revision, body.revision);
      return malformed();
    }
    return reply(200, { receipt: "ABCD-EFGH-JKMN-PQRST", state: "submitted", result_url: "/bai-thi/x/ket-qua/" });
  };

  private async travel(): Promise<void> {
    if (this.delayMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    }
    if (!this.reachable) {
      throw new TypeError("network");
    }
  }

  private refuse(): Reply {
    const { status, code, retryAfter, fields } = this.refusal ?? { status: 500, code: "" };
    return { ...reply(status, { code, detail: "", fields: fields ?? {} }), retryAfter: retryAfter ?? null };
  }
}

const WORDS = "Số dự đoán không hợp lệ.";
const FAULT = { code: "prediction-malformed", detail: WORDS, places: { prediction: WORDS } };

function malformed(): Reply {
  return reply(400, { code: FAULT.code, detail: WORDS, fields: { prediction: WORDS } });
}

function reply(status: number, body: Record<string, unknown>): Reply {
  return { status, body, retryAfter: null, etag: null };
}

function page(server: Server, revision = server.revision): { saver: Saver; states: SaveState[]; outbox: Outbox } {
  const states: SaveState[] = [];
  const outbox = memoryOutbox();
  const saver = new Saver({
    attempt: "x",
    revision,
    connection: { save: server.save, submit: server.submit },
    outbox,
    onState: (state) => states.push(state),
    now: () => 0,
    random: () => 1,
  });
  return { saver, states, outbox };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("changes within a second go together, and 'saved' is the server's word", async () => {
  const server = new Server();
  const { saver, states, outbox } = page(server);
  saver.changeAnswer("3", "a");
  await pass(500);
  saver.changeAnswer("4", ["a", "c"]);
  await pass(999);
  expect(server.requests).toEqual([]);
  expect(states.every((state) => state.name === "pending")).toBe(true);
  await pass(1);
  expect(server.requests).toEqual([
    { revision: 1, answers: { "3": "a", "4": ["a", "c"] }, prediction: null, leaving: false },
  ]);
  expect(states.at(-1)).toEqual({ name: "saved", at: SAVED_AT });
  expect(saver.unsent).toBe(0);
  expect(await outbox.load("x")).toBeNull();
});

test("nothing is called saved before the reply is there", async () => {
  const server = new Server();
  server.delayMs = 8000;
  const { saver, states } = page(server);
  saver.changeAnswer("3", "a");
  await pass(7000);
  expect(states.at(-1)).toEqual({ name: "saving", unsent: 1 });
  await pass(2000);
  expect(states.at(-1)?.name).toBe("saved");
});

test("an unsent answer is in the outbox from the first moment", async () => {
  const { saver, outbox } = page(new Server());
  saver.changeAnswer("3", "a");
  saver.changePrediction("1.234");
  await pass(0);
  expect(await outbox.load("x")).toEqual({ answers: { "3": "a" }, prediction: "1.234", sentRevision: 0 });
});

test("one request at a time; what changes meanwhile goes with the next", async () => {
  const server = new Server();
  server.delayMs = 5000;
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  saver.changeAnswer("3", "b");
  saver.changeAnswer("4", "c");
  await pass(4000);
  expect(server.requests.length).toBe(1);
  await pass(3000);
  expect(server.requests[1]).toEqual({ revision: 2, answers: { "3": "b", "4": "c" }, prediction: null, leaving: false });
  await pass(5000);
  expect(server.answers).toEqual({ "3": "b", "4": "c" });
  expect(saver.unsent).toBe(0);
});

test("a lost network is said, tried again with growing waits, and nothing is lost", async () => {
  const server = new Server();
  server.reachable = false;
  const { saver, states } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(states.at(-1)).toEqual({ name: "offline", unsent: 1, retryInMs: 1000 });
  saver.changeAnswer("4", "b");
  expect(states.at(-1)).toEqual({ name: "offline", unsent: 2, retryInMs: 1000 });
  await pass(1000);
  expect(states.at(-1)).toEqual({ name: "offline", unsent: 2, retryInMs: 2000 });
  server.reachable = true;
  await pass(2000);
  expect(states.at(-1)?.name).toBe("saved");
  expect(server.answers).toEqual({ "3": "a", "4": "b" });
});

test("when the network is back the wait is not sat out", async () => {
  const server = new Server();
  server.reachable = false;
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000 + 1000 + 2000 + 4000);
  server.reachable = true;
  saver.retryNow();
  await pass(0);
  expect(server.answers).toEqual({ "3": "a" });
});

test("a lost reply leads to the same answers under a higher revision", async () => {
  const server = new Server();
  server.losesReplies = true;
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(saver.unsent).toBe(1);
  server.losesReplies = false;
  await pass(1000);
  expect(server.requests.map((request) => request.revision)).toEqual([1, 2]);
  expect(saver.unsent).toBe(0);
});

test("a revision that we never sent means ours was passed over, and it goes again", async () => {
  const server = new Server(7);
  const { saver } = page(server, 3);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(server.answers).toEqual({});
  expect(saver.unsent).toBe(1);
  await pass(1000);
  expect(server.answers).toEqual({ "3": "a" });
  expect(server.requests.map((request) => request.revision)).toEqual([4, 8]);
});

test("leaving the page sends at once, even beside a request that carries less", async () => {
  const server = new Server();
  server.delayMs = 5000;
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  saver.flush(true);
  saver.flush(true);
  expect(server.requests.length).toBe(1);
  saver.changeAnswer("4", "b");
  saver.flush(true);
  expect(server.requests.map((request) => request.answers)).toEqual([{ "3": "a" }, { "3": "a", "4": "b" }]);
  await pass(6000);
  expect(saver.unsent).toBe(0);
});

test("opened elsewhere: this page stops, and keeps on the device what it could not send", async () => {
  const server = new Server();
  server.refusal = { status: 409, code: "opened-elsewhere" };
  const { saver, states, outbox } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(states.at(-1)).toEqual({ name: "stopped", code: "opened-elsewhere", unsent: 1 });
  saver.changeAnswer("4", "b");
  await pass(60_000);
  expect(server.requests.length).toBe(1);
  expect((await outbox.load("x"))?.answers).toEqual({ "3": "a", "4": "b" });
});

test.each(["attempt-late", "attempt-finished"])("%s: nothing more is sent and nothing is kept", async (code) => {
  const server = new Server();
  server.refusal = { status: 409, code };
  const { saver, states, outbox } = page(server);
  saver.changeAnswer("3", "a");
  await pass(60_000);
  expect(states.at(-1)?.name).toBe("stopped");
  expect(server.requests.length).toBe(1);
  expect(await outbox.load("x")).toBeNull();
});

test.each([401, 403])("%i: signed out, the answers stay on the device", async (status) => {
  const server = new Server();
  server.refusal = { status, code: "not-allowed" };
  const { saver, states, outbox } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(states.at(-1)).toEqual({ name: "stopped", code: "signed-out", unsent: 1 });
  expect((await outbox.load("x"))?.answers).toEqual({ "3": "a" });
});

test("a busy server is left alone for as long as it asks, whatever is answered meanwhile", async () => {
  const server = new Server();
  server.refusal = { status: 429, code: "throttled", retryAfter: 20 };
  const { saver, states } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  saver.changeAnswer("4", "b");
  expect(states.at(-1)).toEqual({ name: "busy", unsent: 2, retryInMs: 21_000 });
  await pass(20_999);
  expect(server.requests.length).toBe(1);
  server.refusal = null;
  await pass(1);
  expect(server.answers).toEqual({ "3": "a", "4": "b" });
});

test("a broken server is tried again", async () => {
  const server = new Server();
  server.refusal = { status: 503, code: "busy" };
  const { saver, states } = page(server);
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(states.at(-1)).toEqual({ name: "busy", unsent: 1, retryInMs: 1000 });
  server.refusal = null;
  await pass(1000);
  expect(states.at(-1)?.name).toBe("saved");
});

test("a refused save says so, waits for the next change and then goes whole", async () => {
  const server = new Server();
  server.refusal = { status: 413, code: "too-large" };
  const { saver, states } = page(server);
  saver.changeAnswer("3", "a");
  await pass(60_000);
  expect(states.at(-1)).toEqual({
    name: "failed",
    fault: { code: "too-large", detail: "", places: {} },
    unsent: 1,
  });
  expect(server.requests.length).toBe(1);
  server.refusal = null;
  saver.changeAnswer("4", "b");
  await pass(1000);
  expect(server.answers).toEqual({ "3": "a", "4": "b" });
});

test("a prediction that is no number is left out until it is mended; the answers are saved without it", async () => {
  const server = new Server();
  server.readsPredictions = true;
  const { saver, states, outbox } = page(server);
  saver.changeAnswer("3", "a");
  saver.changePrediction("nhiều");
  await pass(60_000);
  expect(server.requests.map((request) => request.prediction)).toEqual(["nhiều", null]);
  expect(states.at(-1)).toEqual({ name: "failed", fault: FAULT, unsent: 1 });
  expect((await outbox.load("x"))?.prediction).toBe("nhiều");

  saver.changeAnswer("4", "b");
  await pass(60_000);
  expect(server.answers).toEqual({ "3": "a", "4": "b" });
  expect(states.at(-1)).toEqual({ name: "failed", fault: FAULT, unsent: 1 });

  saver.changePrediction("1234");
  await pass(1000);
  expect(server.requests.at(-1)).toMatchObject({ answers: {}, prediction: "1234" });
  expect(states.at(-1)).toEqual({ name: "saved", at: SAVED_AT });
});

test("an answer that the server can't read holds nobody up", async () => {
  const server = new Server();
  server.refusal = { status: 400, code: "response-malformed", fields: { "answers.3": "?" } };
  const { saver, states } = page(server);
  saver.changeAnswer("3", ["?"]);
  saver.changeAnswer("4", "b");
  await pass(1000);
  server.refusal = null;
  await pass(1000);
  expect(server.answers).toEqual({ "4": "b" });
  expect(states.at(-1)).toMatchObject({ name: "failed", unsent: 1 });
});

test("a field mended while the refusal was on its way goes with the next save", async () => {
  const server = new Server();
  server.readsPredictions = true;
  server.delayMs = 5000;
  const { saver } = page(server);
  saver.changePrediction("nhiều");
  await pass(2000);
  saver.changePrediction("7");
  await pass(60_000);
  expect(server.requests.map((request) => request.prediction)).toEqual(["nhiều", "7"]);
  expect(saver.unsent).toBe(0);
});

test("what an earlier visit left is sent at once", async () => {
  const server = new Server(4);
  const { saver } = page(server);
  saver.restore({ answers: { "3": "a" }, prediction: "12" });
  await pass(0);
  expect(server.requests).toEqual([{ revision: 5, answers: { "3": "a" }, prediction: "12", leaving: false }]);
});

test("handing in carries everything, ends with the receipt and empties the outbox", async () => {
  const server = new Server();
  const { saver, outbox } = page(server);
  saver.changeAnswer("3", "a");
  const outcome = await saver.submit({ answers: { "3": "a", "4": "" }, prediction: "9" }, () => undefined);
  expect(outcome).toEqual({
    name: "submitted",
    receipt: "ABCD-EFGH-JKMN-PQRST",
    resultUrl: "/bai-thi/x/ket-qua/",
  });
  expect(server.submits).toEqual([{ revision: 1, answers: { "3": "a", "4": "" }, prediction: "9" }]);
  expect(await outbox.load("x")).toBeNull();
  await pass(60_000);
  expect(server.requests).toEqual([]);
});

test("handing in without network goes on trying, says how long it waits, and repeats the same body", async () => {
  const server = new Server();
  server.reachable = false;
  const { saver } = page(server);
  const waits: [number, string][] = [];
  const handed = saver.submit({ answers: { "3": "a" }, prediction: null }, (...wait) => waits.push(wait));
  await pass(1000);
  server.reachable = true;
  await pass(2000);
  expect((await handed).name).toBe("submitted");
  expect(waits).toEqual([
    [1000, "offline"],
    [2000, "offline"],
  ]);
  expect(new Set(server.submits.map((body) => JSON.stringify(body))).size).toBe(1);
});

test("handing in goes on as soon as the network is back, but never before a busy server asked for it", async () => {
  const server = new Server();
  server.reachable = false;
  const { saver } = page(server);
  const waits: string[] = [];
  const handed = saver.submit({ answers: {}, prediction: null }, (_wait, why) => waits.push(why));
  await pass(0);
  server.reachable = true;
  server.refusal = { status: 429, code: "throttled", retryAfter: 30 };
  saver.retryNow();
  await pass(0);
  server.refusal = null;
  saver.retryNow();
  await pass(30_999);
  expect(server.submits.length).toBe(2);
  await pass(1);
  expect((await handed).name).toBe("submitted");
  expect(waits).toEqual(["offline", "busy"]);
});

test.each([400, 404, 413])("handing in that is refused with %i is not repeated, and saving goes on", async (status) => {
  const server = new Server();
  server.refusal = { status, code: "malformed" };
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  const outcome = await saver.submit({ answers: { "3": "a" }, prediction: null }, () => undefined);
  expect(outcome).toEqual({ name: "refused", fault: { code: "malformed", detail: "", places: {} } });
  server.refusal = null;
  await pass(60_000);
  expect(server.submits.length).toBe(1);
  expect(server.answers).toEqual({ "3": "a" });
});

test("handing in with a prediction that is no number names the field, loses nothing and works once mended", async () => {
  const server = new Server();
  server.readsPredictions = true;
  const { saver } = page(server);
  saver.changeAnswer("3", "a");
  saver.changePrediction("nhiều");
  const outcome = await saver.submit({ answers: { "3": "a" }, prediction: "nhiều" }, () => undefined);
  expect(outcome).toEqual({ name: "refused", fault: FAULT });
  await pass(60_000);
  expect(server.submits.length).toBe(1);
  expect(server.requests.map((request) => request.prediction)).toEqual([null]);
  saver.changePrediction("1234");
  expect((await saver.submit({ answers: { "3": "a" }, prediction: "1234" }, () => undefined)).name).toBe("submitted");
});

test("handing in what is already in is told by its code", async () => {
  const server = new Server();
  server.refusal = { status: 409, code: "attempt-finished" };
  const { saver } = page(server);
  expect(await saver.submit({ answers: {}, prediction: null }, () => undefined)).toEqual({
    name: "stopped",
    code: "attempt-finished",
  });
});

test("the clock hears of each reply", async () => {
  const server = new Server();
  const heard: number[] = [];
  const saver = new Saver({
    attempt: "x",
    revision: 0,
    connection: { save: server.save, submit: server.submit },
    outbox: memoryOutbox(),
    onState: () => undefined,
    onRemaining: (remaining, sentAt, receivedAt) => heard.push(remaining, sentAt, receivedAt),
    now: () => 42,
  });
  saver.changeAnswer("3", "a");
  await pass(1000);
  expect(heard).toEqual([60_000, 42, 42]);
});
