import { expect, test } from "vitest";
import { faceOf, optionsAreUp, speakingFace } from "./clock-face";
import { round, view } from "./fixtures";

const CLOCK = { opens_at: 10_000, closes_at: 30_000 };

test.each([
  [9_999, "waiting", 20, 1],
  [10_000, "running", 20, 1],
  [10_001, "running", 20, 0.99995],
  [20_000, "running", 10, 0.5],
  [29_999, "running", 1, 0.00005],
  [30_000, "over", 0, 0],
  [99_000, "over", 0, 0],
])("at %i it is %s with %i s left", (now, state, seconds, share) => {
  const face = faceOf(CLOCK, now);

  expect(face).toMatchObject({ state, seconds });
  expect(face.share).toBeCloseTo(share, 6);
});

test("the last five seconds are the last", () => {
  expect(faceOf(CLOCK, 24_999).last).toBe(false);
  expect(faceOf(CLOCK, 25_000).last).toBe(true);
});

test("a pause stands still, whatever the time", () => {
  const paused = { ...CLOCK, paused: true, left_ms: 3_000 };

  expect(faceOf(paused, 99_000)).toMatchObject({ state: "paused", seconds: 3, last: false });
});

test("no clock, no face", () => {
  expect(faceOf({}, 5).state).toBe("none");
  expect(faceOf(undefined, 5).state).toBe("none");
});

test("the options come at their moment by the server's clock", () => {
  expect(optionsAreUp(CLOCK, 9_999)).toBe(false);
  expect(optionsAreUp(CLOCK, 10_000)).toBe(true);
});

test("a pause that came before the options keeps them back", () => {
  expect(optionsAreUp({ ...CLOCK, paused: true, left_ms: 20_500 }, 99_000)).toBe(false);
  expect(optionsAreUp({ ...CLOCK, paused: true, left_ms: 19_000 }, 99_000)).toBe(true);
});

test("who answers at the buzzer has the seconds of the rules", () => {
  const judging = { ...view("judging", { buzz: { until: 20_000 } }), round: { ...round, terms: { answer_s: 10 } } };

  expect(speakingFace(judging, 15_000)).toMatchObject({ state: "running", seconds: 5, share: 0.5 });
  expect(speakingFace(judging, 9_990)).toMatchObject({ state: "running", seconds: 11, share: 1 }); // two clocks differ a little
  expect(speakingFace({ ...judging, clock: { paused: true, left_ms: 3_000 } }, 99_000)).toMatchObject({ state: "paused", seconds: 3 });
  expect(speakingFace({ ...judging, buzz: { until: 0 } }, 15_000).state).toBe("none");
});
