/** One big button; the order is the server's to tell. */
import { el, put, sign } from "../dom";
import type { Deeds, Model } from "../model";
import type { Form } from "../part";
import { isBeaten } from "../status";

export function buzzer(model: Model, deeds: Deeds): Form {
  let now = model;
  const button = el("button", { class: "live-buzzer", type: "button" }, sign("bell"), model.words("buzz"));
  const press = (): void => {
    if (now.mayAnswer && now.answering.state !== "recorded") {
      deeds.give(true);
    }
  };
  button.addEventListener("click", press);
  const draw = (): void => {
    put(button, "aria-disabled", now.mayAnswer ? null : "true");
    put(button, "data-state", isBeaten(now) ? "free" : now.answering.state);
  };
  draw();
  return {
    element: el("div", { class: "live-answer" }, button),
    send: null,
    update: (next) => {
      now = next;
      draw();
    },
    key: (key) => {
      if (key === " " || key === "Enter") {
        press();
        return true;
      }
      return false;
    },
  };
}
