import { afterEach, expect, test } from "vitest";
import { unitPoints } from "../live/points";
import { boardDuration, clockFace, plainNumber, tenths, timeInVietnam, wholeNumber } from "./format";

afterEach(() => {
  document.documentElement.lang = "";
});

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

test.each([
  ["vi", ["1.234,5", "164,17", "12,0", "01:01,2", "1.234"]],
  ["en", ["1,234.5", "164.17", "12.0", "01:01.2", "1,234"]],
])("numbers follow the page's language, here %s", (lang, texts) => {
  document.documentElement.lang = lang;
  expect([plainNumber(1234.5), unitPoints(16_417), tenths(12), boardDuration(61_299), wholeNumber(1234)]).toEqual(texts);
});
