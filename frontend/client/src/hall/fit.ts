/**
 * Text that must not overflow: a size step as a class, fit-0 (largest) to fit-11. The first guess comes from the lengths
 * alone; where the browser can measure, steps are taken until everything fits. What the smallest step has no room for is
 * cut to whole lines with an ellipsis where it can be spared, so that everything else stands.
 */

export const STEPS = 12;

/** Texts that can be cut, by how soon: the reason before the lines of an answer or of a question. */
const SPARED = ["first", "then"] as const;
const LINES = [20, 14, 10, 8, 6, 5, 4, 3, 2, 1];

/** Marks a text that may be cut to fewer lines. */
export function spared<T extends HTMLElement>(element: T, when: (typeof SPARED)[number]): T {
  element.dataset["spared"] = when;
  return element;
}

/** A step for a question of so many characters with options of so many each. */
export function guess(stem: number, options: readonly number[] = []): number {
  const longest = Math.max(0, ...options);
  const rows = Math.ceil(options.length / 2);
  const load = stem / 70 + rows * Math.max(1, longest / 45);
  const bounds = [4, 5.5, 7, 9, 12, 15, 18, 22, 27, 33, 40];
  return bounds.filter((bound) => load > bound).length;
}

/** Sets the step and, in a browser that has laid the page out, corrects it; false while nothing can be measured. */
export function fit(box: HTMLElement, first: number): boolean {
  let step = Math.min(first, STEPS - 1);
  setStep(box, step);
  whole(box);
  if (box.clientHeight === 0) {
    return false;
  }
  while (step > 0 && !overflows(box)) {
    step -= 1;
    setStep(box, step);
  }
  while (step < STEPS - 1 && overflows(box)) {
    step += 1;
    setStep(box, step);
  }
  cut(box);
  return true;
}

function whole(box: HTMLElement): void {
  for (const when of SPARED) {
    box.toggleAttribute(`data-cut-${when}`, false);
  }
}

function cut(box: HTMLElement): void {
  for (const when of SPARED) {
    for (const lines of LINES) {
      if (!overflows(box)) {
        return;
      }
      box.toggleAttribute(`data-cut-${when}`, true);
      box.style.setProperty(`--lines-${when}`, String(lines));
    }
  }
}

function overflows(box: HTMLElement): boolean {
  const inner = [box, ...box.querySelectorAll<HTMLElement>("[data-fits]")];
  return inner.some((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
}

function setStep(box: HTMLElement, step: number): void {
  for (let other = 0; other < STEPS; other += 1) {
    box.classList.toggle(`fit-${other}`, other === step);
  }
}

/** Fits anew whenever the box changes its size: another screen, full screen, a picture that has come. */
export class Fitted {
  private readonly observer: ResizeObserver | null;
  private readonly box: HTMLElement;
  private readonly fonts: () => void;
  private readonly pictures = (): void => this.again();
  private first = 0;
  private measured = false;

  constructor(box: HTMLElement) {
    this.box = box;
    this.observer = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.again()) : null;
    this.observer?.observe(box);
    box.addEventListener("load", this.pictures, true); // does not bubble: a picture inside has its size only now
    this.fonts = onFonts(() => this.again());
  }

  to(first: number): void {
    this.first = first;
    this.again();
  }

  /** Measures what could not be measured when it was made: before it stood on the page. */
  settle(): void {
    if (!this.measured) {
      this.again();
    }
  }

  again(): void {
    this.measured = fit(this.box, this.first);
  }

  leave(): void {
    this.observer?.disconnect();
    this.box.removeEventListener("load", this.pictures, true);
    this.fonts();
  }
}

/** Calls back whenever a font has come, for then every text has another size; the result ends it. */
export function onFonts(changed: () => void): () => void {
  document.fonts?.addEventListener?.("loadingdone", changed);
  return () => document.fonts?.removeEventListener?.("loadingdone", changed);
}
