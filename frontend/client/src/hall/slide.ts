/** An information slide between questions. */
import { el, Part } from "./dom";
import { Fitted, guess } from "./fit";
import { figureOf } from "./media";
import type { Model } from "./model";
import type { Scene } from "./scene";

export class SlideScene implements Scene {
  readonly element: HTMLElement;
  private readonly fitted: Fitted;

  constructor({ view, words, live }: Model) {
    const slide = view.question;
    const media = new Part(el("div", "hall-question__media"));
    media.draw(slide?.media ?? [], () => figureOf(slide?.media, words, live));
    const text = el("div", "hall-slide__text", slide?.text ?? "");
    const body = el("div", "hall-slide__body", el("h1", "hall-stem", slide?.stem ?? ""), text, media.element);
    this.element = el("section", "hall-scene hall-slide", body);
    this.fitted = new Fitted(body);
    this.fitted.to(guess((slide?.stem.length ?? 0) + (slide?.text?.length ?? 0)));
  }

  update(): void {
    this.fitted.settle();
  }

  leave(): void {
    this.fitted.leave();
  }
}
