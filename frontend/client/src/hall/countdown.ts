/** The ring with the seconds left, and the words for a clock that stands or is over. */
import type { Face } from "./clock-face";
import { el, svg, write } from "./dom";
import type { Words } from "./model";

const RADIUS = 44;
const ROUND = 2 * Math.PI * RADIUS;

export class Countdown {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly arc: SVGElement;
  private readonly figure = el("span", "hall-clock__figure");
  private readonly note = el("span", "hall-clock__note");
  private seconds = -1;

  constructor(words: Words) {
    this.words = words;
    this.arc = svg("circle", { class: "hall-clock__arc", cx: 50, cy: 50, r: RADIUS, "stroke-dasharray": ROUND });
    const track = svg("circle", { class: "hall-clock__track", cx: 50, cy: 50, r: RADIUS });
    const ring = svg("svg", { viewBox: "0 0 100 100", class: "hall-clock__ring", "aria-hidden": "true" }, track, this.arc);
    this.element = el("div", "hall-clock", ring, this.figure, this.note);
    this.element.setAttribute("role", "timer");
    this.element.setAttribute("aria-live", "off");
  }

  /** Draws the moment; true when a new one of the last seconds has begun. */
  show(face: Face): boolean {
    this.element.hidden = face.state === "none" || face.state === "waiting";
    this.element.dataset["state"] = face.state;
    this.element.toggleAttribute("data-last", face.last);
    this.arc.setAttribute("stroke-dashoffset", (ROUND * (1 - face.share)).toFixed(1));
    write(this.figure, face.state === "over" ? "0" : String(face.seconds));
    const note = face.state === "paused" ? this.words("paused") : face.state === "over" ? this.words("time-up") : "";
    write(this.note, note);
    const beat = face.state === "running" && face.last && face.seconds !== this.seconds && face.seconds > 0;
    this.seconds = face.seconds;
    return beat;
  }
}
