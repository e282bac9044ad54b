import { expect, test } from "vitest";
import { fit, Fitted, guess, spared, STEPS } from "./fit";

/** A box that overflows until its text is small enough. */
function box(fitsFrom: () => number): HTMLElement {
  const made = document.createElement("div");
  const step = (): number => [...made.classList].map((name) => Number(name.slice(4)))[0] ?? 0;
  Object.defineProperty(made, "clientHeight", { get: () => 100 });
  Object.defineProperty(made, "clientWidth", { get: () => 100 });
  Object.defineProperty(made, "scrollWidth", { get: () => 100 });
  Object.defineProperty(made, "scrollHeight", { get: () => (step() >= fitsFrom() ? 100 : 140) });
  return made;
}

test.each([[0, 3], [7, 3], [3, 3], [0, 0], [11, 11], [5, 99]])("from a guess of %i the text comes to fit at %i", (first, fitsFrom) => {
  const made = box(() => fitsFrom);
  fit(made, first);

  expect(made.className).toBe(`fit-${Math.min(fitsFrom, STEPS - 1)}`);
});

test("a picture that comes later takes its room then", () => {
  let fitsFrom = 2;
  const made = box(() => fitsFrom);
  const picture = made.appendChild(document.createElement("img"));
  const fitted = new Fitted(made);
  fitted.to(2);
  fitsFrom = 6;
  picture.dispatchEvent(new Event("load"));
  expect(made.className).toBe("fit-6");

  fitted.leave();
  fitsFrom = 9;
  picture.dispatchEvent(new Event("load"));
  expect(made.className).toBe("fit-6");
});

test("where nothing can be measured the guess stands", () => {
  const made = document.createElement("div");
  fit(made, 4);

  expect(made.className).toBe("fit-4");
});

test("longer questions are guessed smaller", () => {
  const guesses = [guess(60), guess(300), guess(300, Array<number>(6).fill(100))];

  expect(guesses).toEqual([...guesses].sort((a, b) => a - b));
  expect(guesses[0]).toBe(0);
  expect(guesses[2]).toBeGreaterThan(3);
});

test("what the smallest step has no room for is cut: the reason first, other lines only if they must", () => {
  let room = 6;
  const made = document.createElement("div");
  made.append(spared(document.createElement("p"), "first"), spared(document.createElement("p"), "then"));
  const lines = (when: string): number =>
    made.hasAttribute(`data-cut-${when}`) ? Number(made.style.getPropertyValue(`--lines-${when}`)) : 30;
  Object.defineProperty(made, "clientHeight", { get: () => room });
  Object.defineProperty(made, "scrollHeight", { get: () => lines("first") + lines("then") });
  const cut = (of: number): number[] => {
    room = of;
    fit(made, 0);
    return [lines("first"), lines("then")];
  };

  expect(cut(40)).toEqual([10, 30]);
  expect(cut(8)).toEqual([1, 8]);
  expect(cut(60)).toEqual([30, 30]);
});
