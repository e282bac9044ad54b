import { describe, expect, test } from "vitest";
import type { HostView } from "../messages.gen";
import { correctionOf, type Given } from "./correction";
import { buttonState, commandOf, isOutOfPlace, undoWarnings } from "./deeds";
import { health } from "./health";
import { personCommand } from "./host-dialogs";
import { deedOf, isHold } from "./keys";
import { verdictState } from "./verdict";

const ROUND = { title: "", mode: "official", items: 1, questions: 1, seconds: 20, answer: "first", chain: [] };
const view = (more: Partial<HostView>): HostView => ({ round: ROUND, phase: "open", run: 2, can: [], ...more });

describe("buttons", () => {
  test("are pressed only where the machine allows it", () => {
    expect(buttonState("add-time", view({ can: ["add-time"] })).enabled).toBe(true);
    expect(buttonState("add-time", view({})).enabled).toBe(false);
    expect(buttonState("close-now", view({ can: ["close-now"], clock: { paused: true } })).enabled).toBe(false);
    expect(buttonState("undo", view({ can: ["undo"] })).enabled).toBe(false);
    expect(buttonState("undo", view({ can: ["undo"], undo: "run-voided" })).enabled).toBe(true);
  });

  test("a question that is void or replaced is not voided again", () => {
    const closed = view({ phase: "reveal", can: ["void"] });
    expect(buttonState("void", { ...closed, runs: { "2": { no: 2, item: 1 } } }).enabled).toBe(true);
    expect(buttonState("void", { ...closed, runs: { "2": { no: 2, item: 1, voided: "sai" } } }).enabled).toBe(false);
    expect(buttonState("void", { ...closed, runs: { "2": { no: 2, item: 1, replaced: true } } }).enabled).toBe(false);
  });

  test("switches ask for the other side", () => {
    expect(commandOf("blank", view({}))).toEqual({ do: "blank", on: true });
    expect(commandOf("blank", view({ blank: true }))).toEqual({ do: "blank", on: false });
    expect(commandOf("pause", view({ clock: { paused: true } }))).toEqual({ do: "resume" });
    expect(commandOf("void", view({}))).toBeNull();
  });

  test("what the jury decided or a signed result is not taken back without a question", () => {
    const signatures = [{ name: "Hà", at: 1, user: 5 }];
    const published = { name: "Hà", at: 1, user: 5 };
    expect(commandOf("undo", view({ undo: "player-renamed" }))).toBeNull();
    expect(undoWarnings(view({ undo: "player-renamed" }))).toEqual([]);
    expect(undoWarnings(view({ undo: "remarked" }))).toEqual(["undo.jurys"]);
    expect(undoWarnings(view({ undo: "left-floor" }))).toEqual(["undo.fell"]);
    expect(undoWarnings(view({ undo: "points-adjusted", signatures }))).toEqual(["undo.jurys", "undo.reopens"]);
    expect(undoWarnings(view({ undo: "player-kicked", published }))).toEqual(["undo.reopens"]);
  });

  test("the round is kept from moving on only while it would, and without a pause", () => {
    const counting = view({ phase: "reveal", next_step: "reveal/2/2/0", can: ["stay"], clock: { due_at: 9000 } });
    expect(buttonState("stay", counting).enabled).toBe(true);
    expect(commandOf("stay", counting)).toEqual({ do: "stay", seen: "reveal/2/2/0" });
    expect(buttonState("stay", { ...counting, clock: {} }).enabled).toBe(false);
  });

  test("what belongs to another mode has no place", () => {
    expect(isOutOfPlace("rescue", view({}))).toBe(true);
    expect(isOutOfPlace("rescue", view({ round: { ...ROUND, mode: "bell" } }))).toBe(false);
  });
});

