import { expect, test } from "vitest";
import { line, round, seats, view, words } from "./fixtures";
import { Stage } from "./stage";

function stage(): Stage {
  return new Stage({
    words,
    venue: { pin: "482913", address: "hoi-thi.vn/phong", qr: "", wifi: "" },
    motion: () => false,
    onCue: () => undefined,
  });
}

const text = (made: Stage, selector: string): string => made.element.querySelector(selector)?.textContent ?? "";

test("one scene at a time, kept while the question goes on", () => {
  const made = stage();
  made.show(view("reading"), null);
  const scene = made.element.querySelector(".hall-scene");
  made.show(view("open"), null);
  expect(made.element.querySelector(".hall-scene")).toBe(scene);

  made.show(view("reveal", { solution: {} }), null);
  expect(made.element.querySelectorAll(".hall-scene")).toHaveLength(1);
  expect(made.element.querySelector(".hall-scene")).not.toBe(scene);
});

test("the head keeps the labels and the PIN while joining is open", () => {
  const made = stage();
  made.show(view("open"), null);
  expect(text(made, ".hall-head__line")).toBe("question-number 7 20points 10Điều lệ Đảng");
  expect(text(made, ".hall-corner__pin")).toBe("corner-pin 482 913");

  made.show(view("open", { locked: true }), null);
  expect(made.element.querySelector<HTMLElement>(".hall-corner")?.hidden).toBe(true);
});

test("a game is labelled on every screen", () => {
  const made = stage();
  for (const phase of ["lobby", "title", "reading", "open", "closed", "reveal", "board", "slide", "podium", "ended"]) {
    made.show(view(phase, { round: { ...round, game: true } }), null);
    expect(text(made, ".hall-badge:not([hidden] *)"), phase).toBe("game");
  }
});

test("a pause is told in every scene but the dark one", () => {
  const made = stage();
  made.show(view("title", { clock: { paused: true } }), null);
  expect(text(made, ".hall-pause")).toBe("paused-round");

  made.show(view("title", { clock: { paused: true }, blank: true }), null);
  expect(made.element.querySelector<HTMLElement>(".hall-pause")?.hidden).toBe(true);
});

test("the dark screen shows nothing to see", () => {
  const made = stage();
  made.show(view("open", { blank: true }), null);

  expect([...made.element.querySelectorAll(".hall-blank > :not(.visually-hidden)")]).toEqual([]);
  expect(made.element.querySelector<HTMLElement>(".hall-head")?.hidden).toBe(true);
});

test("a board begins as the last one was", () => {
  const made = stage();
  made.show(view("board", { board: [line(1, 1, 10), line(2, 2, 5)] }), null);
  made.show(view("open", { run: 8 }), null);
  made.show(view("board", { run: 8, board: [line(2, 1, 20), line(1, 2, 10)] }), null);

  expect(text(made, ".hall-row__name")).toBe("Người 1");
});

test("the board of Rung chuông vàng is the floor, and begins as it was before", () => {
  const made = stage();
  const bell = { ...round, mode: "bell", columns: 5 };
  made.show(view("closed", { round: bell, seats: seats(10), left: 10 }), null);
  made.show(view("reveal", { round: bell, seats: seats(10, 1, 2), left: 8, solution: {} }), null);
  expect(made.element.querySelectorAll("[data-floor=out]")).toHaveLength(0);

  made.frame({ now: 0, mono: 0 });
  made.frame({ now: 0, mono: 1_500 });
  expect(made.element.querySelectorAll("[data-floor=out]")).toHaveLength(2);
});

test("a floor that was not seen before is the floor as it is", () => {
  const made = stage();
  made.show(view("slide"), null);
  made.show(view("board", { round: { ...round, mode: "bell" }, seats: seats(12, 3), left: 11 }), null);
  made.frame({ now: 0, mono: 0 });

  expect(text(made, ".hall-floor__left")).toBe("floor-left 11");
});
