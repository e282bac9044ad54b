import { expect, test } from "vitest";
import { line, model, round, view } from "./fixtures";
import { PodiumScene } from "./podium";

const ALL = [line(1, 1, 90), line(2, 2, 80), line(3, 3, 70), line(4, 4, 60)];
const units = [
  { rank: 1, name: "Chi đoàn <b>", points: 8250, people: 7 },
  { rank: 1, name: "Chi đoàn thôn 2", points: 8250, people: 5 },
  { rank: 3, name: "Chi đoàn thôn 3", points: 5, people: 1 },
];
const ranks_units = { ...round, units_best_of: 5 };
const rows = (made: PodiumScene): (string | null)[][] =>
  [...made.element.querySelectorAll(".hall-units .hall-row")].map((row) => [...row.children].map((cell) => cell.textContent));

test("units stand beside the whole podium, equal ones with the same number", () => {
  const made = new PodiumScene(model(view("podium", { step: 4, board: ALL, units, round: ranks_units }), { live: false }));

  expect(rows(made)).toEqual([
    ["1", "Chi đoàn <b>", "82,5"],
    ["1", "Chi đoàn thôn 2", "82,5"],
    ["3", "Chi đoàn thôn 3", "0,05"],
  ]);
  expect(made.element.querySelector(".hall-units__title")?.textContent).toBe("units units-rule 5");
  expect(made.element.hasAttribute("data-units")).toBe(true);
});

test("they come with the last step and change with a correction", () => {
  const made = new PodiumScene(model(view("podium", { step: 3, board: ALL.slice(0, 3), round: ranks_units }), { live: false }));
  expect(rows(made)).toEqual([]);
  expect(made.element.querySelector<HTMLElement>(".hall-units")?.hidden).toBe(true);

  made.update(model(view("podium", { step: 4, board: ALL, units, round: ranks_units })));
  expect(rows(made)).toHaveLength(3);
  made.update(model(view("ended", { step: 4, board: ALL, units: units.slice(2), round: ranks_units, verdict: "provisional" })));
  expect(rows(made)).toEqual([["3", "Chi đoàn thôn 3", "0,05"]]);
  expect(made.element.querySelector(".hall-ribbon")?.textContent).toBe("provisional");
});

test("a hidden board hides them", () => {
  const made = new PodiumScene(model(view("ended", { step: 4, round: ranks_units }), { live: false }));
  expect(rows(made)).toEqual([]);
  expect(made.element.hasAttribute("data-units")).toBe(false);
});
