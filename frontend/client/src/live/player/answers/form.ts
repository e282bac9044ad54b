import type { Deeds, Model } from "../model";
import { isBuzzer } from "../model";
import type { Form, MakeForm } from "../part";
import { buzzer } from "./buzzer";
import { choices } from "./choices";
import { matching } from "./matching";
import { ordering } from "./ordering";
import { written } from "./written";

const FORMS: Readonly<Record<string, MakeForm>> = { fill: written, order: ordering, match: matching };

/** The way to answer the question that is shown, by its kind. */
export function answerForm(model: Model, deeds: Deeds): Form {
  if (isBuzzer(model.room.view)) {
    return buzzer(model, deeds);
  }
  return (FORMS[model.room.view.question?.kind ?? ""] ?? choices)(model, deeds);
}
