/** Swapping the parts of a page that changed, and how often to ask. */

const SHORTEST_MS = 5_000;
/** A server that needs long for an answer is asked less often: at most one part in twenty of its time. */
const SHARE = 20;

/** Milliseconds until the next question, when the last one took `tookMs`. */
export function pace(tookMs: number): number {
  return Math.max(SHORTEST_MS, tookMs * SHARE);
}

/** Replaces each [data-part] of `page` by the one of the same name in `fresh`, unless the focus is inside or it is the same. */
export function swapParts(page: Element, fresh: ParentNode): void {
  for (const part of page.querySelectorAll("[data-part]")) {
    const name = part.getAttribute("data-part") ?? "";
    const found = fresh.querySelector(`[data-part="${name}"]`);
    if (found && !part.contains(document.activeElement) && part.innerHTML !== found.innerHTML) {
      part.replaceChildren(...[...found.childNodes].map((node) => document.importNode(node, true)));
    }
  }
}
