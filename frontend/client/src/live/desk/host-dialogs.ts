/** What the operator is asked before deeds that need a reason, people or a list. */
import { wholeNumber } from "../../shared/format";
import type { AnyCommand, HostView } from "../messages.gen";
import { ask, askIn } from "./dialogs";
import { undoWarnings } from "./deeds";
import type { DeskRoom } from "./desk-room";
import { set, show, slot, write } from "./dom";
import { bySeats } from "./people";
import { asText, deal, parse } from "./teams";

/** Deeds about a person that the minutes give a reason for. */
const NEED_REASON: readonly string[] = ["loss", "rescue", "kick", "ban"];

export class HostDialogs {
  private readonly root: HTMLElement;
  private readonly room: DeskRoom;

  constructor(root: HTMLElement, room: DeskRoom) {
    this.root = root;
    this.room = room;
    // Enter in the reason would press the dialog's first button, whichever that is; each deed has its own.
    this.dialog("person")?.querySelector("[name=reason]")?.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && event.key === "Enter") {
        event.preventDefault();
      }
    });
  }

  async open(name: string, view: HostView): Promise<void> {
    switch (name) {
      case "void":
      case "replay":
        return this.askAboutRun(name, view);
      case "finish":
        return this.finish();
      case "teams":
        return this.teams(view);
      case "rescue":
        return this.rescue(view);
      case "undo":
        return this.undo(view);
      default:
        return undefined;
    }
  }

  /** Takes the last deed back, after a question where it was the jury's or where a signed result is reopened. */
  private async undo(view: HostView): Promise<void> {
    const say = this.room.words.say.bind(this.room.words);
    const what = this.room.words.of("undo", view.undo ?? "");
    const text = undoWarnings(view).map((word) => say(word)).join(" ");
    const agreed = text === "" ? "" : await this.reason({ title: say("undo.title", { what }), text, confirm: say("undo.confirm") });
    if (agreed === null) {
      return;
    }
    if (this.room.view?.undo_at !== view.undo_at) {
      this.room.tell(say("undo.changed"));
      return;
    }
    await this.room.command({ do: "undo", seen: view.undo_at ?? 0 });
  }

  /** One participant: rename, take out, let in, technical loss, rescue. */
  async person(id: number, view: HostView): Promise<void> {
    const person = view.people?.[String(id)];
    const dialog = this.dialog("person");
    if (!person || !dialog) {
      return;
    }
    const isIn = (person.status ?? "in") === "in";
    const say = this.room.words.say.bind(this.room.words);
    write(slot(dialog, "title"), say("person.title", { name: person.name, seat: person.seat }));
    write(slot(dialog, "text"), [person.unit ?? "", isIn ? "" : this.room.words.of("presence", person.status ?? "")].filter(Boolean).join(" · "));
    write(slot(dialog, "code"), "");
    show(slot(dialog, "code"), false);
    const loss = (view.can ?? []).includes("mark-loss") && Boolean(view.run) && isIn;
    const states: Record<string, boolean> = {
      rename: true,
      kick: isIn,
      ban: person.status !== "banned",
      readmit: !isIn,
      loss: loss && !(person.loss ?? []).includes(view.run ?? 0),
      rescue: isIn && (person.floor === "out" || person.floor === "waiting") && (view.can ?? []).includes("rescue"),
      code: isIn && view.phase !== "ended",
    };
    for (const [value, possible] of Object.entries(states)) {
      show(dialog.querySelector(`[value="${value}"]`), possible);
    }
    const name = dialog.querySelector<HTMLInputElement>("[name=name]");
    const reason = dialog.querySelector<HTMLInputElement>("[name=reason]");
    if (name && reason) {
      name.value = person.name;
      reason.value = "";
    }
    const code = dialog.querySelector<HTMLElement>("[value=code]");
    set(code, "data-player", id);
    const form = dialog.querySelector("form");
    const tell = (text: string): void => {
      write(slot(dialog, "problem"), text);
      show(slot(dialog, "problem"), text !== "");
    };
    const check = (event: SubmitEvent): void => {
      const deed = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
      if (NEED_REASON.includes(deed) && !reason?.value.trim()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        tell(say("person.reason-missing"));
        reason?.focus();
      }
    };
    tell("");
    form?.addEventListener("submit", check);
    const given = await askIn(dialog);
    form?.removeEventListener("submit", check);
    const command = given && personCommand(id, view, given);
    if (command) {
      await this.room.command(command);
    }
  }

  private async askAboutRun(name: "void" | "replay", view: HostView): Promise<void> {
    const say = this.room.words.say.bind(this.room.words);
    const no = view.question?.number ?? 0;
    const title = no > 0 ? say(`${name}.title`, { no: wholeNumber(no) }) : say(`${name}.title-poll`);
    const reason = await this.reason({ title, text: say(`${name}.text`), confirm: say(`${name}.confirm`), reason: "needed" });
    if (reason) {
      await this.room.command({ do: name, run: view.run ?? 0, reason });
    }
  }

  private async finish(): Promise<void> {
    const say = this.room.words.say.bind(this.room.words);
    const reason = await this.reason({ title: say("finish.title"), text: say("finish.text"), confirm: say("finish.confirm"), reason: "optional" });
    if (reason !== null) {
      await this.room.command(reason === "" ? { do: "finish" } : { do: "finish", reason });
    }
  }

  private async teams(view: HostView): Promise<void> {
    const dialog = this.dialog("teams");
    const list = dialog?.querySelector<HTMLTextAreaElement>("[name=list]");
    if (!dialog || !list) {
      return;
    }
    list.value = asText(view);
    const problem = slot(dialog, "problem");
    const value = (name: string): string => dialog.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "";
    const mix = (): void => {
      const name = (number: number): string => this.room.words.say("teams.name", { number });
      list.value = deal(this.room.view ?? view, Number(value("count")) || 2, value("seed"), name);
    };
    const check = (event: Event): void => {
      const found = parse(this.room.view ?? view, list.value).problem;
      write(problem, found ? this.room.words.say(found.word, found.facts) : "");
      show(problem, found !== null);
      if (found && event.type === "submit") {
        event.preventDefault();
        event.stopImmediatePropagation();
        list.focus();
      }
    };
    const mixer = dialog.querySelector("[data-mix]");
    const form = dialog.querySelector("form");
    mixer?.addEventListener("click", mix);
    form?.addEventListener("submit", check);
    const given = await askIn(dialog);
    mixer?.removeEventListener("click", mix);
    form?.removeEventListener("submit", check);
    const command = given && parse(this.room.view ?? view, list.value).command;
    if (command) {
      await this.room.command(command);
    }
  }

  private async rescue(view: HostView): Promise<void> {
    const dialog = this.dialog("rescue");
    const given = dialog && (await askIn(dialog));
    if (!given) {
      return;
    }
    const reason = String(given.get("reason") ?? "").trim();
    const by = String(given.get("by"));
    const { ids, unknown } = bySeats(this.room.view ?? view, String(given.get("seats") ?? ""));
    if (by === "seats" && (unknown.length > 0 || ids.length === 0)) {
      this.room.tell(this.room.words.say("rescue.unknown", { seats: unknown.join(", ") || "–" }));
      return;
    }
    const count = Number(given.get("count")) || 0;
    await this.room.command(
      by === "seats"
        ? { do: "rescue", reason, players: ids }
        : { do: "rescue", reason, count, by: by === "latest" ? "latest" : "rank" },
    );
  }

  private reason(question: Parameters<typeof ask>[1]): Promise<string | null> {
    const dialog = this.dialog("reason");
    return dialog ? ask(dialog, question) : Promise.resolve(null);
  }

  private dialog(name: string): HTMLDialogElement | null {
    return this.root.querySelector<HTMLDialogElement>(`dialog[data-dialog="${name}"]`);
  }
}

/** The command of the button pressed in the person's dialog. */
export function personCommand(id: number, view: HostView, given: FormData): AnyCommand | null {
  const reason = String(given.get("reason") ?? "").trim();
  switch (given.get("deed")) {
    case "rename":
      return { do: "rename", player: id, name: String(given.get("name") ?? "").trim() };
    case "kick":
      return { do: "kick", player: id, ...(reason ? { reason } : {}) };
    case "ban":
      return { do: "kick", player: id, ban: true, ...(reason ? { reason } : {}) };
    case "readmit":
      return { do: "readmit", player: id };
    case "loss":
      return { do: "mark-loss", player: id, run: view.run ?? 0, reason };
    case "rescue":
      return { do: "rescue", players: [id], reason };
    default:
      return null;
  }
}
