/** What the phone's screen is drawn from, and what it is: pure, of the room, the own answer and the server's clock. */
import type { Given } from "../answer-outbox";
import { wholeNumber } from "../../shared/format";
import type { OwnAnswer, PlayerView } from "../messages.gen";
import type { Link } from "../room-socket";
import type { Objection } from "./objections";
import type { Room } from "../room-store";

export type PlayerRoom = Room<PlayerView>;

/** The sentence of a name, with its facts filled in. */
export type Words = (name: string, facts?: Record<string, string | number>) => string;

export type SceneName =
  | "gone"
  | "lobby"
  | "title"
  | "reading"
  | "open"
  | "judging"
  | "closed"
  | "reveal"
  | "board"
  | "slide"
  | "podium"
  | "ended";

/**
 * free: nothing given. sending: on its way. late: not acknowledged for a while, tried again and again. recorded: the
 * server has it on disk. refused: it did not count; `again` says whether giving it anew can help.
 */
export interface Answering {
  state: "free" | "sending" | "late" | "recorded" | "refused";
  value: unknown;
  at: number;
  receipt: string;
  text: string;
  again: boolean;
}

/** A refusal of the run's answer, for as long as nothing newer is known. */
export interface Refused {
  run: number;
  code: string;
  text: string;
  value: unknown;
}

/** early: the buzzer is open, the clock is not. speaking: whoever was first at the buzzer answers. waiting: the options come at `opensAt`. over: by the server's clock, though it has not said so yet. */
export type Timing = "none" | "early" | "speaking" | "waiting" | "running" | "paused" | "over";

export interface Revealed {
  run: number;
  label: string;
}

export interface Model {
  room: PlayerRoom;
  scene: SceneName;
  answering: Answering;
  timing: Timing;
  /** Whether an answer may be given now. */
  mayAnswer: boolean;
  link: Link;
  /** false: this is what the page found when it came, and has been seen in the hall already. */
  live: boolean;
  words: Words;
  /** The questions whose answer was shown, the newest last. */
  revealed: readonly Revealed[];
  /** One's own, with what the jury decided. */
  objections: readonly Objection[];
}

/** What the screen can ask for. */
export interface Deeds {
  give(value: unknown): void;
  retry(): void;
  /** Files an objection; resolves to the sentence to show and whether it was taken. */
  appeal(run: number, text: string): Promise<{ taken: boolean; text: string }>;
  /** The objection to a run that was typed and not sent; "" for none. */
  draft(run: number): string;
  keepDraft(run: number, text: string): void;
}

const SCENES: readonly string[] = [
  "lobby", "title", "reading", "open", "judging", "closed", "reveal", "board", "slide", "podium", "ended",
]; // prettier-ignore
const HELPLESS: readonly string[] = [
  "question-closed", "not-a-player", "not-asked", "already-answered", "answer-overtaken", "buzzer-taken", "buzzer-locked",
  "no-team", "captain-answers",
]; // prettier-ignore

export function sceneOf(room: PlayerRoom): SceneName {
  if (room.me !== null && (room.me.status ?? "in") !== "in") {
    return "gone";
  }
  return SCENES.includes(room.view.phase) ? (room.view.phase as SceneName) : "lobby";
}

/** Scenes of one key keep their elements, and what was typed into them. */
export function keyOf(room: PlayerRoom): string {
  const scene = sceneOf(room);
  const perRun: readonly SceneName[] = ["title", "reading", "open", "judging", "closed", "reveal", "slide"];
  return perRun.includes(scene) ? `${scene}/${room.view.run ?? 0}/${room.view.item ?? 0}` : scene;
}

export function answeringOf(room: PlayerRoom, pending: Given | null, late: boolean, refused: Refused | null): Answering {
  const run = room.view.run ?? 0;
  const blank: Answering = { state: "free", value: null, at: 0, receipt: "", text: "", again: false };
  if (pending !== null && pending.run === run) {
    return { ...blank, state: late ? "late" : "sending", value: pending.value, again: late };
  }
  const counted = countedOf(room);
  const isOver = room.view.phase === "closed" || room.view.phase === "reveal";
  if (refused !== null && refused.run === run && !(isOver && counted !== null)) {
    const again = !HELPLESS.includes(refused.code);
    return { ...blank, state: "refused", value: again ? refused.value : (counted?.value ?? refused.value), text: refused.text, again };
  }
  return counted === null ? blank : { ...blank, state: "recorded", value: counted.value, at: counted.at, receipt: counted.receipt };
}

/** The answer to this run that the server has on disk: the only one that counts, whatever was tapped after it. */
export function countedOf(room: PlayerRoom): OwnAnswer | null {
  return room.answer !== null && room.answer.run === room.view.run ? room.answer : null;
}

/** `now`: the server's milliseconds. */
export function timingOf(view: PlayerView, now: number): Timing {
  const clock = view.clock ?? {};
  if (clock.paused) {
    return "paused";
  }
  if (view.phase === "reading" && pressesEarly(view)) {
    return "early";
  }
  if (view.phase === "judging" && now < (view.buzz?.until ?? 0)) {
    return "speaking";
  }
  if (view.phase !== "open" || !clock.closes_at) {
    return "none";
  }
  if (now < (clock.opens_at ?? 0)) {
    return "waiting";
  }
  return now < clock.closes_at ? "running" : "over";
}

/** Milliseconds left on the clock, by the server's time; 0 where there is none. */
export function leftOf(view: PlayerView, now: number): number {
  const clock = view.clock ?? {};
  if (view.phase === "judging" && !clock.paused) {
    return Math.max(0, (view.buzz?.until ?? 0) - now);
  }
  return clock.paused ? (clock.left_ms ?? 0) : Math.max(0, (clock.closes_at ?? 0) - Math.max(now, clock.opens_at ?? 0));
}

export function mayAnswer(room: PlayerRoom, answering: Answering, timing: Timing): boolean {
  if ((timing !== "running" && timing !== "early") || room.me?.locked || room.me?.watching) {
    return false;
  }
  switch (answering.state) {
    case "free":
      return true;
    case "refused":
      return answering.again;
    case "recorded":
    case "sending":
    case "late":
      return room.view.round.answer === "last" && !isBuzzer(room.view);
  }
}

export function isBuzzer(view: PlayerView): boolean {
  return view.round.mode === "buzzer" && view.question?.type !== "poll";
}

/** Whether one may press while the question is read. */
export function pressesEarly(view: PlayerView): boolean {
  return isBuzzer(view) && (view.round.terms?.early ?? false);
}

export function isPoll(view: PlayerView): boolean {
  return view.question?.type === "poll";
}

/** "Câu 7/20", and what else stands in the head of a question. */
export function labelsOf(view: PlayerView, words: Words): string[] {
  const question = view.question;
  if (!question || question.type === "slide") {
    return [];
  }
  const number = question.number ?? 0;
  const name = question.type === "poll" ? words("poll") : words("question-number", { number, total: view.round.questions });
  return [name, question.bell ? words("bell-question") : "", worth(view, words), question.topic ?? ""].filter(Boolean);
}

function worth(view: PlayerView, words: Words): string {
  const { type, points = 0, weight = 1 } = view.question ?? { type: "" };
  if (type !== "question") {
    return "";
  }
  return weight === 0 ? words("no-points") : words("points", { points: wholeNumber(points * weight) });
}

/** The name of a team behind the word "Đội": most names begin with it already. */
export function teamName(name: string): string {
  return name.replace(/^đội\s+(?=\S)/iu, "");
}
