import { expect, test } from "vitest";
import type { SolutionView } from "../live/messages.gen";
import { question, words } from "./fixtures";
import { revealed } from "./reveal";

const SOLUTION: SolutionView = {
  lines: ["Đại hội"],
  right: ["a"],
  explanation: "Vì Điều lệ nói vậy.",
  source: "Điều 9",
  counts: { a: 120, b: 64 },
  answered: 184,
  right_count: 120,
};

function shown(solution: SolutionView, changes = {}): HTMLElement {
  const place = document.createElement("div");
  place.append(...revealed({ ...question, ...changes }, solution, words));
  return place;
}

test("right is ticked, wrong is crossed, with counts and shares", () => {
  const [right, wrong] = shown(SOLUTION).querySelectorAll<HTMLElement>(".hall-opt");

  expect(right?.dataset["verdict"]).toBe("right");
  expect(right?.querySelector(".hall-tally")?.textContent).toBe("120 · 65%");
  expect(right?.querySelector(".hall-bar__full")?.getAttribute("width")).toBe("65.2");
  expect(wrong?.dataset["verdict"]).toBe("wrong");
  expect(wrong?.querySelector(".hall-opt__verdict")?.textContent).toBe("wrong");
});

test("why it is so, and where it is written", () => {
  expect(shown(SOLUTION).querySelector(".hall-because")?.textContent).toBe("Vì Điều lệ nói vậy.source Điều 9");
});

test("nobody answered: no division, no bar", () => {
  const place = shown({ right: ["a"] });

  expect(place.querySelector(".hall-tally")?.textContent).toBe("0 · 0%");
  expect(place.querySelector(".hall-because")).toBeNull();
});

test("a poll has counts and no right or wrong", () => {
  const place = shown({ counts: { a: 3, b: 1 }, answered: 4 }, { type: "poll" });

  expect(place.querySelectorAll("[data-verdict]")).toHaveLength(0);
  expect(place.querySelector(".hall-tally")?.textContent).toBe("3 · 75%");
  expect(place.querySelector(".hall-reveal__sum")?.textContent).toBe("answers 4");
});

test("a text question tells the answer and what was given most", () => {
  const counts = { "4 năm": 5, "5 năm": 90, a: 1, b: 1, c: 1, d: 1, e: 1 };
  const place = shown({ lines: ["5 năm"], counts, answered: 100, right_count: 90 }, { kind: "fill", options: [] });
  const lines = [...place.querySelectorAll<HTMLElement>(".hall-given__line")];

  expect(place.querySelector(".hall-answer__line")?.textContent).toBe("5 năm");
  expect(lines).toHaveLength(6);
  expect(lines[0]?.textContent).toBe("5 năm90 · 90%");
  expect(lines.map((line) => line.hasAttribute("data-right"))).toEqual([true, false, false, false, false, false]);
});

test("long answers are not listed beside the right one", () => {
  const counts = Object.fromEntries([1, 2, 3].map((no) => [`${no}. ${"rất dài ".repeat(12)}`, no]));
  const place = shown({ lines: ["5 năm"], counts, answered: 6, right_count: 2 }, { kind: "fill", options: [] });

  expect(place.querySelector(".hall-given")).toBeNull();
  expect(place.querySelector(".hall-answer__line")?.textContent).toBe("5 năm");
  expect(place.querySelector(".hall-reveal__sum")?.textContent).toBe("answers-right 6 2");
});

test("where a team answers as one, teams are counted", () => {
  const sum = (team_answers: string): string | null | undefined => {
    const place = document.createElement("div");
    place.append(...revealed(question, { ...SOLUTION, answered: 6, right_count: 2 }, words, { mode: "teams", terms: { team_answers } }));
    return place.querySelector(".hall-reveal__sum")?.textContent;
  };
  expect([sum("majority"), sum("captain"), sum("members")]).toEqual(["answers-right-teams 6 2", "answers-right-teams 6 2", "answers-right 6 2"]);
});

test("the room of the picture belongs to the answer", () => {
  const media = [{ kind: "picture", url: "/tep/c", alt: "Lá cờ" }];

  expect(shown(SOLUTION, { media }).querySelector("img")).toBeNull();
});

test("a poll is counted at the buzzer too", () => {
  const place = document.createElement("div");
  place.append(...revealed({ ...question, type: "poll" }, { counts: { a: 3, b: 1 }, answered: 4 }, words, { mode: "buzzer" }));

  expect(place.querySelector(".hall-tally")?.textContent).toBe("3 · 75%");
});

test("an order is told in its order", () => {
  const place = shown({ lines: ["Thành lập", "Đổi mới"], counts: { "Đổi mới – Thành lập": 3 } }, { kind: "order", options: [] });

  expect([...place.querySelectorAll(".hall-answer__line")].map((line) => line.textContent)).toEqual(["1.Thành lập", "2.Đổi mới"]);
  expect(place.querySelector(".hall-given")).toBeNull();
});

test("at the buzzer nobody chose an option, so none is counted", () => {
  const place = document.createElement("div");
  place.append(...revealed(question, SOLUTION, words, { mode: "buzzer" }));

  expect(place.querySelector("[data-verdict=right]")).not.toBeNull();
  expect(place.querySelectorAll(".hall-tally, .hall-bar, .hall-reveal__sum")).toHaveLength(0);
});

test("a voided question says why", () => {
  expect(shown({ ...SOLUTION, voided: "đề sai" }).querySelector(".hall-voided")?.textContent).toBe("voided đề sai");
});

test("what people typed is inert", () => {
  const bad = "<script>alert(1)</script>";
  const place = shown({ lines: [bad], counts: { [bad]: 1 }, answered: 1 }, { kind: "fill", options: [] });

  expect(place.querySelectorAll("script")).toHaveLength(0);
  expect(place.querySelector(".hall-given__text")?.textContent).toBe(bad);
});
