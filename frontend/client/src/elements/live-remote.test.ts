import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands, json, settle, stubServer, viewOf, welcome } from "../live/desk/fake-desk";
import { FakeLine } from "../live/fake-line";
import "./live-remote";

const PAGE = `<script type="application/json" id="live-words">{"refused.connection-lost":"không tới được"}</script>
  <live-remote data-code="abc"><div data-slot="trouble" hidden><p data-slot="trouble-text"></p><button data-again></button></div>
    <div data-slot="pairing"><button data-pair></button></div>
    <div data-slot="controls" hidden><p data-slot="auto-row" hidden><span data-slot="auto"></span><button data-do="stay"></button></p>
      <button data-next><span data-slot="next-label"></span></button></div></live-remote>`;
const one = <E extends HTMLElement = HTMLElement>(selector: string): E => document.querySelector<E>(selector) as E;
let pairs: ((found: Response) => void)[];
let locks: string[];

async function load(): Promise<void> {
  const holder = document.createElement("div");
  holder.innerHTML = PAGE;
  document.body.replaceChildren(...holder.childNodes);
  await settle();
}

beforeEach(async () => {
  pairs = [];
  locks = [];
  sessionStorage.clear();
  stubServer((url) => (url.endsWith("/pair") ? new Promise((resolve) => pairs.push(resolve)) : json({}, 503)));
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request: async (kind: string) => locks.push(kind) } });
  await load();
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("two taps use the code up once, and a phone that is paired stays awake", async () => {
  one("[data-pair]").click();
  one("[data-pair]").click();
  await settle();
  expect(pairs.length).toBe(1);
  pairs[0]?.(json({ round: 7, token: "t" }));
  await settle();
  expect(one("[data-slot=controls]").hidden).toBe(false);
  expect(locks).toContain("screen");
});

test("a code that was refused may be tried again", async () => {
  one("[data-pair]").click();
  await settle();
  pairs[0]?.(json({ detail: "Mã đã dùng." }, 409));
  await settle();
  expect(one("[data-slot=trouble-text]").textContent).toBe("Mã đã dùng.");
  expect(one<HTMLButtonElement>("[data-pair]").disabled).toBe(false);
});

test("where the browser keeps nothing the phone is a remote all the same", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("", "QuotaExceededError");
  });
  one("[data-pair]").click();
  await settle();
  pairs[0]?.(json({ round: 7, token: "t" }));
  await settle();
  expect(one("[data-slot=controls]").hidden).toBe(false);
  expect(FakeLine.all.length).toBe(1);
});

test("the advance is seen and stopped from the phone", async () => {
  one("[data-pair]").click();
  await settle();
  pairs[0]?.(json({ round: 7, token: "t" }));
  await settle();
  const view = viewOf({ can: ["stay"], next_step: "reveal/1/1/0" });
  welcome({ ...view, clock: { due_at: Date.now() + 9000 } });
  expect(one("[data-slot=auto-row]").hidden).toBe(false);
  one("[data-do=stay]").click();
  expect(commands()).toEqual([{ do: "stay", seen: "reveal/1/1/0" }]);
  FakeLine.last.say({ type: "moved", base: 5, version: 6, at: 1, patch: { clock: { due_at: null } } });
  expect(one("[data-slot=auto-row]").hidden).toBe(true);
});

test("a phone whose pairing was revoked is not told to load the page again", async () => {
  one("[data-pair]").click();
  await settle();
  pairs[0]?.(json({ round: 7, token: "t" }));
  await settle();
  FakeLine.last.hangUp(4401);
  await vi.waitFor(() => expect(FakeLine.all.length).toBe(2));
  FakeLine.last.hangUp(4401);
  await settle();
  expect(one("live-remote").dataset["link"]).toBe("forbidden");
});
