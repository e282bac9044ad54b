import { expect, test } from "vitest";
import { Countdown } from "./countdown";
import { room, words } from "./fixtures";
import type { Model } from "./model";

const at = (run: number, opens_at: number, closes_at: number) =>
  ({ room: room({ run, clock: { opens_at, closes_at } }) }) as unknown as Model;

test("the bar is whole at the start of every question, however long the one before was", () => {
  const clock = new Countdown(words);
  const bar = clock.element.querySelector<HTMLElement>(".live-clock__bar");
  clock.frame(at(1, 0, 60_000), 30_000);
  expect(bar?.style.transform).toBe("scaleX(0.5000)");
  clock.frame(at(2, 100_000, 120_000), 100_000);
  expect(bar?.style.transform).toBe("scaleX(1.0000)");
  expect(clock.element.textContent).toContain("20");
});

test("the last five seconds begin once", () => {
  const clock = new Countdown(words);
  const starts = [10_000, 14_999, 15_000, 16_000].map((now) => clock.frame(at(1, 0, 20_000), now));
  expect(starts).toEqual([false, false, true, false]);
});

test("who was put out or replaced sees no clock", () => {
  const clock = new Countdown(words);
  clock.frame(at(1, 0, 20_000), 10_000);
  expect(clock.element.hidden).toBe(false);
  for (const away of [{ scene: "gone" }, { link: "replaced" }, { link: "forbidden" }]) {
    clock.frame({ ...at(1, 0, 20_000), ...away } as Model, 10_000);
    expect(clock.element.hidden).toBe(true);
  }
});
