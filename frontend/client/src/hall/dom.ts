/** Elements made by code: text is only ever text, whatever a name or a question holds. */
export { write } from "../shared/dom";

export type Child = Node | string | null;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") {
    made.className = className;
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(name: string, attributes: Record<string, string | number>, ...children: Node[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** A picture of one outline in a box of 24 by 24, for the eye alone. */
export function sign(path: string, className = "hall-sign"): SVGElement {
  return svg("svg", { viewBox: "0 0 24 24", class: className, "aria-hidden": "true" }, svg("path", { d: path }));
}

export const TICK = "M9.2 19.5L2 12.3l3-3 4.2 4.2L19 3.7l3 3z";
export const CROSS = "M5 2l7 7 7-7 3 3-7 7 7 7-3 3-7-7-7 7-3-3 7-7-7-7z";
export const ARROW = "M13 4l8 8-8 8-2.2-2.2 4.2-4.2H3v-3.2h12l-4.2-4.2z";
export const LOCK = "M6 10V7a6 6 0 0 1 12 0v3h2v12H4V10zm3 0h6V7a3 3 0 0 0-6 0z";

/** A place that is drawn anew only when what it depends on has changed. */
export class Part {
  readonly element: HTMLElement;
  private drawn = "";

  constructor(element: HTMLElement) {
    this.element = element;
  }

  /** The next `draw` draws in any case. */
  reset(): void {
    this.drawn = "";
  }

  draw(depends: unknown, make: () => Child | Child[]): boolean {
    const key = JSON.stringify(depends) ?? "";
    if (key === this.drawn) {
      return false;
    }
    this.drawn = key;
    const made = make();
    this.element.replaceChildren(...[made].flat().filter((child) => child !== null));
    this.element.hidden = this.element.childNodes.length === 0;
    return true;
  }
}
