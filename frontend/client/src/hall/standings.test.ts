import { expect, test } from "vitest";
import { line, model, round, view, words } from "./fixtures";
import { BoardScene, between, factsOf } from "./standings";

const OLD = [line(1, 1, 50), line(2, 2, 40)];
const NEW = [line(2, 1, 80), line(3, 2, 60), line(1, 3, 50)];

const names = (made: BoardScene): string[] =>
  [...made.element.querySelectorAll(".hall-row__name")].map((name) => name.textContent ?? "");
const points = (made: BoardScene): string[] =>
  [...made.element.querySelectorAll(".hall-row__points")].map((place) => place.textContent ?? "");
const at = (made: BoardScene, mono: number): void => made.frame({ now: 0, mono });

test("the old order stays for 1.5 s, then rows move while the points count up for 0.6 s", () => {
  const made = new BoardScene(model(view("board", { board: NEW }), { board: OLD }));
  at(made, 1_000);
  at(made, 2_499);
  expect(names(made)).toEqual(["Người 1", "Người 2"]);

  at(made, 2_500);
  expect(names(made)).toEqual(["Người 2", "Người 3", "Người 1"]);
  expect(points(made)).toEqual(["points 40", "points 60", "points 50"]);

  at(made, 2_800);
  expect(points(made)).toEqual(["points 60", "points 60", "points 50"]);

  at(made, 3_100);
  expect(points(made)).toEqual(["points 80", "points 60", "points 50"]);
});

test("rows keep their elements, so that they can move", () => {
  const made = new BoardScene(model(view("board", { board: NEW }), { board: OLD }));
  const first = made.element.querySelector(".hall-row");
  at(made, 0);
  at(made, 1_500);

  expect(made.element.querySelectorAll(".hall-row")[2]).toBe(first);
});

test("where motion is unwelcome the numbers are there at once", () => {
  const made = new BoardScene(model(view("board", { board: NEW }), { board: OLD, motion: false }));
  at(made, 0);
  at(made, 1_500);

  expect(points(made)).toEqual(["points 80", "points 60", "points 50"]);
});

test("a page that comes later shows the board as it is", () => {
  const made = new BoardScene(model(view("board", { board: NEW }), { live: false }));
  at(made, 0);

  expect(names(made)).toEqual(["Người 2", "Người 3", "Người 1"]);
  expect(points(made)).toEqual(["points 80", "points 60", "points 50"]);
});

test("a correction while the board is up moves rows at once", () => {
  const made = new BoardScene(model(view("board", { board: NEW }), { live: false }));
  made.update(model(view("board", { board: [line(1, 1, 90), line(2, 2, 80)] })));

  expect(names(made)).toEqual(["Người 1", "Người 2"]);
});

test("a hidden board says so", () => {
  const made = new BoardScene(model(view("board")));

  expect(made.element.querySelector<HTMLElement>(".hall-board__hidden")?.hidden).toBe(false);
  expect(made.element.querySelector<HTMLElement>(".hall-board__rows")?.hidden).toBe(true);
});

test("the declared chain stands below", () => {
  const made = new BoardScene(model(view("board", { board: NEW })));

  expect(made.element.querySelector(".hall-chain")?.textContent).toBe("chain chain-points  chain-right  chain-time");
});

test("time is told where the chain looks at it", () => {
  expect(factsOf(line(1, 1, 50), round, words)).toBe("rights 5 · 01:01,2");
  expect(factsOf(line(1, 1, 50), { ...round, chain: ["points"] }, words)).toBe("rights 5");
});

test("counting stays within its ends", () => {
  expect([between(0, 10, -1), between(0, 10, 0.5), between(10, 0, 0.25), between(0, 10, 7)]).toEqual([0, 5, 8, 10]);
});

test("hostile names are inert", () => {
  const made = new BoardScene(model(view("board", { board: [line(1, 1, 9, { name: "<b>x</b>", unit: "<i>" })] }), { live: false }));

  expect(made.element.querySelectorAll(".hall-row__who b, .hall-row__who i")).toHaveLength(0);
  expect(names(made)).toEqual(["<b>x</b>"]);
});

test("points of teams are hundredths on the wire and points on the screen", () => {
  const teams = { round: { ...round, mode: "teams", scale: 100 } };
  const board = new BoardScene(model(view("board", { ...teams, board: [line(1, 1, 1250)] })));
  at(board, 0);
  at(board, 1_500);

  expect(points(board)).toEqual(["points 12,5"]);
});
