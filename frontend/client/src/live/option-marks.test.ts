import { expect, test } from "vitest";
import { markOf, shapeOf } from "./option-marks";

test("six options differ in letter, colour and shape", () => {
  const marks = [0, 1, 2, 3, 4, 5].map(markOf);

  for (const part of ["letter", "css", "path"] as const) {
    expect(new Set(marks.map((mark) => mark[part])).size).toBe(6);
  }
});

test("a seventh option has its own letter", () => {
  expect(markOf(6)).toMatchObject({ letter: "G", css: "opt--a" });
});

test("the shape is for the eye alone", () => {
  expect(shapeOf(markOf(1)).getAttribute("aria-hidden")).toBe("true");
});
