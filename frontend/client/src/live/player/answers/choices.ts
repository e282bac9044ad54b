/** Big targets with colour, shape, letter and the whole text: one choice at a tap, several with a button to send. */
import { markOf, shapeOf } from "../../option-marks";
import type { OptionView } from "../../messages.gen";
import { el, put } from "../dom";
import type { Deeds, Model, Words } from "../model";
import type { Form } from "../part";

const LONG = 48;

export function choices(model: Model, deeds: Deeds): Form {
  const { question } = model.room.view;
  const options = question?.options ?? [];
  const several = question?.kind === "multi";
  let now = model;
  let chosen = new Set<string>(keysIn(model.answering.value));
  const targets = options.map((option, index) => target(textOf(option, question?.kind, model.words), index, several));
  const grid = el("div", { class: "live-targets", role: "group", "aria-label": model.words("options") }, ...targets);
  put(grid, "data-long", options.some(({ text }) => text.length > LONG));
  const send = several && el("button", { class: "button button--primary button--wide live-send", type: "button" }, model.words("send"));
  const hint = several && el("p", { class: "live-hint" }, model.words("choose-all"));
  const press = (index: number): void => {
    const key = options[index]?.key;
    if (key === undefined || !now.mayAnswer) {
      return;
    }
    if (!several) {
      if (!(now.answering.value === key && now.answering.state !== "refused")) {
        deeds.give(key);
      }
      return;
    }
    chosen = new Set(chosen.has(key) ? [...chosen].filter((one) => one !== key) : [...chosen, key]);
    draw();
  };
  targets.forEach((button, index) => button.addEventListener("click", () => press(index)));
  if (send) {
    send.addEventListener("click", () => chosen.size > 0 && now.mayAnswer && deeds.give(inOrder(options, chosen)));
  }
  const draw = (): void => {
    const given = new Set(several ? chosen : keysIn(now.answering.value));
    targets.forEach((button, index) => {
      const isChosen = given.has(options[index]?.key ?? "");
      put(button, "aria-pressed", String(isChosen));
      put(button, "aria-disabled", now.mayAnswer ? null : "true");
      put(button, "data-state", isChosen ? "chosen" : given.size > 0 && !several ? "other" : now.mayAnswer ? null : "shut");
    });
    if (send) {
      const same = now.answering.state !== "refused" && sameKeys(now.answering.value, inOrder(options, chosen));
      send.hidden = !now.mayAnswer || same;
      send.disabled = chosen.size === 0;
    }
  };
  draw();
  return {
    element: el("div", { class: "live-answer" }, hint, grid),
    send: send || null,
    update: (next) => {
      // A reconnection brings the same answer as another list: what was picked since then stays.
      const isNews = next.answering.value !== null && !sameAnswer(next.answering.value, now.answering.value);
      now = next;
      chosen = isNews && several ? new Set(keysIn(next.answering.value)) : chosen;
      draw();
    },
    key: (key) => {
      const index = /^[1-9]$/.test(key) ? Number(key) - 1 : key.toUpperCase().charCodeAt(0) - 65;
      const found = key.length === 1 ? targets[index] : undefined;
      found?.focus();
      press(index);
      return found !== undefined;
    },
  };
}

/** Right and wrong are said in the reader's language; every other option as it was written. */
export function textOf(option: OptionView, kind: string | undefined, words: Words): string {
  return kind === "truefalse" ? words(option.key === "true" ? "true" : "false") : option.text;
}

/** The keys that an answer holds. */
export function keysIn(value: unknown): string[] {
  return typeof value === "string" ? [value] : Array.isArray(value) ? value.filter((key) => typeof key === "string") : [];
}

function target(text: string, index: number, several: boolean): HTMLButtonElement {
  const mark = markOf(index);
  const face = el("span", { class: "opt__mark" });
  face.append(shapeOf(mark), el("span", { class: "opt__letter" }, mark.letter));
  const tick = el("span", { class: "live-target__tick", "aria-hidden": "true" });
  return el("button", { class: `live-target opt ${mark.css}`, type: "button", "data-several": several }, face, el("span", { class: "live-target__text" }, text), tick);
}

function inOrder(options: readonly OptionView[], chosen: ReadonlySet<string>): string[] {
  return options.map(({ key }) => key).filter((key) => chosen.has(key));
}

function sameAnswer(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && sameKeys(other, keysIn(one)));
}

function sameKeys(value: unknown, keys: readonly string[]): boolean {
  return Array.isArray(value) && value.length === keys.length && keys.every((key) => value.includes(key));
}
