/** What the desks do with elements, beside making them. */
export { type Child, el, put as set, write } from "../../shared/dom";

/** The element [data-slot=name] below `root`. */
export function slot<E extends HTMLElement = HTMLElement>(root: ParentNode, name: string): E | null {
  return root.querySelector<E>(`[data-slot="${name}"]`);
}

export function show(element: Element | null | undefined, visible: boolean): void {
  if (element instanceof HTMLElement && element.hidden === visible) {
    element.hidden = !visible;
  }
}

/**
 * Makes the children of `place` one for each entry, kept by key so that focus and selection stay; `update` fills a
 * child, old or new.
 */
export function keyed<T, E extends HTMLElement>(
  place: HTMLElement,
  entries: readonly T[],
  keyOf: (entry: T) => string,
  make: (entry: T) => E,
  update: (element: E, entry: T) => void,
): void {
  const old = new Map([...place.children].map((child) => [(child as HTMLElement).dataset["key"] ?? "", child as E]));
  const next = entries.map((entry) => {
    const key = keyOf(entry);
    const element = old.get(key) ?? make(entry);
    element.dataset["key"] = key;
    update(element, entry);
    return element;
  });
  const kept = new Set<Element>(next);
  for (const child of [...place.children]) {
    if (!kept.has(child)) {
      child.remove();
    }
  }
  next.forEach((element, index) => {
    if (place.children[index] !== element) {
      place.insertBefore(element, place.children[index] ?? null);
    }
  });
}
