/** The head of a question, its stem, its picture or sound. */
import type { MediaView } from "../messages.gen";
import { el } from "./dom";
import { labelsOf, type Model } from "./model";

export function questionHead({ room, words }: Model): HTMLElement {
  const [name = "", ...rest] = labelsOf(room.view, words);
  const labels = rest.map((label) => el("span", { class: "live-head__label" }, label));
  return el("p", { class: "live-head" }, el("span", { class: "live-head__name" }, name), ...labels);
}

export function questionStem(model: Model): HTMLElement {
  const { stem = "" } = model.room.view.question ?? {};
  return el("h1", { class: "live-stem", "data-long": stem.length > 140 }, stem);
}

export function questionMedia({ room, words }: Model): HTMLElement | null {
  const media = room.view.question?.media ?? [];
  return media.length === 0 ? null : el("div", { class: "media" }, ...media.map((file) => piece(file, words("sound-words"))));
}

function piece(file: MediaView, sound: string): HTMLElement {
  if (file.kind !== "sound" && file.kind !== "audio") {
    return el("img", { class: "media__picture", src: file.url, alt: file.alt, decoding: "async" });
  }
  const player = el("audio", { class: "media__sound", src: file.url, controls: true, preload: "auto" });
  const words = file.alt && el("details", { class: "media__words" }, el("summary", {}, sound), el("p", {}, file.alt));
  return el("div", {}, player, words || null);
}

/** Asks for pictures and sounds before they are shown. */
export function preload(media: readonly MediaView[], seen: Set<string>): void {
  for (const file of media.filter(({ url }) => !seen.has(url))) {
    seen.add(file.url);
    if (file.kind === "picture" || file.kind === "image") {
      new Image().src = file.url;
    } else {
      new Audio().src = file.url;
    }
  }
}
