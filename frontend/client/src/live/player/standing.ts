/** Own rank and points, and the one ahead with the gap; nothing while ranks are hidden. */
import { wholeNumber } from "../../shared/format";
import type { ResultView } from "../messages.gen";
import { el } from "./dom";
import { type Model, teamName } from "./model";
import { boardPoints } from "../points";

export function standing({ words, room }: Model, result: ResultView): HTMLElement[] {
  const rank = result.rank ?? 0;
  const total = words("total", { points: boardPoints(result.total, room.view.round) });
  const whose = room.me?.team ? words("team", { team: teamName(room.me.team) }) : "";
  if (rank === 0) {
    return [el("p", { class: "live-standing" }, [whose, total].filter(Boolean).join(" · "))];
  }
  const place = words("rank", { rank: wholeNumber(rank), of: wholeNumber(result.of ?? rank) });
  const line = el("p", { class: "live-standing" }, el("strong", {}, place), ` · ${[total, whose].filter(Boolean).join(" · ")}`);
  return [line, el("p", { class: "live-ahead" }, ahead(result, { room, words }))];
}

export function ahead(result: ResultView, { room, words }: Pick<Model, "room" | "words">): string {
  if ((result.rank ?? 0) === 1) {
    return (result.total ?? 0) > 0 ? words("leading") : ""; // before the first points everybody is
  }
  const facts = { name: result.ahead ?? "", points: boardPoints(result.gap, room.view.round) };
  return result.ahead ? words((result.gap ?? 0) > 0 ? "behind" : "level", facts) : "";
}
