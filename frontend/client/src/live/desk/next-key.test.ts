import { describe, expect, test } from "vitest";
import type { HostView } from "../messages.gen";
import { leftMs, movesAt, nextKey, NextPress } from "./next-key";

const ROUND = { title: "Vòng", mode: "official", items: 3, questions: 2, seconds: 20, answer: "first", chain: ["points"] };
const NEXT = { no: 3, number: 2, type: "question", stem: "Câu sau?" };

function view(more: Partial<HostView>): HostView {
  return { round: ROUND, phase: "lobby", can: ["advance", "pause"], next_step: "x/1/1/0", ...more };
}

describe("the next key", () => {
  test.each([
    [{ phase: "lobby", next_phase: "title", next: NEXT }, "next.start", { no: 2 }],
    [{ phase: "lobby", next_phase: "slide", next: { no: 1, type: "slide", stem: "Chào" } }, "next.start-slide", { title: "Chào" }],
    [{ phase: "title", next_phase: "reading" }, "next.reading", {}],
    [{ phase: "reading", next_phase: "open" }, "next.open", {}],
    [{ phase: "closed", next_phase: "reveal", question: NEXT }, "next.reveal", {}],
    [{ phase: "closed", next_phase: "reveal", question: { ...NEXT, type: "poll" } }, "next.reveal-poll", {}],
    [{ phase: "reveal", next_phase: "board" }, "next.board", {}],
    [{ phase: "reveal", next_phase: "title", next: NEXT }, "next.title", { no: 2 }],
    [{ phase: "reveal", next_phase: "title", next: { ...NEXT, type: "poll" } }, "next.poll", {}],
    [{ phase: "reveal", next_phase: "title", next: { ...NEXT, bell: true } }, "next.bell", {}],
    [{ phase: "reveal", next_phase: "podium", coming_step: 1 }, "next.podium-1", {}],
    [{ phase: "podium", step: 1, next_phase: "podium", coming_step: 3 }, "next.podium-3", {}],
    [{ phase: "podium", step: 3, next_phase: "podium", coming_step: 4 }, "next.podium-4", {}],
    [{ phase: "podium", step: 4, next_phase: "ended" }, "next.ended", {}],
  ])("says what %o leads to", (more, word, facts) => {
    const found = nextKey(view(more));
    expect(found.word).toBe(word);
    expect(found.facts).toMatchObject(facts);
    expect(found.command).toEqual({ do: "advance", seen: "x/1/1/0" });
  });

  test.each(["open", "judging", "ended"])("waits in phase %s, so that a press too many closes nothing", (phase) => {
    const found = nextKey(view({ phase, next_phase: undefined as never, can: ["close-now", "add-time"] }));
    expect(found).toMatchObject({ word: `next.wait-${phase}`, command: null });
  });

  test("goes on after a pause", () => {
    const paused = view({ phase: "open", clock: { paused: true, left_ms: 4000 } });
    expect(nextKey(paused).command).toEqual({ do: "resume" });
  });
});

describe("a double press", () => {
  const shown = view({ phase: "reveal", next_phase: "board" });
  const paused = { ...shown, clock: { paused: true } };

  test("on a paused round resumes it and leaves the step", () => {
    const press = new NextPress();
    expect(press.command(paused, 1000)).toEqual({ do: "resume" });
    expect(press.command(shown, 1250)).toBeNull();
    expect(press.command(shown, 2100)).toEqual({ do: "advance", seen: "x/1/1/0" });
  });

  test("of a running round is the server's to tell, by what was seen", () => {
    const press = new NextPress();
    expect([press.command(shown, 0), press.command(shown, 100)].map((command) => command?.do)).toEqual(["advance", "advance"]);
  });
});

describe("the clocks", () => {
  const open = view({ phase: "open", clock: { opens_at: 1000, closes_at: 21_000 } });

  test("count from the appearance of the options and never below nothing", () => {
    expect(leftMs(open, 500)).toBe(20_000);
    expect(leftMs(open, 6000)).toBe(15_000);
    expect(leftMs(open, 30_000)).toBe(0);
    expect(leftMs(view({ phase: "reveal" }), 0)).toBeNull();
  });

  test("count the time to answer at the buzzer", () => {
    const judging = view({ phase: "judging", buzz: { ids: [1], names: ["An"], until: 9000 } });
    expect(leftMs(judging, 6000)).toBe(3000);
    expect(leftMs(judging, 10_000)).toBe(0);
    expect(leftMs(view({ phase: "judging", buzz: { ids: [1], names: ["An"] } }), 6000)).toBeNull();
  });

  test("stand still in a pause", () => {
    expect(leftMs(view({ phase: "open", clock: { paused: true, left_ms: 7000 } }), 99_000)).toBe(7000);
  });

  test("tell when the round moves by itself, but not the clock of a question", () => {
    expect(movesAt(view({ phase: "reveal", clock: { due_at: 9000 } }))).toBe(9000);
    expect(movesAt(view({ phase: "reveal", clock: { due_at: 9000, paused: true } }))).toBe(0);
    expect(movesAt(view({ phase: "open", clock: { due_at: 9000 } }))).toBe(0);
  });
});
