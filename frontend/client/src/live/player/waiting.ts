/** Scenes in which the person waits: lobby, title, reading, slide, the jury listening, the close. */
import { wholeNumber } from "../../shared/format";
import { answerForm } from "./answers/form";
import { el, holdingFocus, put, sign, write } from "./dom";
import { linesOf } from "./given";
import type { Deeds, Model } from "./model";
import { countedOf, isBuzzer, labelsOf, pressesEarly, teamName } from "./model";
import { type Part, still, together } from "./part";
import { questionHead, questionMedia, questionStem } from "./question";
import { status } from "./status";
import { terms } from "./terms";

export function lobby(model: Model): Part {
  const { words } = model;
  const name = el("p", { class: "live-name" });
  const place = el("p", { class: "live-place" });
  const team = el("p", { class: "live-team" });
  const { round } = model.room.view;
  const facts = el("p", { class: "muted" }, words(`mode-${round.mode}`, { count: round.questions }));
  const joined = el("p", { class: "muted" });
  const here = el("p", { class: "live-here" }, sign("right"), words("in-room"));
  const card = el("div", { class: "live-card live-card--middle" }, here, name, place, team);
  const wait = el("p", { class: "live-wait" }, words("wait-start"));
  const update = ({ room: { me, view } }: Model): void => {
    write(name, me?.name ?? "");
    write(place, words("seat", { seat: me?.seat ?? 0 }) + (me?.unit ? ` · ${me.unit}` : ""));
    write(team, me?.team ? words(me.captain ? "team-captain" : "team", { team: teamName(me.team) }) : "");
    team.hidden = !me?.team;
    write(joined, words("joined", { count: wholeNumber(view.joined ?? 0) }));
  };
  update(model);
  return { element: el("div", { class: "live-scene live-scene--middle" }, heading(round.title), card, wait, facts, joined, terms(model.room.view, words)), update };
}

export function title(model: Model): Part {
  const [name = "", ...rest] = labelsOf(model.room.view, model.words);
  const labels = rest.map((label) => el("li", {}, label));
  const card = el("div", { class: "live-scene live-scene--middle" }, el("h1", { class: "live-title" }, name));
  card.append(el("ul", { class: "live-title__labels", role: "list" }, ...labels));
  return still(card);
}

/** The question alone; at the buzzer one may press already where the rules say so. */
export function reading(model: Model, deeds: Deeds): Part {
  const parts = [...heads(model).element.children].map((child) => still(child as HTMLElement));
  const early = pressesEarly(model.room.view);
  parts.push(still(el("p", { class: "live-wait" }, model.words(isBuzzer(model.room.view) ? "reading-buzzer" : "reading"))));
  if (early) {
    parts.push(answerForm(model, deeds), status(model, deeds));
  }
  return together(el("div", { class: "live-scene" }), parts);
}

export function open(model: Model, deeds: Deeds): Part {
  const form = answerForm(model, deeds);
  const line = status(model, deeds);
  const soon = el("p", { class: "live-wait" }, model.words("get-ready"));
  // One box that stays in reach: what became of the answer never lies over the button that sends it.
  const reach = el("div", { class: "live-reach" }, form.send, line.element);
  const place = el("div", { class: "live-foot" }, form.element, reach);
  const element = el("div", { class: "live-scene live-scene--question" }, ...heads(model).element.children, soon, place);
  const update = (next: Model): void => {
    soon.hidden = next.timing !== "waiting";
    place.hidden = next.timing === "waiting";
    const change = (): void => [form, line].forEach((part) => part.update(next));
    holdingFocus(element, change, () => (line.element.hidden ? element.querySelector("h1") : line.element));
  };
  update(model);
  const key = (pressed: string): boolean => !place.hidden && (form.key?.(pressed) ?? false);
  return { element, update, key };
}

/** Nothing can be given any more: only what the server has on disk is called one's answer. */
export function closed(model: Model, deeds: Deeds): Part {
  const { words, room } = model;
  const buzzed = isBuzzer(room.view);
  const over = el("p", { class: "live-over" }, sign(buzzed ? "bell" : "clock"), words(overName(model)));
  const given = el("div", { class: "live-card" });
  const none = el("p", { class: "live-wait" }, words("no-answer"));
  const line = status(model, deeds);
  const wait = el("p", { class: "muted" }, words("wait-reveal"));
  const update = (next: Model): void => {
    const { room, answering } = next;
    const lines = buzzed ? [] : linesOf(room.view.question, countedOf(room)?.value, words);
    given.replaceChildren(el("p", { class: "muted" }, words("your-answer")), ...lines.map((text) => el("p", { class: "live-given" }, text)));
    given.hidden = lines.length === 0;
    const isOut = answering.state === "free" || answering.state === "refused";
    none.hidden = buzzed || room.me?.watching === true || countedOf(room) !== null || !isOut;
    line.update(next);
  };
  update(model);
  return { element: el("div", { class: "live-scene" }, ...heads(model).element.children, over, given, none, line.element, wait), update };
}

/** The name of the words for a question that has closed: at the buzzer it was the jury, or the time. */
export function overName({ room }: Pick<Model, "room">): string {
  return isBuzzer(room.view) ? "buzz-over" : "time-up";
}

export function slide({ room }: Model): Part {
  const { stem = "", text = "" } = room.view.question ?? {};
  const lines = text.split("\n").filter(Boolean);
  return still(el("div", { class: "live-scene live-scene--middle" }, heading(stem), ...lines.map((line) => el("p", { class: "live-slide" }, line))));
}

/** Somebody was first at the buzzer and speaks; several are a tie that the jury decides. */
export function judging(model: Model): Part {
  const text = el("p", { class: "live-judged" });
  const head = heads(model).element;
  const element = el("div", { class: "live-scene" }, ...head.children, el("div", { class: "live-card live-card--middle" }, sign("bell"), text));
  const update = (next: Model): void => {
    put(element, "data-mine", isFirst(next));
    write(text, turnWords(next));
  };
  update(model);
  return { element, update };
}

/** Whether oneself was first at the buzzer, alone or with others. */
export function isFirst({ room: { view, me } }: Pick<Model, "room">): boolean {
  return me !== null && (me.first === true || (view.buzz?.ids ?? []).includes(me.id));
}

/** Whose turn it is to speak. */
export function turnWords(model: Model): string {
  const { room, words } = model;
  const { ids = [], names = [], more = 0 } = room.view.buzz ?? {};
  const listed = more > 0 ? words("buzz-more", { names: names.join(", "), more }) : names.join(", ");
  const tie = ids.length > 1;
  return words(isFirst(model) ? (tie ? "buzz-tie-own" : "buzz-own") : tie ? "buzz-tie" : "buzz-other", { names: listed });
}

/** Sent out of the room. */
export function gone({ room, words }: Model): Part {
  const banned = room.me?.status === "banned";
  const text = el("p", {}, words(banned ? "banned" : "kicked"));
  return still(el("div", { class: "live-scene live-scene--middle" }, heading(words("gone")), text));
}

function heads(model: Model): Part {
  const media = questionMedia(model);
  return still(el("div", {}, questionHead(model), questionStem(model), media));
}

function heading(text: string): HTMLElement {
  return el("h1", { class: "live-title" }, text);
}
