import { expect, test } from "vitest";
import { inMode, room, view, words } from "./fixtures";
import { answeringOf, keyOf, labelsOf, leftOf, mayAnswer, sceneOf, teamName, timingOf } from "./model";

const own = { run: 1, key: "k", value: "b", at: 5_000, receipt: "K7Q2" };
const given = { run: 1, key: "k", value: "b", seq: 1 };
const refusal = (code: string) => ({ run: 1, code, text: "Đã hết giờ", value: "b" });
const free = answeringOf(room(), null, false, null);

test.each([
  ["lobby", {}, "lobby"],
  ["ended", {}, "ended"],
  ["something-new", {}, "lobby"],
  ["open", { status: "kicked" }, "gone"],
  ["lobby", { status: "banned" }, "gone"],
])("phase %s of %j is scene %s", (phase, me, scene) => {
  expect(sceneOf(room({ phase }, me))).toBe(scene);
});

test("a scene goes on within a question and begins anew with the next run", () => {
  expect(keyOf(room())).toBe(keyOf(room({ clock: {} })));
  expect(keyOf(room())).not.toBe(keyOf(room({ run: 2 })));
  expect(keyOf(room({ phase: "board", run: 1 }))).toBe(keyOf(room({ phase: "board", run: 2 })));
});

test("nothing is recorded before the server says so", () => {
  expect(answeringOf(room(), given, false, null).state).toBe("sending");
  expect(answeringOf(room(), given, true, null)).toMatchObject({ state: "late", value: "b", again: true });
  expect(answeringOf({ ...room(), answer: own }, null, false, null)).toMatchObject({ state: "recorded", receipt: "K7Q2" });
});

test("an answer to another run says nothing about this one", () => {
  expect(answeringOf(room({ run: 2 }), given, true, refusal("busy")).state).toBe("free");
  expect(answeringOf({ ...room({ run: 2 }), answer: own }, null, false, null).state).toBe("free");
});

test("a changed answer is on its way though an earlier one is recorded", () => {
  const changed = { ...given, value: "c", seq: 2 };
  expect(answeringOf({ ...room(), answer: own }, changed, false, null)).toMatchObject({ state: "sending", value: "c" });
});

test("a refusal keeps the choice; trying again is offered where it can help", () => {
  expect(answeringOf(room(), null, false, refusal("live-paused"))).toMatchObject({ state: "refused", value: "b", again: true });
  expect(answeringOf(room(), null, false, refusal("question-closed")).again).toBe(false);
});

test("a tap that can never count gives way to the answer that does", () => {
  const made = { ...room(), answer: { ...own, value: "a" } };
  const late = { ...refusal("question-closed"), value: "b" };
  expect(answeringOf(made, null, false, late)).toMatchObject({ state: "refused", value: "a" });
  expect(answeringOf(made, null, false, refusal("live-paused"))).toMatchObject({ state: "refused", value: "b" });
  for (const phase of ["closed", "reveal"]) {
    const over = { ...room({ phase, clock: {} }), answer: { ...own, value: "a" } };
    expect(answeringOf(over, null, false, late)).toMatchObject({ state: "recorded", value: "a" });
    expect(answeringOf({ ...over, answer: null }, null, false, late).state).toBe("refused");
  }
});

test.each([
  [0, "waiting"],
  [1_000, "running"],
  [20_999, "running"],
  [21_000, "over"],
])("at %i the clock is %s", (now, timing) => {
  expect(timingOf(view(), now)).toBe(timing);
});

test("a pause and a question without a clock", () => {
  expect(timingOf(view({ clock: { closes_at: 21_000, paused: true, left_ms: 7_000 } }), 99_000)).toBe("paused");
  expect(leftOf(view({ clock: { closes_at: 21_000, paused: true, left_ms: 7_000 } }), 99_000)).toBe(7_000);
  expect(timingOf(view({ phase: "closed", clock: {} }), 0)).toBe("none");
  expect(leftOf(view(), 0)).toBe(20_000);
  expect(leftOf(view(), 99_000)).toBe(0);
});

test("one may answer while the clock runs, once, unless the last answer counts", () => {
  expect(mayAnswer(room(), free, "running")).toBe(true);
  for (const timing of ["waiting", "paused", "over", "none"] as const) {
    expect(mayAnswer(room(), free, timing)).toBe(false);
  }
  const recorded = { ...free, state: "recorded" as const };
  expect(mayAnswer(room(), recorded, "running")).toBe(false);
  const last = room();
  last.view.round = { ...last.view.round, answer: "last" };
  expect(mayAnswer(last, recorded, "running")).toBe(true);
});

test("whoever watches or is locked out at the buzzer may not", () => {
  expect(mayAnswer(room({}, { watching: true }), free, "running")).toBe(false);
  expect(mayAnswer(room({}, { locked: true }), free, "running")).toBe(false);
});

test("at the buzzer one presses early only where the rules say so", () => {
  const reading = inMode("buzzer", { phase: "reading", clock: {} });
  expect(timingOf(reading, 0)).toBe("none");
  expect(timingOf({ ...reading, round: { ...reading.round, terms: { early: true } } }, 0)).toBe("early");
  expect(mayAnswer(room(), free, "early")).toBe(true);
});

test("the head says number, worth and topic", () => {
  expect(labelsOf(view(), words)).toEqual(["question-number(number=3,total=20)", "points(points=10)", "Nghị quyết"]);
  const question = { ...view().question, weight: 2, bell: true } as NonNullable<ReturnType<typeof view>["question"]>;
  expect(labelsOf(view({ question }), words)).toContain("points(points=20)");
  expect(labelsOf(view({ question }), words)).toContain("bell-question");
  expect(labelsOf(view({ question: { ...question, weight: 0 } }), words)).toContain("no-points");
  expect(labelsOf(view({ question: { ...question, type: "poll" } }), words)[0]).toBe("poll");
});

test("a team is not called a team twice", () => {
  expect([teamName("Đội Sao Mai"), teamName("ĐỘI 1"), teamName("Sông Thao"), teamName("Đội")]).toEqual(["Sao Mai", "1", "Sông Thao", "Đội"]);
});
