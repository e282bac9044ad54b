import { beforeEach, expect, test } from "vitest";
import { isAnswered, questionsOf, readAnswer, writeAnswer, type Answer } from "./answers";

const places = (name: string) =>
  `<select name="${name}"><option value=""></option><option value="1"></option><option value="2"></option></select>`;
const sides = (name: string) =>
  `<select name="${name}"><option value=""></option><option value="r1"></option><option value="r2"></option></select>`;
const FORM = `
<fieldset data-question data-no="1" data-position="2" data-kind="single">
  <input type="radio" name="q1" value="a"><input type="radio" name="q1" value="b"></fieldset>
<fieldset data-question data-no="11" data-position="1" data-kind="multi">
  <input type="checkbox" name="q11" value="b"><input type="checkbox" name="q11" value="a"></fieldset>
<fieldset data-question data-no="3" data-position="3" data-kind="truefalse">
  <input type="radio" name="q3" value="true"><input type="radio" name="q3" value="false"></fieldset>
<fieldset data-question data-no="4" data-position="4" data-kind="fill"><input name="q4"></fieldset>
<fieldset data-question data-no="5" data-position="5" data-kind="order">${places("q5_a")}${places("q5_b")}</fieldset>
<fieldset data-question data-no="6" data-position="6" data-kind="match">${sides("q6_l1")}${sides("q6_l2")}</fieldset>`;

const GIVEN: Record<string, Answer> = {
  "1": "b",
  "11": ["a", "b"],
  "3": "false",
  "4": "35-NQ/TW",
  "5": ["b", "a"],
  "6": [
    ["l1", "r2"],
    ["l2", "r1"],
  ],
};

beforeEach(() => {
  document.body.innerHTML = FORM;
});

test("what is written is read again, for every kind", () => {
  for (const question of questionsOf(document)) {
    writeAnswer(question, GIVEN[question.no] ?? "");
  }
  const read = questionsOf(document).map((question) => [question.no, readAnswer(question)]);
  expect(Object.fromEntries(read)).toEqual(GIVEN);
});

test("an untouched form is unanswered throughout, and never null", () => {
  const read = questionsOf(document).map((question) => readAnswer(question));
  expect(read).toEqual(["", [], "", "", [], []]);
  expect(read.some(isAnswered)).toBe(false);
});

test("an order with a place missing or given twice is no answer", () => {
  const order = questionsOf(document).find((question) => question.kind === "order");
  const [first, second] = document.querySelectorAll<HTMLSelectElement>("[name^=q5_]");
  if (!order || !first || !second) {
    throw new Error("form changed");
  }
  first.value = "1";
  expect(readAnswer(order)).toEqual([]);
  second.value = "1";
  expect(readAnswer(order)).toEqual([]);
  second.value = "2";
  expect(readAnswer(order)).toEqual(["a", "b"]);
});

test("half a pairing is an answer of what is paired", () => {
  const match = questionsOf(document).find((question) => question.kind === "match");
  const left = document.querySelector<HTMLSelectElement>("[name=q6_l2]");
  if (!match || !left) {
    throw new Error("form changed");
  }
  left.value = "r2";
  expect(readAnswer(match)).toEqual([["l2", "r2"]]);
});
