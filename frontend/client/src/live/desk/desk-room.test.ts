import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLine } from "../fake-line";
import type { DeskRoom } from "./desk-room";
import { answer, commands, enterDesk, json, stubServer, viewOf } from "./fake-desk";

const HTML = `<button id="pressed">Đóng</button>
  <div data-slot="trouble" hidden><p data-slot="trouble-text"></p><button data-again hidden></button></div>
  <div data-slot="ended" hidden><p data-slot="ended-text"></p><a data-sign-in hidden></a><button data-reload hidden></button></div>`;
const WORDS = { "room.sending": "đang gửi…", "ended.forbidden": "hết phiên", "ended.outdated": "trang cũ", "refused.connection-lost": "không tới được", "refused.unsure": "chưa rõ" };
let desk: DeskRoom;
let root: HTMLElement;
const find = (selector: string): HTMLElement => root.querySelector<HTMLElement>(selector) as HTMLElement;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  stubServer(() => json({}, 503));
  ({ desk, root } = await enterDesk(HTML, WORDS, viewOf()));
  vi.useFakeTimers();
});

afterEach(() => {
  desk.client.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a command that takes long says so on its button until it is done", async () => {
  const button = find("#pressed");
  const done = desk.command({ do: "close-now", run: 1 }, button);
  await pass(300);
  expect(button.dataset["sending"]).toBeUndefined();
  await pass(200);
  expect(button.dataset["sending"]).toBe("đang gửi…");
  answer();
  expect(await done).toBe(true);
  expect(button.dataset["sending"]).toBeUndefined();
});

test("a busy server is said in words, and one press tries the same again", async () => {
  const refused = desk.command({ do: "undo", seen: 3 });
  answer("busy", "Hệ thống đang bận.");
  expect(await refused).toBe(false);
  expect(find("[data-slot=trouble-text]").textContent).toBe("Hệ thống đang bận.");
  find("[data-again]").click();
  expect(commands()).toEqual([{ do: "undo", seen: 3 }, { do: "undo", seen: 3 }]);
  answer();
  await pass(0);
  expect(find("[data-slot=trouble]").hidden).toBe(true);
});

test("what is refused for good is not offered again", async () => {
  const refused = desk.command({ do: "pause" });
  answer("not-now", "Chưa được.");
  await refused;
  expect(find("[data-slot=trouble]").hidden).toBe(false);
  expect(find("[data-again]").hidden).toBe(true);
});

test.each([
  { do: "adjust", player: 1, points: 5, reason: "x" },
  { do: "add-time", run: 1 },
  { do: "undo", seen: 3 },
] as const)("where nobody knows whether it was done, nobody is told to do it again: %o", async (command) => {
  const lost = desk.command(command);
  FakeLine.last.hangUp(1006);
  await lost;
  expect(find("[data-slot=trouble-text]").textContent).toBe("chưa rõ");
  expect(find("[data-again]").hidden).toBe(true);
});

test.each([
  [4403, "hết phiên", true, false],
  [4426, "trang cũ", false, true],
])("an end by %s says what helps", (code, text, signIn, reload) => {
  FakeLine.last.hangUp(code);
  expect(find("[data-slot=ended-text]").textContent).toBe(text);
  expect([!find("[data-sign-in]").hidden, !find("[data-reload]").hidden]).toEqual([signIn, reload]);
});

test("a line that comes back takes no sign-in", () => {
  expect(find("[data-slot=ended]").hidden).toBe(true);
  FakeLine.last.hangUp(1006);
  expect(find("[data-slot=ended]").hidden).toBe(true);
});
