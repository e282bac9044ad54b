/** The ranking of units, as host and jury see it from the podium on. */
import { boardDuration, wholeNumber } from "../../shared/format";
import type { UnitView } from "../messages.gen";
import { unitPoints } from "../points";
import { keyed, set, write } from "./dom";
import { rankingRow } from "./draw";
import type { Words } from "./words";

/** Rows: rank, name with the number of people, right answers, mean points, time. */
export function drawUnits(place: HTMLElement, units: readonly UnitView[], words: Words): void {
  keyed(place, units, (unit) => unit.name, rankingRow, (row, unit) => {
    set(row, "data-rank", unit.rank);
    const cells = row.children;
    write(cells[0], String(unit.rank));
    write(cells[1]?.children[0], unit.name);
    write(cells[1]?.children[1], words.say("unit.people", { count: wholeNumber(unit.people ?? 0) }));
    write(cells[2], wholeNumber(unit.right ?? 0));
    write(cells[3], unitPoints(unit.points));
    write(cells[4], boardDuration(unit.ms ?? 0));
  });
}
