import { expect, test } from "vitest";
import { line, model, round, view } from "./fixtures";
import { placesOf, PodiumScene } from "./podium";

const ALL = [line(1, 1, 90), line(2, 2, 80), line(3, 3, 70), line(4, 4, 60)];
const podium = (step: number, board = ALL.slice(3 - step, 3)) => view("podium", { step, board });
const on = (made: PodiumScene, rank: number): string =>
  made.element.querySelector(`.hall-place--${rank} .hall-place__names`)?.textContent ?? "";
const ribbon = (made: PodiumScene): string => made.element.querySelector(".hall-ribbon")?.textContent ?? "";

test("each place comes after its drum roll: third, second, first", () => {
  const cues: string[] = [];
  const made = new PodiumScene(model(podium(1)));
  made.onCue = (cue) => cues.push(cue);
  made.frame({ now: 0, mono: 0 });
  expect(on(made, 3)).toBe("");
  made.frame({ now: 0, mono: 1_600 });
  expect(on(made, 3)).toBe("Người 3");

  for (const step of [2, 3]) {
    made.update(model(podium(step)));
    made.frame({ now: 0, mono: step * 10_000 });
    made.frame({ now: 0, mono: step * 10_000 + 1_600 });
  }
  expect([on(made, 1), on(made, 2)]).toEqual(["Người 1", "Người 2"]);
  expect(cues).toEqual(["roll", "place", "roll", "place", "roll", "fanfare"]);
});

test("shared places stand side by side, their numbers once", () => {
  const board = [line(1, 1, 90), line(2, 1, 90), line(3, 3, 70)];
  const made = new PodiumScene(model(view("podium", { step: 4, board }), { live: false }));

  expect(on(made, 1)).toBe("Người 1Người 2");
  expect(made.element.querySelectorAll(".hall-place--1 .hall-place__points")).toHaveLength(1);
  expect(made.element.querySelector(".hall-place--1 .hall-place__label")?.textContent).toBe("shared-place 1");
  expect(made.element.querySelector<HTMLElement>(".hall-place--2")?.dataset["state"]).toBe("empty");
});

test("more than fit are counted", () => {
  const board = Array.from({ length: 9 }, (_, index) => line(index + 1, 1, 90));
  const made = new PodiumScene(model(view("podium", { step: 4, board }), { live: false }));

  expect(made.element.querySelectorAll(".hall-place--1 .hall-plate__name")).toHaveLength(5);
  expect(on(made, 1)).toContain("and-more 4");
});

test.each([1, 3])("whoever shares place %i with the last line of the board may be more than the board has", (rank) => {
  const board = Array.from({ length: 11 - rank }, (_, index) => line(index + 1, rank, 90));
  const made = new PodiumScene(model(view("podium", { step: 4, board }), { live: false }));

  expect(on(made, rank)).toContain("and-others");
  expect(on(made, rank)).not.toContain("and-more");
});

test("it is provisional until the jury has confirmed", () => {
  const cues: string[] = [];
  const made = new PodiumScene(model(view("ended", { board: ALL, verdict: "provisional" })));
  made.onCue = (cue) => cues.push(cue);
  expect(ribbon(made)).toBe("provisional");

  made.update(model(view("ended", { board: ALL, verdict: "confirmed" })));
  expect(ribbon(made)).toBe("confirmed");
  made.update(model(view("ended", { board: ALL, verdict: "published" })));
  expect(ribbon(made)).toBe("published");
  expect(cues).toEqual(["confirmed"]);
});

test("on the podium itself nothing is final", () => {
  expect(ribbon(new PodiumScene(model(podium(3))))).toBe("provisional");
});

test("a page that comes later shows what has been shown, without a roll", () => {
  const cues: string[] = [];
  const made = new PodiumScene(model(podium(2), { live: false }));
  made.onCue = (cue) => cues.push(cue);
  made.frame({ now: 0, mono: 0 });

  expect([on(made, 3), on(made, 2), on(made, 1)]).toEqual(["Người 3", "Người 2", ""]);
  expect(cues).toEqual([]);
});

test("the rest of the ten stands beside it at the end", () => {
  const made = new PodiumScene(model(view("ended", { board: ALL, verdict: "confirmed" })));

  expect(made.element.querySelector(".hall-podium__table")?.textContent).toContain("Người 4");
});

test("places by rank, never by order", () => {
  expect(placesOf([line(9, 2, 1), line(8, 1, 2)])).toMatchObject({ 1: [{ id: 8 }], 2: [{ id: 9 }], 3: [] });
});

test("points of teams are hundredths on the wire and points on the screen", () => {
  const teams = { round: { ...round, mode: "teams", scale: 100 } };
  const made = new PodiumScene(model(view("ended", { ...teams, board: [...ALL.slice(0, 3), line(4, 4, 550)] }), { live: false }));

  expect(made.element.querySelector(".hall-place--1 .hall-place__points")?.textContent).toBe("points 0,9");
  expect(made.element.querySelector(".hall-row__points")?.textContent).toBe("points 5,5");
});

test.each([
  [3, false],
  [4, true],
])("where %i share a place the names have the room", (many, crowd) => {
  const board = [...Array.from({ length: many }, (_, index) => line(index + 1, 1, 90)), line(9, many + 1, 50)];
  const made = new PodiumScene(model(view("podium", { step: 4, board }), { live: false }));

  expect(made.element.hasAttribute("data-crowd")).toBe(crowd);
  expect(made.element.querySelector(".hall-place--1")?.hasAttribute("data-crowd")).toBe(crowd);
  expect(made.element.querySelector(".hall-place--2")?.hasAttribute("data-crowd")).toBe(false);
});
