/** "Câu 7/20 · 10 điểm · chủ đề": two seconds before the question. */
import { wholeNumber } from "../shared/format";
import { el } from "./dom";
import { labelsOf, type Model } from "./model";
import type { Scene } from "./scene";

export class TitleScene implements Scene {
  readonly element: HTMLElement;

  constructor({ view, words }: Model) {
    const [first = "", ...rest] = labelsOf(view, words);
    const floor = view.round.mode === "bell" ? words("floor-left", { left: wholeNumber(view.left ?? 0) }) : "";
    this.element = el(
      "section",
      "hall-scene hall-title",
      el("h1", "hall-title__number", first),
      ...rest.map((line) => el("p", "hall-title__line", line)),
      floor ? el("p", "hall-title__floor", floor) : null,
    );
    this.element.toggleAttribute("data-bell", view.question?.bell === true);
  }
}
