import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLine } from "../live/fake-line";
import { me, result, view } from "../live/player/fixtures";
import "./live-player";

const WORDS = [
  "link-first", "link-connecting", "link-polling", "paused-long", "resumed", "floor-out", "buzz-own", "link-open", "link-lost", "link-replaced", "sending", "late", "late-offline", "late-paused", "retry", "right", "rank",
]; // prettier-ignore
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const one = <E extends HTMLElement = HTMLElement>(selector: string) => document.querySelector<E>(selector) as E;
let now = 0;

const page = () => `
  <live-player data-round="9" data-place="7" data-token="abc" ${WORDS.map((name) => `data-msg-${name}="${name}"`).join(" ")}
    data-msg-recorded="recorded {receipt}" data-msg-time-up="time-up">
    <span data-pill></span><span data-name></span><span data-points></span><div data-ribbon></div><div data-clock></div>
    <div data-stage></div>
    <div data-end hidden><div data-when="replaced" hidden><p role="heading">elsewhere</p><button data-here></button></div></div>
  </live-player>`;

const heard = () => {
  const region = document.body.querySelector(".visually-hidden[role=status]");
  return [region?.textContent, region?.getAttribute("aria-live")];
};
const say = (message: Record<string, unknown>) => FakeLine.last.say(message);
const open = () => view({ clock: { opens_at: now - 1_000, closes_at: now + 19_000 } });
const welcome = (changes: Record<string, unknown> = {}) =>
  say({ type: "welcome", role: "player", version: 5, at: now, player: open(), me, ...changes });

/** A page that has just been loaded: the element comes alive with everything inside it. */
async function load(): Promise<void> {
  const holder = document.createElement("div");
  holder.innerHTML = page();
  document.body.replaceChildren(...holder.childNodes);
  await pass(0);
}

