import type { Deeds, Model } from "./model";

/** A piece of the screen: made once a scene, told of every change after that. */
export interface Part {
  element: HTMLElement;
  update(model: Model): void;
  /** A key was pressed that no field took; true when it meant something here. */
  key?(key: string): boolean;
}

/** A way to answer; `send`: the button that gives it, for the screen to keep in reach. */
export interface Form extends Part {
  send: HTMLElement | null;
}

export type MakeForm = (model: Model, deeds: Deeds) => Form;

export type MakePart = (model: Model, deeds: Deeds) => Part;

/** A piece that never changes within its scene. */
export function still(element: HTMLElement): Part {
  return { element, update: () => undefined };
}

/** Pieces one below the other. */
export function together(element: HTMLElement, parts: readonly Part[]): Part {
  element.append(...parts.map((part) => part.element));
  return {
    element,
    update: (model) => parts.forEach((part) => part.update(model)),
    key: (key) => parts.some((part) => part.key?.(key) ?? false),
  };
}
