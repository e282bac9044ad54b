/** Nothing: the hall looks at the stage. */
import { el } from "./dom";
import type { Model } from "./model";
import type { Scene } from "./scene";

export class BlankScene implements Scene {
  readonly element: HTMLElement;

  constructor({ view }: Model) {
    this.element = el("section", "hall-scene hall-blank", el("h1", "visually-hidden", view.round.title));
  }
}