describe("the keyboard", () => {
  function key(code: string, html: string, more: KeyboardEventInit = {}): KeyboardEvent {
    document.body.innerHTML = html;
    const event = new KeyboardEvent("keydown", { code, bubbles: true, ...more });
    Object.defineProperty(event, "target", { value: document.querySelector("#here") ?? document.body });
    return event;
  }

  test.each([
    ["Space", "next"],
    ["Enter", "next"],
    ["KeyP", "pause"],
    ["KeyA", "spread"],
    ["KeyN", "notes"],
    ["KeyR", "ranking"],
  ])("%s does %s", (code, deed) => {
    expect(deedOf(key(code, ""))).toBe(deed);
  });

  test("letters in a field, a dialog or a shortcut belong there", () => {
    expect(deedOf(key("KeyR", '<input id="here">'))).toBeNull();
    expect(deedOf(key("Space", '<dialog open><p id="here"></p></dialog>'))).toBeNull();
    expect(deedOf(key("Space", "<dialog open></dialog>"))).toBeNull();
    expect(deedOf(key("KeyP", "<dialog></dialog>"))).toBe("pause");
    expect(isHold(key("KeyC", "<dialog open></dialog>"))).toBe(false);
    expect(deedOf(key("KeyR", "", { ctrlKey: true }))).toBeNull();
    expect(isHold(key("KeyC", "", { ctrlKey: true }))).toBe(false);
    expect(isHold(key("KeyC", ""))).toBe(true);
  });

  test("Space on another button presses that button, on the next key it is the next key", () => {
    expect(deedOf(key("Space", '<button id="here"></button>'))).toBeNull();
    expect(deedOf(key("Space", '<button id="here" data-next></button>'))).toBe("next");
    expect(deedOf(key("KeyP", '<button id="here"></button>'))).toBe("pause");
  });

  test("a key that is held down does its deed once", () => {
    expect(deedOf(key("Space", "", { repeat: true }))).toBeNull();
  });
});

describe("the health strip", () => {
  test.each([
    [{ ack_ms: 40, projectors: 1 }, "open", "good", ""],
    [{ ack_ms: 40 }, "open", "slow", "health.no-projector"],
    [{ ack_ms: 450, projectors: 1 }, "open", "slow", "health.slow"],
    [{ ack_ms: 1200, projectors: 1 }, "open", "bad", "health.pause"],
    [{ ack_ms: 40, projectors: 1 }, "polling", "slow", "health.polling"],
    [{ ack_ms: 40, projectors: 1 }, "lost", "bad", "health.no-link"],
  ] as const)("%o over %s is %s", (tick, link, level, advice) => {
    expect(health({ type: "tick", ...tick }, link)).toEqual({ level, advice });
  });
});

describe("one participant", () => {
  function form(fields: Record<string, string>): FormData {
    const data = new FormData();
    Object.entries(fields).forEach(([name, value]) => data.set(name, value));
    return data;
  }

  test.each([
    [{ deed: "rename", name: " Mới ", reason: "" }, { do: "rename", player: 7, name: "Mới" }],
    [{ deed: "kick", reason: "" }, { do: "kick", player: 7 }],
    [{ deed: "ban", reason: "phá rối" }, { do: "kick", player: 7, ban: true, reason: "phá rối" }],
    [{ deed: "readmit" }, { do: "readmit", player: 7 }],
    [{ deed: "loss", reason: "mất điện" }, { do: "mark-loss", player: 7, run: 2, reason: "mất điện" }],
    [{ deed: "" }, null],
  ])("%o", (fields, command) => {
    expect(personCommand(7, view({}), form(fields as Record<string, string>))).toEqual(command);
  });

  const GIVEN: Given[] = [{ value: ["a"], lines: ["A"], count: 2, right: false }];
  test.each([
    [{ deed: "accept", answer: "0", reason: "đúng" }, { do: "accept", run: 4, reason: "đúng", answer: ["a"] }],
    [{ deed: "accept", reason: "đúng" }, null],
    [{ deed: "accept-all", reason: "đúng" }, { do: "accept", run: 4, reason: "đúng", everything: true }],
    [{ deed: "void", reason: "sai" }, { do: "void", run: 4, reason: "sai" }],
    [{ deed: "void", reason: "  " }, null],
  ])("a correction of %o", (fields, command) => {
    expect(correctionOf(4, form(fields as Record<string, string>), GIVEN)).toEqual(command);
  });
});

describe("the verdict", () => {
  const ended = view({ phase: "ended", verdict: "provisional", can: ["confirm", "publish"] });
  const signed = { ...ended, signatures: [{ name: "Hà", at: 1, user: 5 }] };

  test("needs two different people", () => {
    expect(verdictState(ended, 5)).toMatchObject({ word: "verdict.provisional", mayConfirm: true, mayPublish: false });
    expect(verdictState(signed, 5)).toMatchObject({ word: "verdict.one-more", mayConfirm: false, signedByMe: true });
    expect(verdictState(signed, 6)).toMatchObject({ mayConfirm: true });
  });

  test("is published once confirmed, and nothing is signed while the round runs", () => {
    expect(verdictState({ ...signed, verdict: "confirmed" }, 6)).toMatchObject({ mayConfirm: false, mayPublish: true });
    expect(verdictState(view({ can: ["confirm"] }), 5)).toMatchObject({ word: "verdict.running", mayConfirm: false });
  });
});
