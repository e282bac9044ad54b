/** What the rules of a mode say besides answers, chain and clock, a line each: the same on phones and in the hall. */
import { wholeNumber } from "../shared/format";
import type { RoundView } from "./messages.gen";

type Words = (name: string, facts?: Record<string, string | number>) => string;

export function modeLines({ mode, terms: set = {} }: RoundView, words: Words): string[] {
  const { best_of: best = 0, penalty = 0, streak_step: step = 0 } = set;
  const lines: Record<string, () => string[]> = {
    game: () => [set.speed ? words("terms-speed") : "", step > 0 ? words("terms-streak", { points: wholeNumber(step) }) : ""],
    teams: () =>
      set.team_answers === "captain" || set.team_answers === "majority"
        ? [words(`terms-${set.team_answers}`), words("terms-removed")]
        : [best > 0 ? words("terms-best", { count: best }) : words("terms-members"), words("terms-mean")],
    bell: () => [
      words(set.all_out === "leave" ? "terms-all-leave" : "terms-all-stay"),
      set.last ? words(set.to_bell ? "terms-to-bell" : "terms-bell", { count: set.last }) : "",
      words(set.late_floor ? "terms-late-on" : "terms-late-off"),
      set.grace ? words("terms-grace") : "",
    ],
    buzzer: () => [
      words("terms-buzzer", { seconds: set.answer_s ?? 0, ms: set.tie_ms ?? 0 }),
      set.early ? words("terms-early") : "",
      set.strict ? words("terms-strict") : "",
      penalty > 0 ? words(set.floor ? "terms-penalty-floor" : "terms-penalty", { points: wholeNumber(penalty) }) : "",
      set.skip_next ? words("terms-skip") : "",
    ],
  };
  return (lines[mode]?.() ?? []).filter(Boolean);
}
