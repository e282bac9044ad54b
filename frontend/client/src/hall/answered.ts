/** "184/203 đã trả lời", at the buzzer "2/5 đã bấm": how many distinct answers are on disk, never which. */
import { wholeNumber } from "../shared/format";
import { el, svg, write } from "./dom";
import { isBuzzed, type Model } from "./model";

export class Answered {
  readonly element: HTMLElement;
  private readonly text = el("span", "hall-answered__text");
  private readonly bar: SVGElement;

  constructor() {
    this.bar = svg("rect", { class: "hall-answered__full", x: 0, y: 0, height: 4, width: 0 });
    const track = svg("rect", { class: "hall-answered__track", x: 0, y: 0, height: 4, width: 100 });
    const picture = svg(
      "svg",
      { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "hall-answered__bar", "aria-hidden": "true" },
      track,
      this.bar,
    );
    this.element = el("div", "hall-answered", this.text, picture);
  }

  /** Hidden until the server has counted something of this very run. */
  show({ view, tick, words }: Model): void {
    const known = tick !== null && (tick.run ?? 0) === (view.run ?? 0) && (tick.of ?? 0) > 0;
    this.element.hidden = !known;
    if (!known) {
      return;
    }
    const [answered, of] = [tick.answered ?? 0, tick.of ?? 0];
    write(this.text, words(isBuzzed(view.round.mode, view.question) ? "pressed" : "answered", { answered: wholeNumber(answered), of: wholeNumber(of) }));
    this.bar.setAttribute("width", String(Math.min(100, (100 * answered) / of)));
    this.element.toggleAttribute("data-all", answered >= of);
  }
}