async function arrive(): Promise<void> {
  await load();
  FakeLine.last.accept();
  welcome();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance", "requestAnimationFrame", "cancelAnimationFrame"] });
  vi.stubGlobal("WebSocket", FakeLine);
  vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
  FakeLine.all = [];
  sessionStorage.clear();
  now = Date.now();
  await arrive();
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const given = () => FakeLine.last.of("answer").at(-1) as { key: string; run: number; value: unknown; seq: number };

test("a tap is sent at once and recorded only on the acknowledgement", () => {
  one(".live-target:nth-child(2)").click();
  expect(given()).toMatchObject({ run: 1, value: "b", seq: 1 });
  expect(one(".live-status__text").textContent).toBe("sending");
  say({ type: "ack", run: 1, key: given().key, at: now, receipt: "K7Q2" });
  expect(one(".live-status__text").textContent).toBe("recorded K7Q2");
});

test("without a word for 2.5 s the screen says so, keeps the choice and tests the line", async () => {
  one(".live-target:nth-child(2)").click();
  const pings = FakeLine.last.of("ping").length;
  await pass(2_600);
  expect(one(".live-status").dataset["state"]).toBe("late");
  expect(one(".live-target:nth-child(2)").getAttribute("aria-pressed")).toBe("true");
  expect(FakeLine.last.of("ping").length).toBeGreaterThan(pings);
  await pass(6_000);
  expect(FakeLine.all.length).toBeGreaterThan(1);
});

test("what a reload finds on disk is shown as recorded; what it finds in the outbox is sent", async () => {
  one(".live-target:nth-child(2)").click();
  const { key } = given();
  document.body.innerHTML = "";
  await arrive();
  expect(given().key).toBe(key);
  say({ type: "ack", run: 1, key, at: now, receipt: "K7Q2" });
  await load();
  FakeLine.last.accept();
  welcome({ answer: { run: 1, key, value: "b", at: now, receipt: "K7Q2" } });
  expect(FakeLine.last.of("answer")).toEqual([]);
  expect(one(".live-status__text").textContent).toBe("recorded K7Q2");
  expect(one(".live-target:nth-child(2)").getAttribute("aria-pressed")).toBe("true");
});

test("a refusal is told with its sentence, and what is on disk is asked for", async () => {
  one(".live-target:nth-child(2)").click();
  say({ type: "refused", code: "question-closed", text: "Đã hết giờ trả lời câu này.", key: given().key });
  expect(one(".live-status__text").textContent).toBe("Đã hết giờ trả lời câu này.");
  expect(one(".live-status__again").hidden).toBe(true);
  await pass(5_000);
  expect(FakeLine.last.of("answer").length).toBe(1);
});

test("a refusal is over when the server says what it holds", async () => {
  const last = { ...open(), round: { ...open().round, answer: "last" } };
  const onDisk = { run: 1, key: "k", value: "a", at: now, receipt: "K7Q2" };
  welcome({ version: 6, player: last, answer: onDisk });
  one(".live-target:nth-child(2)").click();
  say({ type: "refused", code: "already-answered", text: "Đã có câu trả lời.", key: given().key });
  expect(FakeLine.last.of("resync").length).toBe(1);
  expect(one(".live-status").dataset["state"]).toBe("refused");
  welcome({ version: 6, player: last, answer: onDisk });
  expect(one(".live-status__text").textContent).toBe("recorded K7Q2");
  expect(document.querySelectorAll("[aria-pressed=true]").length).toBe(1);
  expect(one(".live-target").getAttribute("aria-pressed")).toBe("true");
});

const LAST = { ...view().round, answer: "last" };
const taps = () => FakeLine.last.of("answer") as unknown as { key: string; value: unknown; seq: number }[];

test("an answer that was acknowledged behind a changed mind is shown when the change comes too late", () => {
  welcome({ version: 6, player: { ...open(), round: LAST } });
  one(".live-target:nth-child(1)").click();
  one(".live-target:nth-child(2)").click();
  const [first, second] = taps();
  say({ type: "ack", run: 1, key: first?.key, at: now, receipt: "K7Q2", seq: 1 });
  expect(one(".live-status__text").textContent).toBe("sending");
  say({ type: "refused", code: "question-closed", text: "Đã hết giờ.", key: second?.key });
  expect(one("[aria-pressed=true]").textContent).toContain("Hà Nội");
  say({ type: "moved", base: 6, version: 7, at: now, patch: { phase: "closed", clock: null } });
  expect(one(".live-given").textContent).toBe("Hà Nội");
  expect(one(".live-status__text").textContent).toBe("recorded K7Q2");
});

test("what is on disk is asked for when a change is refused before the answer under it had a word", () => {
  welcome({ version: 6, player: { ...open(), round: LAST } });
  one(".live-target:nth-child(1)").click();
  one(".live-target:nth-child(2)").click();
  say({ type: "refused", code: "question-closed", text: "Đã hết giờ.", key: given().key });
  expect(FakeLine.last.of("resync").length).toBe(1);
});

const pausedAt = (left: number) => view({ clock: { opens_at: now - 1_000, closes_at: now + left, paused: true, left_ms: left } });

test("an answer that met a pause waits for its end, and goes at once then", async () => {
  one(".live-target:nth-child(2)").click();
  welcome({ version: 6, player: pausedAt(19_000) });
  say({ type: "refused", code: "live-paused", text: "Đang tạm dừng.", key: given().key });
  await pass(2_600);
  expect(one(".live-status__text").textContent).toBe("late-paused");
  expect(one(".live-status__again").hidden).toBe(true);
  const before = taps().length;
  welcome({ version: 7 });
  expect(taps().length).toBeGreaterThan(before);
  say({ type: "ack", run: 1, key: given().key, at: now, receipt: "K7Q2" });
  expect(one(".live-status__text").textContent).toBe("recorded K7Q2");
});

test("a press that met a pause is not made by itself after it, and can be made anew", async () => {
  const buzzer = { ...view().round, mode: "buzzer" };
  welcome({ version: 6, player: { ...open(), run: 2, round: buzzer } });
  one(".live-buzzer").click();
  welcome({ version: 7, player: { ...pausedAt(19_000), run: 2, round: buzzer } });
  say({ type: "refused", code: "live-paused", text: "Đang tạm dừng.", key: given().key });
  expect(one(".live-status__text").textContent).toBe("Đang tạm dừng.");
  const before = taps().length;
  welcome({ version: 8, player: { ...open(), run: 2, round: buzzer } });
  await pass(5_000);
  expect([taps().length, one(".live-status").hidden]).toEqual([before, true]);
  one(".live-buzzer").click();
  expect(taps().length).toBe(before + 1);
});

test("a page that another device has replaced sends nothing any more, and takes no key", async () => {
  const posted = vi.fn(async () => new Response(null, { status: 503 }));
  vi.stubGlobal("fetch", posted);
  one(".live-target:nth-child(1)").click();
  FakeLine.last.hangUp(4001);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "b", bubbles: true }));
  await pass(10_000);
  expect(posted).not.toHaveBeenCalled();
  one("[data-here]").click();
  await pass(0);
  FakeLine.last.accept();
  welcome();
  expect(given().value).toBe("a");
});

