/** Pairing a phone as a remote: a code that works once, as a QR drawn by the server, for two minutes. */
import type { DeskRoom } from "./desk-room";
import { postJson, toldBy } from "./desk-room";
import { show, slot, write } from "./dom";

export class Pairing {
  private readonly dialog: HTMLDialogElement;
  private readonly room: DeskRoom;
  private ticking: ReturnType<typeof setInterval> | undefined;
  /** Which of the replies belongs to what is on the screen: the last that was asked for. */
  private asked = 0;

  constructor(dialog: HTMLDialogElement, room: DeskRoom) {
    this.dialog = dialog;
    this.room = room;
    dialog.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("[data-leave]")) {
        dialog.close();
      } else if (target?.closest("[data-renew]")) {
        void this.renew();
      } else if (target?.closest("[data-revoke]")) {
        void this.revoke();
      }
    });
    dialog.addEventListener("close", () => this.clear());
  }

  open(): void {
    // Opened by the mouse, the page gets its keys back: Space is the next key's, not the opener's.
    const before = document.activeElement;
    if (before instanceof HTMLElement && !before.matches(":focus-visible")) {
      before.blur();
    }
    this.dialog.showModal();
    void this.renew();
  }

  private async renew(): Promise<void> {
    this.clear();
    const mine = this.asked;
    const reply = await postJson(this.dialog.dataset["offer"] ?? "", {}).catch(() => null);
    if (mine !== this.asked) {
      return; // a newer code was asked for, or the dialog is closed
    }
    const { svg, url, seconds } = reply?.body ?? {};
    if (reply === null || typeof svg !== "string" || typeof url !== "string") {
      this.tell(toldBy(reply, this.room.words));
      return;
    }
    // Parsed as a document of its own: an image made of paths, never markup of this page.
    const image = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    slot(this.dialog, "code")?.replaceChildren(document.importNode(image, true));
    write(slot(this.dialog, "address"), url);
    this.count(performance.now() + Number(seconds ?? 120) * 1000);
  }

  private count(until: number): void {
    const step = (): void => {
      const left = Math.ceil((until - performance.now()) / 1000);
      if (left <= 0) {
        this.clear();
        this.tell(this.room.words.say("pairing.over"));
      } else {
        this.tell(this.room.words.say("pairing.left", { seconds: left }));
      }
    };
    step();
    this.ticking = setInterval(step, 1000);
  }

  private async revoke(): Promise<void> {
    const reply = await postJson(this.dialog.dataset["revoke"] ?? "", {}).catch(() => null);
    this.clear();
    this.tell(
      reply?.status === 200 && typeof reply.body["count"] === "number"
        ? this.room.words.say("pairing.revoked", { count: reply.body["count"] })
        : toldBy(reply, this.room.words),
    );
  }

  private clear(): void {
    this.asked += 1;
    clearInterval(this.ticking);
    slot(this.dialog, "code")?.replaceChildren();
    write(slot(this.dialog, "address"), "");
    this.tell("");
  }

  private tell(text: string): void {
    write(slot(this.dialog, "state"), text);
    show(slot(this.dialog, "state"), text !== "");
  }
}
