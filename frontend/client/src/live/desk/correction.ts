/** The jury's dialog about one question: one more answer is right, all are, or the question does not count. */
import type { AnyCommand } from "../messages.gen";
import { callJson } from "../../shared/http";
import type { DeskRoom } from "./desk-room";
import { el, show, slot, write } from "./dom";
import { Weighing } from "./weighing";

export interface Given {
  value: unknown;
  lines: string[];
  count: number;
  right: boolean;
}

/** The command of the form; null while something is missing. */
export function correctionOf(run: number, form: FormData, given: readonly Given[]): AnyCommand | null {
  const reason = String(form.get("reason") ?? "").trim();
  const answer = given[Number(form.get("answer") ?? -1)];
  if (reason === "") {
    return null;
  }
  switch (form.get("deed")) {
    case "accept":
      return answer ? { do: "accept", run, reason, answer: answer.value } : null;
    case "accept-all":
      return { do: "accept", run, reason, everything: true };
    case "void":
      return { do: "void", run, reason };
    default:
      return null;
  }
}

export class Correction {
  private readonly dialog: HTMLDialogElement;
  private readonly room: DeskRoom;
  private readonly weighing: Weighing;
  private run = 0;
  private given: Given[] = [];

  constructor(dialog: HTMLDialogElement, room: DeskRoom) {
    this.dialog = dialog;
    this.room = room;
    this.weighing = new Weighing(dialog, room, (form) => correctionOf(this.run, form, this.given));
    dialog.addEventListener("input", () => this.drawPart());
  }

  async open(run: number, title: string): Promise<void> {
    this.run = run;
    this.given = [];
    write(slot(this.dialog, "title"), title);
    this.dialog.querySelector("form")?.reset();
    slot(this.dialog, "answers")?.replaceChildren();
    write(slot(this.dialog, "stem"), "");
    write(slot(this.dialog, "key"), "");
    this.drawPart();
    void this.load(run);
    await this.weighing.ask();
  }

  private async load(run: number): Promise<void> {
    const url = (this.dialog.dataset["run"] ?? "").replace("/0/", `/${run}/`);
    const reply = await callJson(url).catch(() => null);
    const { stem, key, answers } = reply?.body ?? {};
    if (run !== this.run) {
      return;
    }
    if (!Array.isArray(answers)) {
      this.weighing.fault(this.room.words.of("refused", "connection-lost"));
      return;
    }
    this.given = answers as Given[];
    write(slot(this.dialog, "stem"), String(stem ?? ""));
    write(slot(this.dialog, "key"), Array.isArray(key) ? this.room.words.say("jury.key", { key: key.join("; ") }) : "");
    const choices = this.given.map((answer, index) => this.choice(answer, index));
    const none = el("p", { class: "muted" }, this.room.words.say("jury.no-answers"));
    slot(this.dialog, "answers")?.replaceChildren(...(choices.length > 0 ? choices : [none]));
  }

  private choice(answer: Given, index: number): HTMLElement {
    const note = this.room.words.say(answer.right ? "jury.answer-right" : "jury.answer", { count: answer.count });
    return el(
      "label",
      { class: "check" },
      el("input", { type: "radio", name: "answer", value: index, disabled: answer.right }),
      el("span", { class: "check__text" }, answer.lines.join(" – ") || "–", el("span", { class: "muted small" }, note)),
    );
  }

  private drawPart(): void {
    const deed = new FormData(this.dialog.querySelector("form") ?? undefined).get("deed");
    show(slot(this.dialog, "answers-part"), deed === "accept");
  }
}
