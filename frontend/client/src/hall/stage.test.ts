import { expect, test, vi } from "vitest";
import type { QuestionView } from "../live/messages.gen";
import { line, round, seats, view, words } from "./fixtures";
import { Stage } from "./stage";

function stage(onCue: (cue: string) => void = () => undefined): Stage {
  return new Stage({
    words,
    venue: { pin: "482913", address: "hoi-thi.vn/phong", qr: "", wifi: "" },
    motion: () => false,
    onCue,
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

function heard(made: Stage, from: number): void {
  for (const mono of [from, from + 1_600, from + 1_700]) {
    made.frame({ now: 20_000, mono });
  }
}

test("what the dark screen hid comes back as it was, and plays nothing again", () => {
  const cues: string[] = [];
  const made = stage((cue) => cues.push(cue));
  const question = { ...view("open").question, media: [{ kind: "sound", url: "/tep/quoc-ca.wav", alt: "Quốc ca" }] } as QuestionView;
  const play = vi.spyOn(HTMLAudioElement.prototype, "play").mockResolvedValue();
  const open = view("open", { question, clock: { opens_at: 0, closes_at: 99_000 } });
  const closed = view("closed", { question });
  made.show(view("title"), null);
  made.show(open, null);
  const scene = made.element.querySelector(".hall-question");
  made.show({ ...open, blank: true }, null);
  made.show(open, null);
  expect(made.element.querySelector(".hall-question")).toBe(scene);
  expect(play).toHaveBeenCalledTimes(1);

  made.show(closed, null);
  heard(made, 0);
  made.show({ ...closed, blank: true }, null);
  made.show(closed, null);
  heard(made, 5000);
  expect(cues).toEqual(["gong"]);
  play.mockRestore();
});

test("time that was up while the screen was dark sounds no gong afterwards", () => {
  const cues: string[] = [];
  const made = stage((cue) => cues.push(cue));
  made.show(view("open", { clock: { opens_at: 0, closes_at: 99_000 } }), null);
  made.show(view("closed", { blank: true }), null);
  made.show(view("closed"), null);
  heard(made, 0);
  made.show(view("closed", { blank: true, run: 8 }), null);
  made.show(view("closed", { run: 8 }), null);
  heard(made, 5000);
  expect(cues).toEqual([]);
});

test("a place of the podium that was told stays told behind the dark screen", () => {
  const cues: string[] = [];
  const made = stage((cue) => cues.push(cue));
  const board = [line(1, 1, 30), line(2, 2, 20), line(3, 3, 10)];
  const third = view("podium", { step: 1, board: board.slice(2) });
  made.show(view("reveal", { solution: {} }), null);
  made.show(third, null);
  heard(made, 0);
  made.show({ ...third, blank: true }, null);
  made.show(third, null);
  heard(made, 5000);
  expect(text(made, ".hall-place--3 .hall-place__names")).toBe("Người 3");
  expect(cues).toEqual(["roll", "place"]);

  made.show(view("podium", { step: 2, board: board.slice(1) }), null);
  heard(made, 9000);
  expect(cues).toEqual(["roll", "place", "roll", "place"]);
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
