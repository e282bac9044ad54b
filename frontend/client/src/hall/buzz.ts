/** The buzzer: who answers now, or a declared tie for the jury. */
import type { ProjectorView } from "../live/messages.gen";
import { el } from "./dom";
import type { Words } from "./model";

export function buzzPanel(view: ProjectorView, words: Words): HTMLElement | null {
  const names = view.buzz?.names ?? [];
  if (view.phase !== "judging" || names.length === 0) {
    return null;
  }
  const tie = names.length > 1;
  const panel = el(
    "div",
    "hall-buzz",
    el("p", "hall-buzz__lead", words(tie ? "buzz-tie" : "buzz-first")),
    el("ul", "hall-buzz__names", ...names.map((name) => el("li", "hall-buzz__name", name))),
  );
  panel.toggleAttribute("data-tie", tie);
  return panel;
}
