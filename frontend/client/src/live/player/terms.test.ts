import { expect, test } from "vitest";
import { inMode, view, words } from "./fixtures";
import { termLines } from "./terms";

const lines = (mode: string, terms: object, more: object = {}) => {
  const made = inMode(mode);
  return termLines({ ...made, round: { ...made.round, terms, ...more } }, words);
};

test("which answer counts, how places are made, and the printed bound of the lag", () => {
  expect(lines("official", {}, { chain: ["points", "time"], lag_ms: 250 })).toEqual([
    "terms-first",
    "terms-chain(chain=chain-points; chain-time)",
    "terms-lag(ms=250)",
  ]);
  expect(lines("official", {}, { units_best_of: 5 })).toEqual(["terms-first", "terms-units(count=5)"]);
  expect(lines("official", {}, { answer: "last" })).toEqual(["terms-last"]);
  expect(termLines(view(), words)).toEqual(["terms-first"]);
});

test.each([
  ["game", { speed: true, streak_step: 100 }, ["terms-speed", "terms-streak(points=100)"]],
  ["game", {}, []],
  ["teams", { team_answers: "captain" }, ["terms-captain", "terms-removed"]],
  ["teams", { team_answers: "majority" }, ["terms-majority", "terms-removed"]],
  ["teams", { team_answers: "members", best_of: 3 }, ["terms-best(count=3)", "terms-mean"]],
  ["teams", { team_answers: "members" }, ["terms-members", "terms-mean"]],
  ["bell", { last: 1 }, ["terms-all-stay", "terms-bell(count=1)", "terms-late-off"]],
  ["bell", { last: 5, to_bell: true, all_out: "leave", late_floor: true, grace: true }, [
    "terms-all-leave", "terms-to-bell(count=5)", "terms-late-on", "terms-grace",
  ]],
  ["buzzer", { answer_s: 3, tie_ms: 150, penalty: 5, skip_next: true }, [
    "terms-buzzer(seconds=3,ms=150)", "terms-penalty(points=5)", "terms-skip",
  ]],
  ["buzzer", { answer_s: 3, tie_ms: 150, penalty: 5, floor: true, strict: true, early: true }, [
    "terms-buzzer(seconds=3,ms=150)", "terms-early", "terms-strict", "terms-penalty-floor(points=5)",
  ]],
])("mode %s with %j tells its own", (mode, terms, told) => {
  expect(lines(mode, terms)).toEqual(mode === "buzzer" ? told : ["terms-first", ...told]);
});
