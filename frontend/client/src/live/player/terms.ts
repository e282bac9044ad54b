/** The rules of the round in a few plain lines, folded in the lobby: how answers count and how places are made. */
import { wholeNumber } from "../../shared/format";
import type { PlayerView } from "../messages.gen";
import { el } from "./dom";
import type { Words } from "./model";

export function terms(view: PlayerView, words: Words): HTMLElement {
  const lines = termLines(view, words).map((text) => el("li", {}, text));
  return el("details", { class: "fold live-terms" }, el("summary", {}, words("terms")), el("ul", {}, ...lines));
}

export function termLines({ round }: PlayerView, words: Words): string[] {
  const chain = round.chain.map((name) => words(`chain-${name}`)).filter(Boolean);
  return [
    words(round.answer === "last" ? "terms-last" : "terms-first"),
    ...modeLines(round, words),
    chain.length > 0 ? words("terms-chain", { chain: chain.join("; ") }) : "",
    round.lag_ms ? words("terms-lag", { ms: round.lag_ms }) : "",
  ].filter(Boolean);
}

function modeLines({ mode, terms: set = {} }: PlayerView["round"], words: Words): string[] {
  const { best_of: best = 0, penalty = 0, streak_step: step = 0 } = set;
  switch (mode) {
    case "game":
      return [set.speed ? words("terms-speed") : "", step > 0 ? words("terms-streak", { points: wholeNumber(step) }) : ""];
    case "teams":
      if (set.team_answers === "captain" || set.team_answers === "majority") {
        return [words(`terms-${set.team_answers}`)];
      }
      return [best > 0 ? words("terms-best", { count: best }) : words("terms-members")];
    case "bell":
      return [set.last ? words("terms-bell", { count: set.last }) : ""];
    case "buzzer":
      return [
        words("terms-buzzer", { seconds: set.answer_s ?? 0, ms: set.tie_ms ?? 0 }),
        set.early ? words("terms-early") : "",
        penalty > 0 ? words("terms-penalty", { points: wholeNumber(penalty) }) : "",
        set.skip_next ? words("terms-skip") : "",
      ];
    default:
      return [];
  }
}
