/** What the jury does about one person, each after its effect was seen: points, back to the floor, a technical loss. */
import type { AnyCommand } from "../messages.gen";
import type { DeskRoom } from "./desk-room";
import { el, show, slot, write } from "./dom";
import { Weighing } from "./weighing";

export type Deed = "adjust" | "rescue" | "eliminate" | "mark-loss";

export interface Asked {
  title: string;
  /** What may be chosen; a single one leaves no choice. */
  deeds: readonly Deed[];
  player: number;
  /** Whose points they are: the person's own, in mode teams the team's. */
  account: number;
  /** The team's name where the points are a team's. */
  team?: string;
  /** The runs in which a technical loss can be noted, the newest first. */
  runs?: readonly { no: number; name: string }[];
}

/** The command of the form; null while something is missing. */
export function commandOf(asked: Asked, form: FormData): AnyCommand | null {
  const reason = String(form.get("reason") ?? "").trim();
  const deed = chosen(asked, form);
  if (reason === "" || deed === null) {
    return null;
  }
  const { player } = asked;
  switch (deed) {
    case "adjust": {
      const points = Math.trunc(Number(form.get("points") ?? 0)) || 0;
      return points === 0 ? null : { do: "adjust", player: asked.account, points, reason };
    }
    case "mark-loss": {
      const run = Number(form.get("run") ?? 0);
      return run === 0 ? null : { do: "mark-loss", player, run, reason };
    }
    default:
      return { do: deed, players: [player], reason };
  }
}

function chosen(asked: Asked, form: FormData): Deed | null {
  const [only, ...more] = asked.deeds;
  return only !== undefined && more.length === 0 ? only : (asked.deeds.find((deed) => deed === form.get("deed")) ?? null);
}

export class Adjustment {
  private readonly dialog: HTMLDialogElement;
  private readonly room: DeskRoom;
  private readonly weighing: Weighing;
  private asked: Asked | null = null;

  constructor(dialog: HTMLDialogElement, room: DeskRoom) {
    this.dialog = dialog;
    this.room = room;
    this.weighing = new Weighing(dialog, room, (form) => this.asked && commandOf(this.asked, form));
    dialog.addEventListener("input", () => this.drawParts());
  }

  async open(asked: Asked): Promise<void> {
    this.asked = asked;
    this.dialog.querySelector("form")?.reset();
    write(slot(this.dialog, "title"), asked.title);
    const words = this.room.words;
    write(slot(this.dialog, "adjust-label"), asked.team ? words.say("adjust.team", { team: asked.team }) : words.say("adjust.person"));
    this.offer(asked);
    const options = (asked.runs ?? []).map((run) => el("option", { value: run.no }, run.name));
    this.dialog.querySelector("[name=run]")?.replaceChildren(...options);
    this.drawParts();
    await this.weighing.ask();
  }

  private offer(asked: Asked): void {
    show(slot(this.dialog, "deeds"), asked.deeds.length > 1);
    for (const choice of this.dialog.querySelectorAll<HTMLInputElement>("[name=deed]")) {
      show(choice.closest("label"), asked.deeds.some((deed) => deed === choice.value));
      choice.checked = choice.value === asked.deeds[0];
    }
  }

  private drawParts(): void {
    const deed = this.asked && chosen(this.asked, new FormData(this.dialog.querySelector("form") ?? undefined));
    show(slot(this.dialog, "points-part"), deed === "adjust");
    show(slot(this.dialog, "run-part"), deed === "mark-loss");
    const field = this.dialog.querySelector<HTMLInputElement>("[name=points]");
    if (field) {
      // A field that cannot be seen must not hold the form up.
      field.required = deed === "adjust";
      field.disabled = deed !== "adjust";
    }
  }
}
