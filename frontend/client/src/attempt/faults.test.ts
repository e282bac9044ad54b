import { expect, test } from "vitest";
import { clearFault, goTo, showFault } from "./faults";

function place(): HTMLElement {
  document.body.innerHTML = `<fieldset class="question" id="cau-3"><input name="q3"><select name="q3_a"></select></fieldset>`;
  return document.querySelector("fieldset") as HTMLElement;
}

test("a fault stands once in its place, and every field points to it", () => {
  const question = place();
  showFault(question, "Sai dạng.");
  showFault(question, "Vẫn sai.");
  expect([...question.querySelectorAll("[data-fault]")].map((line) => line.textContent)).toEqual(["Vẫn sai."]);
  for (const field of question.querySelectorAll("input, select")) {
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.getAttribute("aria-describedby")).toBe("cau-3-fault");
  }
});

test("it goes when the answer changes", () => {
  const question = place();
  const plain = question.outerHTML;
  showFault(question, "Sai dạng.");
  clearFault(question);
  expect(question.outerHTML).toBe(plain);
});

test("the first field gets the focus", () => {
  const question = place();
  goTo(question);
  expect(document.activeElement?.getAttribute("name")).toBe("q3");
});
