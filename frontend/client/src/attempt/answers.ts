/** Reads and writes the answers of the plain form: the one place that knows the field names of each kind. */

/** As the server stores it: text, keys, or pairs. "" and [] mean unanswered; null is never sent. */
export type Answer = string | string[] | [string, string][];

export interface Question {
  no: string;
  position: number;
  kind: string;
  element: HTMLElement;
}

type Field = HTMLInputElement | HTMLSelectElement;

export function questionsOf(root: ParentNode): Question[] {
  return [...root.querySelectorAll<HTMLElement>("[data-question]")].map((element) => ({
    no: element.dataset["no"] ?? "",
    position: Number(element.dataset["position"] ?? 0),
    kind: element.dataset["kind"] ?? "",
    element,
  }));
}

export function readAnswer(question: Question): Answer {
  const fields = fieldsOf(question);
  switch (question.kind) {
    case "single":
    case "truefalse":
      return ticked(fields)[0] ?? "";
    case "multi":
      return ticked(fields).sort();
    case "order":
      return readOrder(question, fields);
    case "match":
      return fields
        .filter((field) => field.value !== "")
        .map((field): [string, string] => [keyOf(question, field), field.value]);
    default:
      return fields[0]?.value ?? "";
  }
}

export function writeAnswer(question: Question, answer: Answer): void {
  const pairs = new Map(question.kind === "match" ? (answer as [string, string][]) : []);
  for (const field of fieldsOf(question)) {
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = typeof answer === "string" ? field.value === answer : (answer as string[]).includes(field.value);
    } else if (question.kind === "order") {
      const place = (answer as string[]).indexOf(keyOf(question, field));
      field.value = place < 0 ? "" : String(place + 1);
    } else if (question.kind === "match") {
      field.value = pairs.get(keyOf(question, field)) ?? "";
    } else {
      field.value = answer as string;
    }
  }
}

export function isAnswered(answer: Answer): boolean {
  return typeof answer === "string" ? answer.trim() !== "" : answer.length > 0;
}

function fieldsOf(question: Question): Field[] {
  return [...question.element.querySelectorAll<Field>(`[name="q${question.no}"], [name^="q${question.no}_"]`)];
}

function ticked(fields: Field[]): string[] {
  return fields.filter((field) => (field as HTMLInputElement).checked).map((field) => field.value);
}

/** The whole order, or [] while a place is missing or given twice. */
function readOrder(question: Question, fields: Field[]): string[] {
  const order: string[] = new Array<string>(fields.length).fill("");
  for (const field of fields) {
    order[Number(field.value) - 1] = keyOf(question, field);
  }
  return order.length === fields.length && order.every((key) => key !== "") ? order : [];
}

function keyOf(question: Question, field: Field): string {
  return field.name.slice(`q${question.no}_`.length);
}
