/** The end: one's own card, to be kept as a picture, with what still may change. */
import { boardDuration, wholeNumber } from "../../shared/format";
import { appeal } from "./appeal";
import { provisional, rows } from "./board";
import { el } from "./dom";
import { type Deeds, type Model, teamName } from "./model";
import { objected } from "./objections";
import type { Part } from "./part";
import { boardPoints } from "../points";

export function final(model: Model, deeds: Deeds): Part {
  const place = el("div", { class: "live-final" });
  const last = model.room.me?.result?.run ?? 0;
  const objection = appeal(model, deeds, last);
  const told = objected(model);
  const element = el("div", { class: "live-scene" }, el("h1", { class: "live-title" }, model.words("ended")), place, told.element, objection.element);
  let drawn = "";
  const update = (next: Model): void => {
    const { view, me } = next.room;
    const depends = JSON.stringify([view.verdict, view.board, me]);
    if (depends !== drawn) {
      drawn = depends;
      place.replaceChildren(card(next), ...rows(next));
    }
    told.update(next);
    objection.update(next);
    objection.element.hidden ||= view.verdict === "published";
  };
  update(model);
  return { element, update };
}

function card(model: Model): HTMLElement {
  const { words, room } = model;
  const { me, view } = model.room;
  const result = me?.result ?? null;
  const facts: [string, string][] = [];
  if (result !== null) {
    const rank = result.rank ?? 0;
    facts.push(...(rank > 0 ? ([[words("fact-rank"), `${wholeNumber(rank)}/${wholeNumber(result.of ?? rank)}`]] as [string, string][]) : []));
    // A team's right answers are those of all its members.
    const of = me?.team ? "" : `/${wholeNumber(view.round.questions)}`;
    facts.push([words("fact-right"), `${wholeNumber(result.rights ?? 0)}${of}`]);
    facts.push([words("fact-points"), boardPoints(result.total, view.round)]);
    facts.push([words("fact-time"), boardDuration(result.total_ms ?? 0)]);
  }
  const { unit_rank: place = 0, units = 0 } = me ?? {};
  if (place > 0) {
    facts.push([words("fact-unit"), `${wholeNumber(place)}/${wholeNumber(units)}`]);
  }
  const list = facts.map(([label, value]) => el("div", { class: "live-fact" }, el("dt", {}, label), el("dd", { class: "number" }, value)));
  return el(
    "section",
    { class: "live-card live-card--final" },
    el("p", { class: "live-final__round" }, room.view.round.title),
    el("p", { class: "live-name" }, me?.name ?? ""),
    el("p", { class: "live-place" }, [words("seat", { seat: me?.seat ?? 0 }), me?.unit ?? "", me?.team ? words("team", { team: teamName(me.team) }) : ""].filter(Boolean).join(" · ")),
    provisional(model),
    facts.length > 0 ? el("dl", { class: "live-facts" }, ...list) : el("p", { class: "muted" }, words("no-result")),
  );
}
