import { beforeEach, expect, test } from "vitest";
import { questionsOf, readAnswer, writeAnswer, type Answer } from "../attempt/answers";
import "./choice-order";

const item = (key: string) => `<li class="sequence__item"><span class="sequence__text">${key.toUpperCase()}</span>
  <select name="q5_${key}"><option value=""></option><option>1</option><option>2</option><option>3</option></select></li>`;

beforeEach(() => {
  // Whole before it is in the page, as when a deferred script meets a parsed one.
  const page = document.createElement("div");
  page.innerHTML = `<fieldset data-question data-no="5" data-position="1" data-kind="order">
    <choice-order data-msg-up="Lên" data-msg-down="Xuống" data-msg-keep="Giữ" data-msg-moved="{item}: {place}">
    <ol>${item("a")}${item("b")}${item("c")}</ol></choice-order></fieldset>`;
  document.body.replaceChildren(page);
});

function question() {
  const found = questionsOf(document)[0];
  if (!found) {
    throw new Error("no question");
  }
  return found;
}
const answer = (): Answer => readAnswer(question());
const shown = () => [...document.querySelectorAll(".sequence__text")].map((text) => text.textContent);
const press = (label: string) =>
  [...document.querySelectorAll("button")]
    .find((button) => (button.getAttribute("aria-label") ?? button.textContent) === label)
    ?.click();

test("the order that the page happens to show is no answer until it is kept", () => {
  expect(answer()).toEqual([]);
  press("Giữ");
  expect(answer()).toEqual(["a", "b", "c"]);
  expect(document.querySelector("choice-order")?.hasAttribute("data-untouched")).toBe(false);
});

test("a move answers, and the form hears of it", () => {
  let heard = 0;
  document.addEventListener("input", () => (heard += 1));
  press("Xuống: A");
  expect(shown()).toEqual(["B", "A", "C"]);
  expect(answer()).toEqual(["b", "a", "c"]);
  expect(heard).toBe(1);
});

test("the first cannot go up and the last cannot go down", () => {
  press("Lên: A");
  press("Xuống: C");
  expect(answer()).toEqual([]);
  expect(shown()).toEqual(["A", "B", "C"]);
});

test("an answer put back is shown in its order", () => {
  writeAnswer(question(), ["c", "a", "b"]);
  question().element.dispatchEvent(new CustomEvent("answer:restored"));
  expect(shown()).toEqual(["C", "A", "B"]);
  expect(document.querySelector("choice-order")?.hasAttribute("data-untouched")).toBe(false);
});
