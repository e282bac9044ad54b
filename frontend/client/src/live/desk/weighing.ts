/**
 * A dialog whose deed is done only after its effect was seen: [data-preview] asks the server for the ranks before and
 * after, [data-apply] does exactly what was asked about. Whatever is typed in between takes the effect off the screen.
 */
import type { AnyCommand } from "../messages.gen";
import { askIn } from "./dialogs";
import { type DeskRoom, postJson, toldBy } from "./desk-room";
import { el, slot } from "./dom";
import { previewParts, readPreview } from "./swing";

export class Weighing {
  private readonly dialog: HTMLDialogElement;
  private readonly room: DeskRoom;
  private readonly command: (given: FormData) => AnyCommand | null;
  private seen: AnyCommand | null = null;

  /** `command`: what the form describes; null while something is missing. */
  constructor(dialog: HTMLDialogElement, room: DeskRoom, command: (given: FormData) => AnyCommand | null) {
    this.dialog = dialog;
    this.room = room;
    this.command = command;
    dialog.addEventListener("input", () => this.changed());
    dialog.querySelector("[data-preview]")?.addEventListener("click", () => void this.preview());
  }

  /** Asks, and does what was weighed. */
  async ask(): Promise<void> {
    this.changed();
    const done = await askIn(this.dialog);
    if (done !== null && this.seen !== null) {
      await this.room.command(this.seen);
    }
  }

  changed(): void {
    this.seen = null;
    slot(this.dialog, "preview")?.replaceChildren();
    this.enable("[data-apply]", false);
    this.enable("[data-preview]", this.typed() !== null);
  }

  fault(text: string): void {
    slot(this.dialog, "preview")?.replaceChildren(el("p", { class: "notice notice--error", role: "alert" }, text));
  }

  private typed(): AnyCommand | null {
    return this.command(new FormData(this.dialog.querySelector("form") ?? undefined));
  }

  private async preview(): Promise<void> {
    const command = this.typed();
    if (command === null) {
      return;
    }
    const reply = await postJson(this.dialog.dataset["preview"] ?? "", { command }).catch(() => null);
    if (JSON.stringify(this.typed()) !== JSON.stringify(command)) {
      return; // something else was typed while the server reckoned
    }
    const words = this.room.words;
    const found = reply?.status === 200 ? readPreview(reply.body) : null;
    if (found === null) {
      this.fault(toldBy(reply, words));
      return;
    }
    this.seen = command;
    slot(this.dialog, "preview")?.replaceChildren(...previewParts(found, words));
    this.enable("[data-apply]", true);
    slot(this.dialog, "preview")?.scrollIntoView({ block: "nearest" });
  }

  private enable(selector: string, on: boolean): void {
    const button = this.dialog.querySelector<HTMLButtonElement>(selector);
    if (button) {
      button.disabled = !on;
    }
  }
}
