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
    put(element, name, value);
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** Sets an attribute where it differs: true is present and empty, false, null and undefined are absent. */
export function put(element: Element | null | undefined, name: string, value: string | number | boolean | null | undefined): void {
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
