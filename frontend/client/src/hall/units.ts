/** The ranking of units beside the podium: equal ones have the same number, one below the other. */
import type { ProjectorView } from "../live/messages.gen";
import { unitPoints } from "../live/points";
import { wholeNumber } from "../shared/format";
import { el } from "./dom";
import type { Words } from "./model";

export function unitTable({ units = [], round }: ProjectorView, words: Words): HTMLElement[] {
  if (units.length === 0) {
    return [];
  }
  const rows = units.map((unit) => {
    const row = el(
      "li",
      "hall-row",
      el("span", "hall-row__rank", String(unit.rank)),
      el("span", "hall-units__name", unit.name),
      el("span", "hall-row__points", unitPoints(unit.points)),
    );
    row.dataset["rank"] = String(unit.rank);
    return row;
  });
  const rule = words("units-rule", { count: wholeNumber(round.units_best_of ?? 0) });
  return [
    el("h2", "hall-units__title", words("units"), " ", el("span", "hall-units__rule", rule)),
    el("ol", "hall-board__rows hall-board__rows--short", ...rows),
  ];
}
