/** Making and changing elements from data: text only, never markup. */

export type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element with attributes (true: present, false and null: absent) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    set(element, name, value);
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function set(element: Element | null | undefined, name: string, value: string | number | boolean | null | undefined): void {
  if (!element) {
    return;
  }
  if (value === false || value === null || value === undefined) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== (value === true ? "" : String(value))) {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Writes text where it differs, so that nothing is read aloud or drawn anew without need. */
export function write(place: Element | null | undefined, text: string): void {
  if (place && place.textContent !== text) {
    place.textContent = text;
  }
}

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
