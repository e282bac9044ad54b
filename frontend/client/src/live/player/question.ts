/** The head of a question, its stem, its picture or sound. */
import type { MediaView } from "../messages.gen";
import { el } from "./dom";
import { labelsOf, type Model } from "./model";

/** As in live.css. */
const TALLEST_VH = 32;
const AGAIN_MS = 3_000;

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
    return picture(file);
  }
  const player = el("audio", { class: "media__sound", src: file.url, controls: true, preload: "auto" });
  again(player, () => player.load());
  const words = file.alt && el("details", { class: "media__words" }, el("summary", {}, sound), el("p", {}, file.alt));
  return el("div", {}, player, words || null);
}

/** Its place is kept while it is on its way: an option that moved under the thumb would be tapped for another. */
function picture({ url, alt, width = 0, height = 0 }: MediaView): HTMLImageElement {
  const image = el("img", { class: "media__picture", src: url, alt, decoding: "async" });
  if (width > 0 && height > 0) {
    image.style.aspectRatio = `${width} / ${height}`;
    image.style.width = `min(100%, ${width}px, ${(TALLEST_VH * width) / height}vh)`;
  }
  again(image, () => (image.src = url));
  return image;
}

/** What could not be loaded is asked for again for as long as it stands there. */
function again(element: HTMLElement, load: () => void): void {
  element.addEventListener("error", () => setTimeout(() => element.isConnected && load(), AGAIN_MS));
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
