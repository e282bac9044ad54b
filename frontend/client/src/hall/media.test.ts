import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { words } from "./fixtures";
import { figureOf, preload } from "./media";

const MEDIA = (url: string) => [{ kind: "picture", url, alt: "Lá cờ" }];
const SOUND = (url: string) => [{ kind: "sound", url, alt: "Quốc ca" }];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

function shown(media: ReturnType<typeof MEDIA>): HTMLElement {
  const figure = figureOf(media, words, false) as HTMLElement;
  document.body.replaceChildren(figure);
  return figure;
}

const piece = (figure: HTMLElement) => figure.querySelector("img, audio") as HTMLImageElement & HTMLAudioElement;
const fallback = (figure: HTMLElement) => figure.querySelector<HTMLElement>(".hall-media__alt") as HTMLElement;
const has = (element: Element, facts: object) =>
  Object.entries(facts).forEach(([name, value]) => Object.defineProperty(element, name, { value, configurable: true }));

test("what failed before anybody listened is asked for anew", () => {
  const first = piece(shown(MEDIA("/tep/early")));
  has(first, { complete: true, naturalWidth: 0 });
  preload(MEDIA("/tep/early"));

  expect(piece(shown(MEDIA("/tep/early")))).not.toBe(first);
});

test("what has come is kept", () => {
  const first = piece(shown(MEDIA("/tep/good")));
  has(first, { complete: true, naturalWidth: 640 });

  expect(piece(shown(MEDIA("/tep/good")))).toBe(first);
});

test("a sound that failed is asked for anew", () => {
  const first = piece(shown(SOUND("/tep/sound")));
  has(first, { error: null });
  expect(piece(shown(SOUND("/tep/sound")))).toBe(first);
  has(first, { error: { code: 4 } });

  expect(piece(shown(SOUND("/tep/sound")))).not.toBe(first);
});

test("while its words are shown it is tried again, and they go when it comes", () => {
  const figure = shown(MEDIA("/tep/later"));
  const first = piece(figure);
  has(first, { complete: true, naturalWidth: 0 });
  first.dispatchEvent(new Event("error"));
  expect([first.hidden, fallback(figure).hidden]).toEqual([true, false]);

  vi.advanceTimersByTime(3_000);
  const second = piece(figure);
  expect(second).not.toBe(first);
  expect([second.hidden, fallback(figure).hidden]).toEqual([true, false]);
  second.dispatchEvent(new Event("load"));
  expect([second.hidden, fallback(figure).hidden]).toEqual([false, true]);
  expect(figure.querySelectorAll("img").length).toBe(1);
});

test("a screen that has gone on asks no more", () => {
  const figure = shown(MEDIA("/tep/gone"));
  const first = piece(figure);
  has(first, { complete: true, naturalWidth: 0 });
  first.dispatchEvent(new Event("error"));
  document.body.replaceChildren();
  vi.advanceTimersByTime(60_000);

  expect(piece(figure)).toBe(first);
});
