/** The rules of the round in a few plain lines, folded in the lobby: how answers count and how places are made. */
import type { PlayerView } from "../messages.gen";
import { modeLines } from "../terms";
import { el } from "./dom";
import type { Words } from "./model";

export function terms(view: PlayerView, words: Words): HTMLElement {
  const lines = termLines(view, words).map((text) => el("li", {}, text));
  return el("details", { class: "fold live-terms" }, el("summary", {}, words("terms")), el("ul", {}, ...lines));
}

export function termLines({ round }: PlayerView, words: Words): string[] {
  const chain = round.chain.map((name) => words(`chain-${name}`)).filter(Boolean);
  return [
    round.mode === "buzzer" ? "" : words(round.answer === "last" ? "terms-last" : "terms-first"),
    ...modeLines(round, words),
    chain.length > 0 ? words("terms-chain", { chain: chain.join("; ") }) : "",
    round.units_best_of ? words("terms-units", { count: round.units_best_of }) : "",
    round.lag_ms ? words("terms-lag", { ms: round.lag_ms }) : "",
  ].filter(Boolean);
}
