/** What became of the own answer, in words: sent, on disk, on its way again, refused. Only the server's word makes it green. */
import { timeInVietnam } from "../../shared/format";
import { el, put, sign, type Sign, write } from "./dom";
import type { Answering, Deeds, Model, Words } from "./model";
import { isBuzzer } from "./model";
import type { Part } from "./part";

const SIGNS: Readonly<Record<Answering["state"], Sign | null>> = {
  free: null,
  sending: "wait",
  late: "alert",
  recorded: "right",
  refused: "alert",
};

export function status(model: Model, deeds: Deeds): Part {
  const picture = el("span", { class: "live-status__sign" });
  const text = el("span", { class: "live-status__text" });
  const again = el("button", { class: "button button--small live-status__again", type: "button" }, model.words("retry"));
  const element = el("div", { class: "live-status" }, picture, text, again);
  let answering = model.answering;
  again.addEventListener("click", () => (answering.state === "late" ? deeds.retry() : deeds.give(answering.value)));
  const update = (next: Model): void => {
    const before = answering.state;
    answering = next.answering;
    write(text, statusWords(next, next.words));
    put(element, "data-state", isBeaten(next) ? "free" : answering.state);
    element.hidden = text.textContent === "";
    again.hidden = !answering.again || next.timing === "paused" || (answering.state === "refused" && !next.mayAnswer);
    if (before !== answering.state || isBeaten(next) || picture.childNodes.length === 0) {
      const name = SIGNS[isBeaten(next) ? "free" : answering.state];
      picture.replaceChildren(...(name === null ? [] : [sign(name)]));
    }
  };
  update(model);
  return { element, update };
}

export function statusWords({ answering, room, link }: Model, words: Words): string {
  switch (answering.state) {
    case "free":
      return room.me?.watching ? words("watching") : room.me?.locked && isBuzzer(room.view) ? words("locked-out") : "";
    case "sending":
      return words("sending");
    case "late":
      return words(room.view.clock?.paused ? "late-paused" : link === "open" ? "late" : "late-offline");
    case "recorded": {
      if (isBeaten({ answering, room })) {
        return words("beaten");
      }
      const time = timeInVietnam(new Date(answering.at).toISOString());
      return words(isBuzzer(room.view) ? "pressed" : "recorded", { time, receipt: answering.receipt });
    }
    case "refused":
      return answering.text;
  }
}

/** Pressed the buzzer, and answered wrong: the press is on disk, and over. */
export function isBeaten({ answering, room }: Pick<Model, "answering" | "room">): boolean {
  return answering.state === "recorded" && isBuzzer(room.view) && room.me?.locked === true;
}
