/** The rules in a few lines, for the lobby: mode, what counts, the chain, the bound of the lag, the mode's own rules. */
import type { RoundView } from "../live/messages.gen";
import { modeLines } from "../live/terms";
import { wholeNumber } from "../shared/format";
import { ARROW, type Child, el, sign } from "./dom";
import type { Words } from "./model";

const CHAIN = ["points", "right", "time", "floor"];
const MODES = ["official", "game", "teams", "bell", "buzzer"];

/** "Xếp hạng: nhiều câu đúng hơn → ít thời gian hơn; bằng nhau đồng hạng". The arrow is drawn: few fonts have one. */
export function chainOf(round: RoundView, words: Words): HTMLElement {
  const steps = round.chain.filter((code) => CHAIN.includes(code)).map((code) => words(`chain-${code}`));
  const [before = "", after = ""] = words("chain", { steps: "\n" }).split("\n");
  const parts = steps.flatMap((step, index) => (index === 0 ? [step] : [" ", sign(ARROW), " ", step]));
  return el("span", "hall-chain", before, ...parts, after);
}

export function modeOf(round: RoundView, words: Words): string {
  return MODES.includes(round.mode) ? words(`mode-${round.mode}`) : round.mode;
}

export function rulesPanel(round: RoundView, words: Words): HTMLElement {
  const lines: Child[] = [
    words("rules-size", { questions: wholeNumber(round.questions), seconds: wholeNumber(round.seconds) }),
    round.mode === "buzzer" ? "" : words(round.answer === "last" ? "rules-last" : "rules-first"),
    chainOf(round, words),
    round.units_best_of ? words("rules-units", { count: wholeNumber(round.units_best_of) }) : "",
    round.lag_ms ? words("rules-lag", { ms: wholeNumber(round.lag_ms) }) : "",
    round.game ? words("rules-game") : "",
    ...modeLines(round, words),
  ];
  const items = lines.filter(Boolean).map((line) => el("li", "", line));
  const panel = el(
    "aside",
    "hall-rules",
    el("h2", "hall-rules__title", words("rules"), " ", el("span", "hall-rules__mode", modeOf(round, words))),
    el("ul", "hall-rules__lines", ...items),
  );
  panel.dataset["size"] = "large";
  return panel;
}
