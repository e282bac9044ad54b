/** Registers a custom element once; a browser without custom elements keeps the plain page. */
export function define(name: string, element: CustomElementConstructor): void {
  if ("customElements" in window && !customElements.get(name)) {
    customElements.define(name, element);
  }
}
