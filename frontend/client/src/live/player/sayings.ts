/** What is said to people who listen to the screen, when something has happened. */
import { wholeNumber } from "../../shared/format";
import type { ResultView } from "../messages.gen";
import { statusWords } from "./status";
import type { Model } from "./model";
import { isPoll, labelsOf } from "./model";
import { outcomeName, resultOf } from "./reveal";
import { ahead } from "./standing";
import { isFirst, overName, turnWords } from "./waiting";

/** One sentence about the scene that has just begun; "" where there is nothing to say. */
export function sayScene(model: Model): string {
  const { room, words, scene } = model;
  const { view } = room;
  switch (scene) {
    case "lobby":
      return `${words("in-room")}. ${words("wait-start")}`;
    case "title":
      return labelsOf(view, words).join(", ");
    case "reading":
      return view.question?.stem ?? "";
    case "judging":
      return turnWords(model);
    case "board":
      return sayBoard(model);
    case "closed":
      return `${words(overName(model))}. ${words("wait-reveal")}`;
    case "reveal":
      return sayResult(model);
    case "slide":
      return view.question?.stem ?? "";
    case "podium":
      return words("podium");
    case "ended":
      return words("ended");
    default:
      return "";
  }
}

/** What can not wait for the end of a sentence: one's own turn to speak. */
export function isUrgent(model: Model): boolean {
  return model.scene === "judging" && isFirst(model);
}

/** What stands above every scene: a pause, and where one is on the floor of Rung chuông vàng. */
export function ribbonOf({ room, words }: Pick<Model, "room" | "words">): string[] {
  const floor = room.me?.floor === "out" ? words("floor-out") : room.me?.floor === "waiting" ? words("floor-waiting") : "";
  return [room.view.clock?.paused ? words("paused-long") : "", floor].filter(Boolean);
}

/** Several things that happened at once, as one text: a region says only what was written into it last. */
export function together(parts: readonly string[]): string {
  return parts.filter(Boolean).reduce((text, part) => (text === "" ? part : `${text}${/[.!?…]$/.test(text) ? "" : "."} ${part}`), "");
}

export function sayOpen({ words, room }: Model, leftMs: number): string {
  return words("started", { seconds: Math.ceil(leftMs / 1000), count: room.view.question?.options?.length ?? 0 });
}

export function sayResult(model: Model): string {
  const { words, room } = model;
  if (isPoll(room.view)) {
    return words("poll-result");
  }
  const voided = room.view.solution?.voided ?? "";
  if (voided !== "") {
    return together([words("voided"), voided]);
  }
  const result = resultOf(model);
  return result === null ? "" : together([words(outcomeName(model, result)), ...place(result, model)]);
}

function sayBoard(model: Model): string {
  const { room, words } = model;
  const result = room.me?.result;
  return together([words((room.view.board ?? []).length > 0 ? "board" : "board-hidden"), ...(result ? place(result, model) : [])]);
}

function place(result: ResultView, model: Model): string[] {
  const rank = result.rank ?? 0;
  return rank === 0 ? [] : [model.words("rank", { rank: wholeNumber(rank), of: wholeNumber(result.of ?? rank) }), ahead(result, model)];
}

export function sayAnswer(model: Model): string {
  return statusWords(model, model.words);
}
