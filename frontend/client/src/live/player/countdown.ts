/** The clock of an open question: a figure and a bar, drawn every frame from the server's time. */
import { el, write } from "./dom";
import { leftOf, type Model, timingOf, type Words } from "./model";

const LAST_MS = 5_000;

export class Countdown {
  readonly element: HTMLElement;
  private readonly bar = el("span", { class: "live-clock__bar" });
  private readonly figure = el("span", { class: "live-clock__figure number" });
  private readonly note = el("span", { class: "live-clock__note" });
  private readonly words: Words;
  private full = 1;
  private key = "";
  private left = Number.POSITIVE_INFINITY;

  constructor(words: Words) {
    this.words = words;
    const track = el("span", { class: "live-clock__track", "aria-hidden": "true" }, this.bar);
    this.element = el("div", { class: "live-clock", role: "timer", "aria-live": "off" }, this.figure, this.note, track);
  }

  /** Draws the moment; true when the last five seconds have just begun. */
  frame({ room: { view }, scene, link }: Model, now: number): boolean {
    const timing = timingOf(view, now);
    const left = leftOf(view, now);
    const { opens_at: opens = 0, closes_at: closes = 0 } = view.clock ?? {};
    const key = `${view.phase}/${view.run ?? 0}`;
    this.full = Math.max(this.key === key ? this.full : 1, closes - opens, left);
    this.key = key;
    const away = scene === "gone" || link === "replaced" || link === "forbidden";
    this.element.hidden = away || timing === "none" || timing === "early";
    this.element.dataset["state"] = timing;
    this.element.toggleAttribute("data-last", timing === "running" && left <= LAST_MS);
    const seconds = Math.ceil(left / 1000);
    write(this.figure, timing === "over" ? "0" : String(seconds));
    write(this.note, this.noteOf(timing));
    this.bar.style.transform = `scaleX(${Math.min(1, left / this.full).toFixed(4)})`;
    const justLast = timing === "running" && left <= LAST_MS && this.left > LAST_MS && this.left < Number.POSITIVE_INFINITY;
    this.left = left;
    return justLast;
  }

  private noteOf(timing: string): string {
    const names: Record<string, string> = { waiting: "get-ready", paused: "paused", over: "time-up", running: "seconds", speaking: "seconds" };
    return timing in names ? this.words(names[timing] ?? "") : "";
  }
}
