/** What the hall's screen is drawn from. Everything is data: a scene looks at no clock and at no network of its own. */
import type { LineView, ProjectorView, QuestionView, TickMessage } from "../live/messages.gen";
import { wholeNumber } from "../shared/format";

/** The sentence of a name, with its facts filled in. */
export type Words = (name: string, facts?: Record<string, string | number>) => string;

/** How people get in: said by the page, for it never changes while the round runs. */
export interface Venue {
  pin: string;
  address: string;
  qr: string;
  wifi: string;
}

export interface Model {
  view: ProjectorView;
  tick: TickMessage | null;
  /** The board that was shown before this one; [] when none was. */
  board: readonly LineView[];
  /** The floor that was shown before this one (Rung chuông vàng); null when none was. */
  floor: { seats: ProjectorView["seats"]; left: number } | null;
  words: Words;
  venue: Venue;
  /** false: this is what the page found when it came; nothing is played that is over. */
  live: boolean;
  /** Whether things may move. */
  motion: boolean;
}

/** `now`: the server's milliseconds. `mono`: the device's counter, for what lasts a while on this screen alone. */
export interface Moment {
  now: number;
  mono: number;
}

export type SceneName = "blank" | "lobby" | "title" | "question" | "reveal" | "board" | "slide" | "podium";

const SCENES: Readonly<Record<string, SceneName>> = {
  lobby: "lobby",
  title: "title",
  reading: "question",
  open: "question",
  judging: "question",
  closed: "question",
  reveal: "reveal",
  board: "board",
  slide: "slide",
  podium: "podium",
  ended: "podium",
};

export function sceneOf(view: ProjectorView): SceneName {
  return view.blank ? "blank" : (SCENES[view.phase] ?? "blank");
}

/** Views of one key are one scene that goes on. */
export function keyOf(view: ProjectorView): string {
  const name = sceneOf(view);
  const goesOn = name === "blank" || name === "lobby" || name === "podium";
  return goesOn ? name : `${name}/${view.run ?? 0}/${view.item ?? 0}`;
}

/** Whether phones press a buzzer for this question instead of answering it; polls are answered in every mode. */
export function isBuzzed(mode: string, question: QuestionView | null | undefined): boolean {
  return mode === "buzzer" && question?.type !== "poll";
}

/** Whether the PIN still lets people in. */
export function joiningIsOpen(view: ProjectorView): boolean {
  const over = view.phase === "podium" || view.phase === "ended";
  return !over && !view.locked && (view.phase === "lobby" || view.round.late_join !== false);
}

/** "Câu 7/20", "10 điểm", the topic: what the title says and the head of the screen keeps. */
export function labelsOf(view: ProjectorView, words: Words): string[] {
  const question = view.question;
  if (!question) {
    return [];
  }
  const number = question.number
    ? words("question-number", { number: question.number, total: view.round.questions })
    : question.type === "poll" ? words("poll") : "";
  const bell = question.bell ? words("bell-question") : "";
  return [number, bell, worth(question, words), question.topic ?? ""].filter(Boolean);
}

function worth(question: QuestionView, words: Words): string {
  const weight = question.weight ?? 1;
  if (question.type !== "question") {
    return "";
  }
  if (weight === 0) {
    return words("no-points");
  }
  const points = words("points", { points: wholeNumber((question.points ?? 0) * weight) });
  return weight > 1 ? `${points} (${words("weighted", { weight })})` : points;
}

/** 482913 as "482 913": read aloud and typed in groups of three. */
export function pinFace(pin: string): string {
  return pin.replace(/(\d{3})(?=\d)/g, "$1 ");
}