test("that the line is back is said, once it was said to be gone", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("offline")));
  FakeLine.last.hangUp(1006);
  for (let tries = 0; tries < 40 && one("[data-pill]").dataset["state"] !== "lost"; tries += 1) {
    await pass(1_000);
    FakeLine.last.hangUp(1006);
  }
  expect(heard()).toEqual(["link-lost", "assertive"]);
  const tries = FakeLine.all.length;
  while (FakeLine.all.length === tries) {
    await pass(1_000);
  }
  FakeLine.last.accept();
  welcome();
  expect(heard()).toEqual(["link-open", "polite"]);
});

test("that answers get through again, slowly, is said too", async () => {
  const state = { type: "welcome", role: "player", version: 5, at: now, player: open(), me };
  const reachable = (): boolean => one("[data-pill]").dataset["state"] === "polling";
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("offline")));
  for (let tries = 0; tries < 40 && one("[data-pill]").dataset["state"] !== "lost"; tries += 1) {
    FakeLine.last.hangUp(1006);
    await pass(1_000);
  }
  vi.stubGlobal("fetch", async () => Response.json(state));
  for (let tries = 0; tries < 40 && !reachable(); tries += 1) {
    FakeLine.last.hangUp(1006);
    await pass(1_000);
  }
  expect([reachable(), ...heard()]).toEqual([true, "link-polling", "polite"]);
});

test("nothing is called connected again before it ever was", async () => {
  await load();
  expect(one("[data-pill]").textContent).toBe("link-first");
  FakeLine.last.accept();
  welcome();
  FakeLine.last.hangUp(1006);
  expect(one("[data-pill]").textContent).toBe("link-connecting");
});

test("a pause, its end, one's place on the floor and one's turn are said", () => {
  welcome({ version: 6, player: pausedAt(19_000) });
  expect(heard()).toEqual(["paused-long", "polite"]);
  welcome({ version: 7 });
  expect(heard()[0]).toBe("resumed");
  say({ type: "mine", version: 8, patch: { floor: "out" } });
  expect(heard()[0]).toBe("floor-out");
  welcome({ version: 9, player: view({ phase: "judging", clock: {}, buzz: { ids: [me.id], names: [me.name] } }) });
  expect(heard()).toEqual(["buzz-own", "assertive"]);
});

test("another device takes over, and is taken over again by a press", async () => {
  one(".live-target").focus();
  FakeLine.last.hangUp(4001);
  expect(document.activeElement?.textContent).toBe("elsewhere");
  expect(one("[data-end]").hidden).toBe(false);
  expect(one("[data-stage]").hidden).toBe(true);
  one("[data-here]").focus();
  one("[data-here]").click();
  await pass(0);
  FakeLine.last.accept();
  welcome();
  expect(one("[data-end]").hidden).toBe(true);
  expect(one("[data-stage]").hidden).toBe(false);
  expect(document.activeElement).toBe(one("h1"));
  expect(one("[data-pill]").textContent).toBe("link-open");
});

test("the options of a question appear by the server's clock, and are shut by it", async () => {
  welcome({ version: 6, player: view({ run: 2, clock: { opens_at: now + 800, closes_at: now + 5_800 } }) });
  expect(one(".live-foot").hidden).toBe(true);
  await pass(900);
  expect(one(".live-foot").hidden).toBe(false);
  await pass(5_100);
  one(".live-target").click();
  expect(FakeLine.last.of("answer")).toEqual([]);
  expect(one(".live-clock").dataset["state"]).toBe("over");
});

test("typed text outlives every message of the same question", () => {
  const fill = { ...view().question, kind: "fill", options: [] };
  welcome({ version: 6, player: { ...open(), question: fill, run: 3 } });
  one<HTMLInputElement>("input").value = "Xây dựng";
  say({ type: "moved", base: 6, version: 7, at: now, patch: { joined: 99 } });
  expect(one<HTMLInputElement>("input").value).toBe("Xây dựng");
});

test("reveal: the result comes by itself; the head keeps the points", () => {
  say({ type: "moved", base: 5, version: 6, at: now, patch: { phase: "reveal", clock: {}, solution: { right: ["a"] } } });
  say({ type: "mine", version: 6, patch: { result } });
  expect(one(".live-verdict").dataset["state"]).toBe("right");
  expect(document.body.querySelector(".visually-hidden[role=status]")?.textContent).toContain("right");
});

test("the floor stands above whatever is shown", () => {
  say({ type: "mine", version: 6, patch: { floor: "out" } });
  expect(one("live-player").dataset["floor"]).toBe("out");
  expect(one("[data-ribbon]").textContent).toBe("floor-out");
});

test("keys choose, but not while somebody types or holds a modifier", () => {
  const press = (key: string, more: KeyboardEventInit = {}) =>
    document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
  press("b", { ctrlKey: true });
  expect(FakeLine.last.of("answer")).toEqual([]);
  press("b");
  expect(given().value).toBe("b");
});
