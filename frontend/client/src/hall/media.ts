/** Pictures and sounds of a question: fetched as soon as they are known, so that they are there before the clock starts. */
import type { MediaView } from "../live/messages.gen";
import { el } from "./dom";
import type { Words } from "./model";

const kept = new Map<string, HTMLImageElement | HTMLAudioElement>();
const KEPT = 12;
const AGAIN_MS = 3000;

/** Begins to load what is not here yet. */
export function preload(media: readonly MediaView[] = []): void {
  for (const one of media) {
    elementOf(one);
  }
}

function elementOf(media: MediaView): HTMLImageElement | HTMLAudioElement {
  const found = kept.get(media.url);
  if (found && !hasFailed(found)) {
    return found;
  }
  kept.delete(media.url);
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
    const fallback = el("p", "hall-media__alt", words("media-missing", { alt: one.alt }));
    fallback.hidden = true;
    figure.append(fallback);
    put(one, fallback, play);
  }
  return figure;
}

/** Before its words, which are shown while it can not be loaded; it is asked for again for as long as the words stand there. */
function put(media: MediaView, fallback: HTMLElement, play: boolean): void {
  const element = elementOf(media);
  const tell = (failed: boolean): void => {
    element.hidden = failed;
    fallback.hidden = !failed;
  };
  element.onerror = () => {
    tell(true);
    setTimeout(() => {
      if (fallback.isConnected) {
        element.remove();
        put(media, fallback, play);
      }
    }, AGAIN_MS);
  };
  tell(!fallback.hidden); // the words stay until there is something in their place
  element.onload = element.onloadeddata = () => tell(false);
  fallback.before(element);
  if (play && element instanceof HTMLAudioElement) {
    element.currentTime = 0;
    void element.play()?.catch(() => undefined); // before a gesture on the page; the controls are there
  }
}

/** Its error may have come before anybody listened. */
function hasFailed(element: HTMLImageElement | HTMLAudioElement): boolean {
  return element instanceof HTMLAudioElement ? element.error !== null : element.complete && element.naturalWidth === 0;
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
