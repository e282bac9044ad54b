/** The buzzer: who answers now, or a declared tie for the jury. */
import type { ProjectorView } from "../live/messages.gen";
import { wholeNumber } from "../shared/format";
import { el } from "./dom";
import type { Words } from "./model";

export function buzzPanel(view: ProjectorView, words: Words): HTMLElement | null {
  const { names = [], more = 0 } = view.buzz ?? {};
  if (view.phase !== "judging" || names.length === 0) {
    return null;
  }
  const tie = names.length > 1;
  const others = more > 0 ? el("li", "hall-buzz__name", words("and-more", { more: wholeNumber(more) })) : null;
  const panel = el(
    "div",
    "hall-buzz",
    el("p", "hall-buzz__lead", words(tie ? "buzz-tie" : "buzz-first")),
    el("ul", "hall-buzz__names", ...names.map((name) => el("li", "hall-buzz__name", name)), others),
  );
  panel.toggleAttribute("data-tie", tie);
  return panel;
}
