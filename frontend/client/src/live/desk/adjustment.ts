/** The jury gives or takes points, or decides about those who wait for it. */
import type { AnyCommand } from "../messages.gen";
import type { DeskRoom } from "./desk-room";
import { show, slot, write } from "./dom";
import { Weighing } from "./weighing";

export interface Asked {
  title: string;
  /** Whether points are asked for. */
  points: boolean;
  command(reason: string, points: number): AnyCommand | null;
}

export class Adjustment {
  private readonly dialog: HTMLDialogElement;
  private readonly weighing: Weighing;
  private asked: Asked | null = null;

  constructor(dialog: HTMLDialogElement, room: DeskRoom) {
    this.dialog = dialog;
    this.weighing = new Weighing(dialog, room, (form) => this.command(form));
  }

  async open(asked: Asked): Promise<void> {
    this.asked = asked;
    write(slot(this.dialog, "title"), asked.title);
    this.dialog.querySelector("form")?.reset();
    show(slot(this.dialog, "points-part"), asked.points);
    const field = this.dialog.querySelector<HTMLInputElement>("[name=points]");
    if (field) {
      field.required = asked.points;
    }
    await this.weighing.ask();
  }

  private command(form: FormData): AnyCommand | null {
    const reason = String(form.get("reason") ?? "").trim();
    const points = Math.trunc(Number(form.get("points") ?? 0)) || 0;
    return reason === "" || this.asked === null ? null : this.asked.command(reason, points);
  }
}

/** Points to one person; zero is no deed. */
export function adjustOf(player: number, reason: string, points: number): AnyCommand | null {
  return points === 0 ? null : { do: "adjust", player, points, reason };
}
