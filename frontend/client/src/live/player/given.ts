/** An answer as people read it, in the words of the question. */
import type { OptionView, QuestionView } from "../messages.gen";
import type { Words } from "./model";

/** One line an entry; [] for none. */
export function linesOf(question: QuestionView | undefined, value: unknown, words: Words): string[] {
  if (!question || value === null || value === undefined) {
    return [];
  }
  if (question.kind === "truefalse") {
    return [words(String(value) === "true" ? "true" : "false")];
  }
  if (question.kind === "match" && Array.isArray(value)) {
    return (value as [string, string][]).map(([left, right]) => `${text(question.left, left)} → ${text(question.right, right)}`);
  }
  if (Array.isArray(value)) {
    return value.map((key) => text(question.options ?? question.entries, String(key)));
  }
  return typeof value === "string" ? [text(question.options, value)] : [];
}

function text(entries: readonly OptionView[] | undefined, key: string): string {
  return entries?.find((entry) => entry.key === key)?.text ?? key;
}
