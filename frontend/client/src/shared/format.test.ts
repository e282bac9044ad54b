import { expect, test } from "vitest";
import { boardDuration, clockFace, timeInVietnam, wholeNumber } from "./format";

test("the time in Vietnam, whatever the device thinks", () => {
  expect(timeInVietnam("2026-03-02T17:05:09Z")).toBe("00:05:09");
  expect(timeInVietnam("2026-03-02T10:32:05+07:00")).toBe("10:32:05");
  expect(timeInVietnam("")).toBe("");
});

test.each([
  [0, "00:00"],
  [1, "00:01"],
  [252_000, "04:12"],
  [3_600_000, "1:00:00"],
  [-5, "00:00"],
])("%i ms on the clock is %s", (ms, face) => {
  expect(clockFace(ms)).toBe(face);
});

test("durations on a board are cut to tenths, never rounded up", () => {
  expect(boardDuration(61_299)).toBe("01:01,2");
});

test("thousands have points", () => {
  expect(wholeNumber(1_234_567)).toBe("1.234.567");
});
