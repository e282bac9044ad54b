import { expect, test } from "vitest";
import { question, round, view, words } from "./fixtures";
import { joiningIsOpen, keyOf, labelsOf, pinFace, sceneOf } from "./model";

test.each([
  ["lobby", "lobby"],
  ["title", "title"],
  ["reading", "question"],
  ["open", "question"],
  ["judging", "question"],
  ["closed", "question"],
  ["reveal", "reveal"],
  ["board", "board"],
  ["slide", "slide"],
  ["podium", "podium"],
  ["ended", "podium"],
  ["a phase of another version", "blank"],
])("in %s the scene is %s", (phase, scene) => {
  expect(sceneOf(view(phase))).toBe(scene);
});

test("while it is dark nothing else is shown", () => {
  expect(sceneOf(view("open", { blank: true }))).toBe("blank");
});

test("a question goes on from reading to close; a replay is another scene", () => {
  expect(keyOf(view("reading"))).toBe(keyOf(view("closed")));
  expect(keyOf(view("open"))).not.toBe(keyOf(view("open", { run: 8 })));
  expect(keyOf(view("podium", { step: 1 }))).toBe(keyOf(view("ended", { step: 4 })));
});

test("the title says number, points and topic", () => {
  expect(labelsOf(view("title"), words)).toEqual(["question-number 7 20", "points 10", "Điều lệ Đảng"]);
});

test("what counts double or not at all says so", () => {
  const label = (weight: number) => labelsOf(view("title", { question: { ...question, weight } }), words)[1];

  expect(label(2)).toBe("points 20 (weighted 2)");
  expect(label(0)).toBe("no-points");
});

test("polls have no number and no points, the bell question its name", () => {
  const poll = { ...question, type: "poll", number: 0, topic: "" };

  expect(labelsOf(view("title", { question: poll }), words)).toEqual(["poll"]);
  expect(labelsOf(view("title", { question: { ...question, bell: true } }), words)).toContain("bell-question");
});

test("the PIN is shown as long as it lets people in", () => {
  expect(joiningIsOpen(view("open"))).toBe(true);
  expect(joiningIsOpen(view("lobby", { locked: true }))).toBe(false);
  expect(joiningIsOpen(view("open", { round: { ...round, late_join: false } }))).toBe(false);
  expect(joiningIsOpen(view("lobby", { round: { ...round, late_join: false } }))).toBe(true);
  expect(joiningIsOpen(view("podium"))).toBe(false);
});

test("a PIN is read in threes", () => {
  expect(pinFace("482913")).toBe("482 913");
  expect(pinFace("4829131")).toBe("482 913 1");
});
