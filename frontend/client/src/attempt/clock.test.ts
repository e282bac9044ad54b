import { expect, test } from "vitest";
import { Clock } from "./clock";

function clockAt(remainingMs: number): { clock: Clock; pass(ms: number): void; now(): number } {
  let now = 5000;
  const clock = new Clock(remainingMs, () => now);
  return { clock, pass: (ms) => (now += ms), now: () => now };
}

test("counts down by the device's counter and stops at zero", () => {
  const { clock, pass } = clockAt(10_000);
  pass(4000);
  expect(clock.remaining()).toBe(6000);
  pass(7000);
  expect(clock.remaining()).toBe(0);
});

test("starts from when the page was received, not from when the script ran", () => {
  expect(new Clock(10_000, () => 9000, 8000).remaining()).toBe(9000);
});

test("a reply that fits its delay changes nothing, so the figure does not jump", () => {
  const { clock, pass, now } = clockAt(60_000);
  const sentAt = now();
  pass(2000);
  // written by the server half-way: 59 s were left then, 58 s are left now
  clock.correct(59_000, sentAt, now());
  expect(clock.remaining()).toBe(58_000);
});

test("an extension arrives at once", () => {
  const { clock, pass, now } = clockAt(60_000);
  const sentAt = now();
  pass(100);
  clock.correct(360_000, sentAt, now());
  expect(clock.remaining()).toBe(359_900);
});

test("after a sleep in which the counter stood still the server's word shortens the time", () => {
  const { clock, pass, now } = clockAt(600_000);
  const sentAt = now();
  pass(200);
  clock.correct(30_000, sentAt, now());
  expect(clock.remaining()).toBe(30_000);
});

test("a slow reply never takes away time that may be there", () => {
  const { clock, pass, now } = clockAt(60_000);
  const sentAt = now();
  pass(10_000);
  clock.correct(60_000, sentAt, now());
  expect(clock.remaining()).toBe(50_000);
});
