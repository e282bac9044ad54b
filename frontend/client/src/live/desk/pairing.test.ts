import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands, enterDesk, json, stubServer, viewOf } from "./fake-desk";
import { Pairing } from "./pairing";

const HTML = `<dialog data-offer="/ma" data-revoke="/ngat"><div data-slot="code"></div><p data-slot="address"></p><p data-slot="state"></p>
  <button data-renew></button><button data-revoke></button><button data-leave></button></dialog>`;
const WORDS = { "pairing.left": "còn {seconds}", "pairing.over": "hết", "pairing.revoked": "ngắt {count}", "refused.connection-lost": "không tới được" };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>';
let revoked: () => Response;
let offers: ((found: Response) => void)[];
let dialog: HTMLDialogElement;
let pairing: Pairing;
const slot = (name: string): string => dialog.querySelector(`[data-slot=${name}]`)?.textContent ?? "";
const press = (name: string): void => dialog.querySelector<HTMLElement>(`button[data-${name}]`)?.click();
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  offers = [];
  revoked = () => json({ count: 2 });
  stubServer((url) => (url === "/ngat" ? revoked() : new Promise((resolve) => offers.push(resolve))));
  const { desk, root } = await enterDesk(HTML, WORDS, viewOf());
  vi.useFakeTimers();
  dialog = root.querySelector("dialog") as HTMLDialogElement;
  pairing = new Pairing(dialog, desk);
  pairing.open();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const offer = (place: number, url: string, seconds: number): void => offers[place]?.(json({ svg: SVG, url, seconds }));

test("the code stands with the seconds it is good for, and goes with them", async () => {
  offer(0, "https://a/1", 3);
  await pass(0);
  expect([slot("address"), slot("state")]).toEqual(["https://a/1", "còn 3"]);
  expect(dialog.querySelector("svg")).not.toBeNull();
  await pass(3000);
  expect([slot("address"), slot("state")]).toEqual(["", "hết"]);
});

test("of two codes asked for at once the newer stays, and the older's time ends nothing", async () => {
  press("renew");
  offer(1, "https://a/2", 120);
  await pass(0);
  offer(0, "https://a/1", 2);
  await pass(5000);
  expect([slot("address"), slot("state")]).toEqual(["https://a/2", "còn 115"]);
});

test("a code that comes after the dialog was left is not shown", async () => {
  press("leave");
  offer(0, "https://a/1", 120);
  await pass(1000);
  expect([slot("address"), slot("state")]).toEqual(["", ""]);
});

test("a page to sign in cuts nobody off", async () => {
  revoked = () => new Response("<html>Đăng nhập</html>");
  press("revoke");
  await pass(1000);
  expect(slot("state")).toBe("không tới được");
});

test("phones are cut off, and the code with them", async () => {
  offer(0, "https://a/1", 120);
  await pass(0);
  press("revoke");
  await pass(1000);
  expect([slot("address"), slot("state")]).toEqual(["", "ngắt 2"]);
  expect(commands()).toEqual([]);
});
