import { expect, test } from "vitest";
import { model, round, seats, view } from "./fixtures";
import { BESIDE, BESIDE_LONG, blocksOf, floorChanges, FloorPanel, FloorScene, gridOf } from "./seats";

const BELL = { ...round, mode: "bell", columns: 10 };
const floor = (shown: ReturnType<typeof seats>, left: number) => view("board", { round: BELL, seats: shown, left });
const dark = (made: FloorScene): number => made.element.querySelectorAll("[data-floor=out]").length;

test("seats go dark together after 1.5 s, on one beat", () => {
  const cues: string[] = [];
  const before = seats(20, 3);
  const made = new FloorScene(model(floor(seats(20, 3, 4, 5), 17), { floor: { seats: before, left: 19 } }));
  made.onCue = (cue) => cues.push(cue);
  made.frame({ now: 0, mono: 100 });
  made.frame({ now: 0, mono: 1_599 });
  expect(dark(made)).toBe(1);
  expect(made.element.querySelector("h1")?.textContent).toBe("floor-left 19");

  made.frame({ now: 0, mono: 1_600 });
  expect(dark(made)).toBe(3);
  expect(made.element.querySelector("h1")?.textContent).toBe("floor-left 17");
  expect(made.element.querySelectorAll(".hall-seat--falls")).toHaveLength(2);
  expect(cues).toEqual(["fall"]);
});

test("who is rescued lights up, with the names", () => {
  const cues: string[] = [];
  const made = new FloorScene(model(floor(seats(20, 3, 4), 18), { live: false }));
  made.onCue = (cue) => cues.push(cue);
  made.update(model({ ...floor(seats(20, 4), 19), rescued: ["Hà"] }));
  made.frame({ now: 0, mono: 0 });
  made.frame({ now: 0, mono: 1_500 });

  expect(made.element.querySelectorAll(".hall-seat--returns")).toHaveLength(1);
  expect(made.element.querySelector(".hall-floor__rescued")?.textContent).toBe("rescued Hà");
  expect(cues).toEqual(["rescue"]);
});

test("a page that comes later plays nothing", () => {
  const made = new FloorScene(model(floor(seats(20, 3), 19), { live: false, floor: { seats: seats(20), left: 20 } }));

  expect(dark(made)).toBe(1);
});

test("somebody new is no rescue", () => {
  expect(floorChanges(seats(2), seats(3, 1))).toEqual({ out: ["1"], back: [] });
  expect(floorChanges(seats(2, 1, 2), seats(2, 2))).toEqual({ out: [], back: ["1"] });
});

test("300 seats stand in blocks of at most fifteen rows, in the hall's own columns", () => {
  const blocks = blocksOf(seats(300), 10);

  expect(blocks.map((block) => block.length)).toEqual([150, 150]);
  expect(blocks[1]?.[0]?.[1].seat).toBe(151);
});

test("each seat has its place by its number, though some are missing", () => {
  const found = seats(12);
  delete found["2"];
  const made = new FloorScene(model(floor(found, 11), { live: false }));
  const third = made.element.querySelector<HTMLElement>("[data-id='3']");
  const twelfth = made.element.querySelector<HTMLElement>("[data-id='12']");

  expect([third?.style.gridRow, third?.style.gridColumn]).toEqual(["1", "3"]);
  expect([twelfth?.style.gridRow, twelfth?.style.gridColumn]).toEqual(["2", "2"]);
});

test.each([
  [100, BESIDE, true],
  [150, BESIDE_LONG, true],
  [200, BESIDE, false],
  [300, BESIDE_LONG, false],
])("beside an answer %i seats stand as a grid only if their numbers can be read", (many, room, grid) => {
  expect(gridOf(many, 10, room) !== null).toBe(grid);
  const panel = new FloorPanel(model(floor(seats(many), many), { live: false }), () => undefined, room);
  expect(panel.hasGrid).toBe(grid);
  expect(panel.element.textContent).toContain(`floor-left ${many}`);
});

test("the grid is made anew when what stands beside it takes more room", () => {
  const panel = new FloorPanel(model(floor(seats(200), 200), { live: false }), () => undefined, { width: 94, height: 37 });
  panel.within(BESIDE);
  expect([panel.hasGrid, panel.element.querySelectorAll(".hall-seat").length]).toEqual([false, 0]);
});

test("seats of all blocks are of one size", () => {
  const made = new FloorScene(model(floor(seats(310), 310), { live: false }));
  const rows = [...made.element.querySelectorAll<HTMLElement>(".hall-floor__block")].map((one) => one.style.getPropertyValue("--rows"));

  expect(rows.length).toBeGreaterThan(1);
  expect(new Set(rows).size).toBe(1);
});
