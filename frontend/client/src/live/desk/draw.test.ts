import { expect, test } from "vitest";
import type { QuestionView } from "../messages.gen";
import { bars, drawUnits, keyParts, questionParts } from "./draw";
import { Words } from "./words";

const words = new Words({ "truth.true": "True", "truth.false": "False", "key.label": "Answer" });
const TRUTH: QuestionView = {
  no: 1, type: "question", stem: "Phải không?", kind: "truefalse", options: [{ key: "true", text: "Đúng" }, { key: "false", text: "Sai" }],
};

test("true and false are said in the language of the desk: options, key and bars", () => {
  const texts = questionParts(TRUTH, words).map((part) => part.textContent);
  expect(texts).toEqual(["Phải không?", "ATrueBFalse"]);
  expect(keyParts({ lines: ["Sai"], right: ["false"] }, words, false, TRUTH).map((part) => part.textContent)).toEqual(["Answer", "False"]);
  expect(bars(TRUTH, { counts: { true: 3 }, answered: 3, right: ["false"] }, words).map((bar) => bar.label)).toEqual(["A. True", "B. False"]);
});

test("the key of every other kind is said as it was written", () => {
  expect(keyParts({ lines: ["Hà Nội"], right: ["a"] }, words, false, { ...TRUTH, kind: "single" }).map((part) => part.textContent)).toEqual(["Answer", "Hà Nội"]);
});

test("units have their mean, and how many they are", () => {
  const place = document.createElement("tbody");
  const said = new Words({ "unit.people": "{count} people" });
  drawUnits(place, [{ rank: 1, name: "Chi đoàn <b>", points: 8250, right: 41, ms: 61_234, people: 7 }], said);
  expect([...place.querySelectorAll("td")].map((cell) => cell.textContent)).toEqual(["1", "Chi đoàn <b>7 people", "41", "82,5", "01:01,2"]);
  drawUnits(place, [], said);
  expect(place.children).toHaveLength(0);
});
