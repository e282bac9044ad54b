/** What the server found wrong, shown where it is wrong: a sentence in the question and its fields marked invalid. */

type Control = HTMLInputElement | HTMLSelectElement;

/** Shows the sentence at the end of the place, once; a screen reader finds it from every field. */
export function showFault(place: HTMLElement, words: string): void {
  const line = place.querySelector<HTMLElement>("[data-fault]") ?? place.appendChild(faultLine(place));
  line.textContent = words;
  for (const control of controlsOf(place)) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", line.id);
  }
}

export function clearFault(place: HTMLElement): void {
  place.querySelector("[data-fault]")?.remove();
  for (const control of controlsOf(place)) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}

/** Brings the first field of the place under the eyes and the keyboard. */
export function goTo(place: HTMLElement): void {
  controlsOf(place)[0]?.focus();
  place.scrollIntoView?.({ block: "center" });
}

function controlsOf(place: HTMLElement): Control[] {
  return [...place.querySelectorAll<Control>("input, select")];
}

function faultLine(place: HTMLElement): HTMLElement {
  const line = document.createElement("p");
  line.className = "field__error";
  line.id = `${place.id}-fault`;
  line.dataset["fault"] = "";
  return line;
}
