/** What is said to people who listen to the screen, when something has happened. */
import { wholeNumber } from "../../shared/format";
import { statusWords } from "./status";
import type { Model } from "./model";
import { labelsOf } from "./model";
import { outcomeName, resultOf } from "./reveal";
import { ahead } from "./standing";
import { overName } from "./waiting";

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

export function sayOpen({ words, room }: Model, leftMs: number): string {
  return words("started", { seconds: Math.ceil(leftMs / 1000), count: room.view.question?.options?.length ?? 0 });
}

export function sayResult(model: Model): string {
  const result = resultOf(model);
  if (result === null) {
    return "";
  }
  const { words } = model;
  const rank = result.rank ? words("rank", { rank: wholeNumber(result.rank), of: wholeNumber(result.of ?? result.rank) }) : "";
  return [words(outcomeName(model, result)), rank, result.rank ? ahead(result, model) : ""].filter(Boolean).join(". ");
}

export function sayAnswer(model: Model): string {
  return statusWords(model, model.words);
}
