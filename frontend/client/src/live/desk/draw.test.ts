import { expect, test } from "vitest";
import type { QuestionView } from "../messages.gen";
import { bars, keyParts, questionParts } from "./draw";
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
