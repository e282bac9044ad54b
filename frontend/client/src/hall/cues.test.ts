import { expect, test } from "vitest";
import { cueBetween, padIsOn } from "./cues";
import { view } from "./fixtures";

test("the reveal and the buzzer are heard once, when they come", () => {
  expect(cueBetween(view("closed"), view("reveal"))).toBe("reveal");
  expect(cueBetween(view("reveal"), view("reveal", { joined: 5 }))).toBeNull();
  expect(cueBetween(view("open"), view("judging"))).toBe("buzz");
});

test("what was there when the page came is silent, and so is the dark", () => {
  expect(cueBetween(null, view("reveal"))).toBeNull();
  expect(cueBetween(view("closed"), view("reveal", { blank: true }))).toBeNull();
});

test("the pad belongs to the lobby", () => {
  expect(padIsOn(view("lobby"))).toBe(true);
  expect(padIsOn(view("title"))).toBe(false);
  expect(padIsOn(view("lobby", { blank: true }))).toBe(false);
});
