/** The signs of the phone, and what makes elements. */
export { type Child, el, put, write } from "../../shared/dom";

const SVG = "http://www.w3.org/2000/svg";
const SIGNS = {
  right: "M5 12.5l4.5 4.5L19 7.5",
  wrong: "M6 6l12 12M18 6L6 18",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3 2",
  pause: "M9 5v14M15 5v14",
  wait: "M6 3h12M6 21h12M7 3c0 6 10 6 10 9s-10 3-10 9",
  alert: "M12 4l9 16H3zM12 10v4M12 17.2v.1",
  eye: "M2 12s4-6.5 10-6.5S22 12 22 12s-4 6.5-10 6.5S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4",
} as const;
export type Sign = keyof typeof SIGNS;

/** A drawing beside words, for the eye alone. */
export function sign(name: Sign): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" };
  Object.entries(attributes).forEach(([key, value]) => picture.setAttribute(key, value));
  const lines = document.createElementNS(SVG, "path");
  lines.setAttribute("d", SIGNS[name]);
  picture.append(lines);
  return picture;
}

/** Takes the focus, so that whoever listens, or goes by keys, is not thrown to the top when what had it is gone. */
export function land(element: HTMLElement | null | undefined): void {
  if (element) {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }
}

/** Makes a change; when it hides or shuts what had the focus, the focus lands on `place`. */
export function holdingFocus(within: Element, change: () => void, place: () => HTMLElement | null): void {
  const held = document.activeElement;
  const isInside = held !== null && within.contains(held);
  change();
  if (isInside && (document.activeElement === document.body || held.closest("[hidden], :disabled") !== null)) {
    land(place());
  }
}

/** An element whose content is made anew only when what it depends on has changed. */
export class Drawn {
  private readonly element: HTMLElement;
  private drawn = "";

  constructor(element: HTMLElement) {
    this.element = element;
  }

  draw(depends: unknown, make: () => HTMLElement[]): void {
    const key = JSON.stringify(depends);
    if (key !== this.drawn) {
      this.drawn = key;
      this.element.replaceChildren(...make());
    }
  }
}
