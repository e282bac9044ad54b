/** Pictures and sounds of a question: fetched as soon as they are known, so that they are there before the clock starts. */
import type { MediaView } from "../live/messages.gen";
import { el } from "./dom";
import type { Words } from "./model";

const kept = new Map<string, HTMLImageElement | HTMLAudioElement>();
const KEPT = 12;

/** Begins to load what is not here yet. */
export function preload(media: readonly MediaView[] = []): void {
  for (const one of media) {
    elementOf(one);
  }
}

function elementOf(media: MediaView): HTMLImageElement | HTMLAudioElement {
  const found = kept.get(media.url);
  if (found) {
    return found;
  }
  const made = isSound(media) ? sound(media) : picture(media);
  kept.set(media.url, made);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) {
    kept.delete(oldest);
  }
  return made;
}

/** The media of a question as a figure; null when it has none. A sound is played once if the page may. */
export function figureOf(media: readonly MediaView[] | undefined, words: Words, play: boolean): HTMLElement | null {
  if (!media || media.length === 0) {
    return null;
  }
  const figure = el("div", "hall-media");
  for (const one of media) {
    const element = elementOf(one);
    const fallback = el("p", "hall-media__alt", words("media-missing", { alt: one.alt }));
    fallback.hidden = true;
    element.onerror = () => {
      element.hidden = true;
      fallback.hidden = false;
    };
    figure.append(element, fallback);
    if (play && element instanceof HTMLAudioElement) {
      element.currentTime = 0;
      void element.play()?.catch(() => undefined); // before a gesture on the page; the controls are there
    }
  }
  return figure;
}

/** Nothing goes on sounding behind the next screen. */
export function silence(): void {
  for (const one of kept.values()) {
    if (one instanceof HTMLAudioElement) {
      one.pause?.();
    }
  }
}

function isSound(media: MediaView): boolean {
  return media.kind === "sound";
}

function picture(media: MediaView): HTMLImageElement {
  const made = el("img", "hall-media__picture");
  made.alt = media.alt;
  made.decoding = "async";
  made.src = media.url;
  return made;
}

function sound(media: MediaView): HTMLAudioElement {
  const made = el("audio", "hall-media__sound");
  made.controls = true;
  made.preload = "auto";
  made.setAttribute("aria-label", media.alt);
  made.src = media.url;
  return made;
}
