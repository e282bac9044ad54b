import { beforeEach, expect, test } from "vitest";
import type { HostView } from "../messages.gen";
import { viewOf } from "./fake-desk";
import { Stage } from "./stage";
import { Words } from "./words";

const SLOTS = ["phase", "place", "question", "spread", "notes", "tools", "following", "next-question", "next-label", "key", "next-key"];
const WORDS = new Words({ "place.lobby": "{count} người", "place.question": "Câu {no}", "place.points": "", "verdict.provisional": "Tạm thời", "spread.later": "chưa" });
const QUESTION = { no: 1, type: "question", number: 1, stem: "Năm nào?" };
const part = (name: string): HTMLElement => document.querySelector(`[data-slot=${name}]`) as HTMLElement;
let stage: Stage;

function draw(more: Partial<HostView>): void {
  stage.draw({ role: "host", version: 1, view: viewOf({ question: QUESTION, ...more }), me: null, meVersion: 1, answer: null, tick: null });
}

beforeEach(() => {
  document.body.innerHTML = `<main>${SLOTS.map((name) => `<div data-slot="${name}"></div>`).join("")}<button data-next></button></main>`;
  stage = new Stage(document.querySelector("main") as HTMLElement, WORDS);
});

test.each([
  ["lobby", "0 người", "Chung kết", true, true],
  ["reveal", "Câu 1", "Năm nào?", true, true],
  ["podium", "", "Chung kết", false, false],
  ["ended", "Tạm thời", "Chung kết", false, false],
])("in %s the stage is about what the hall is about", (phase, place, stem, tools, following) => {
  draw({ phase, verdict: "provisional" });
  expect([part("place").textContent, part("question").textContent]).toEqual([place, stem]);
  expect([!part("tools").hidden, !part("following").hidden]).toEqual([tools, following]);
});

test("after the answer was shown nothing says that it comes later", () => {
  draw({ phase: "open" });
  stage.toggle("spread");
  expect(part("spread").textContent).toBe("chưa");
  draw({ phase: "board", runs: { "1": { no: 1, item: 1, revealed: true } } });
  expect(part("spread").hidden).toBe(true);
});
