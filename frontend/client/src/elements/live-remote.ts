/**
 * <live-remote data-code="…"> on the host's phone: the code of the address is exchanged once, by a press, for a token
 * that this tab keeps; then a large next key, pause, ten seconds more and close. It sees no key and nobody's name.
 */
import { clockFace, wholeNumber } from "../shared/format";
import { define } from "../shared/define";
import { buttonState, commandOf } from "../live/desk/deeds";
import { DeskRoom, postJson, toldBy } from "../live/desk/desk-room";
import { placeOf } from "../live/desk/draw";
import { set, show, slot, write } from "../live/desk/dom";
import { leftMs, movesAt, nextKey, NextPress } from "../live/desk/next-key";
import { Words } from "../live/desk/words";
import type { HostView } from "../live/messages.gen";
import type { Room } from "../live/room-store";
import { stayAwake } from "../live/wake";

interface Pair {
  round: string;
  token: string;
}

const CLOCK_MS = 200;

class LiveRemote extends HTMLElement {
  private readonly words = Words.ofPage();
  private readonly nextPress = new NextPress();
  private desk: DeskRoom | null = null;
  private clock: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.querySelector<HTMLButtonElement>("[data-pair]")?.addEventListener("click", (event) => void this.pair(event.currentTarget as HTMLButtonElement));
    this.querySelector("[data-next]")?.addEventListener("click", () => void this.next());
    for (const button of this.querySelectorAll<HTMLElement>("[data-do]")) {
      button.addEventListener("click", () => void this.press(button));
    }
    const kept = this.kept();
    if (kept) {
      this.enter(kept);
    }
  }

  disconnectedCallback(): void {
    clearInterval(this.clock);
    this.desk?.client.close();
  }

  /** The code works once: a second tap while the first is on its way would find it used. */
  private async pair(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    const reply = await postJson("/api/v1/live/remotes/pair", { code: this.dataset["code"] ?? "" }).catch(() => null);
    const { round, token } = reply?.body ?? {};
    if ((typeof round === "number" || typeof round === "string") && typeof token === "string") {
      const pair = { round: String(round), token };
      this.keep(pair);
      this.enter(pair);
      return;
    }
    button.disabled = false;
    write(slot(this, "trouble-text"), toldBy(reply, this.words));
    show(slot(this, "trouble"), true);
  }

  private enter(pair: Pair): void {
    show(slot(this, "pairing"), false);
    show(slot(this, "controls"), true);
    show(slot(this, "trouble"), false);
    set(this, "data-round", pair.round);
    this.desk = new DeskRoom({
      element: this,
      role: "remote",
      token: () => Promise.resolve(pair.token),
      draw: (room) => this.draw(room),
    });
    this.clock = setInterval(() => this.drawTime(), CLOCK_MS);
    this.desk.client.open();
    stayAwake();
  }

  private draw(room: Room<HostView>): void {
    const { view, tick } = room;
    const next = nextKey(view);
    set(this, "data-phase", view.phase);
    write(slot(this, "phase"), this.words.of("phase", view.phase));
    write(slot(this, "place"), view.question && !["lobby", "podium", "ended"].includes(view.phase) ? placeOf(view.question, view.round.questions, this.words) : view.round.title);
    write(slot(this, "next-label"), this.words.say(next.word, next.facts));
    set(this.querySelector("[data-next]"), "aria-disabled", next.command === null ? "true" : null);
    const counts = view.phase === "open" && tick !== null && tick.run === view.run;
    write(slot(this, "answered"), counts ? this.words.say("answered.of", { count: wholeNumber(tick.answered ?? 0), of: wholeNumber(tick.of ?? 0) }) : "");
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-do]")) {
      const state = buttonState(button.dataset["do"] ?? "", view);
      button.disabled = !state.enabled;
      if (state.on !== null) {
        set(button, "aria-pressed", state.on ? "true" : "false");
        write(slot(button, "label"), button.dataset[state.on ? "on" : "off"] ?? "");
      }
    }
    show(slot(this, "paused"), view.clock?.paused ?? false);
    this.drawTime();
  }

  private drawTime(): void {
    const view = this.desk?.view;
    if (!view || !this.desk) {
      return;
    }
    const now = this.desk.now();
    const left = leftMs(view, now);
    const moves = movesAt(view);
    show(slot(this, "clock"), left !== null);
    write(slot(this, "clock"), left === null ? "" : clockFace(left));
    set(slot(this, "clock"), "data-late", left !== null && left <= 5000);
    show(slot(this, "auto-row"), moves > 0);
    write(slot(this, "auto"), moves > 0 ? this.words.say("next.auto", { seconds: Math.max(0, Math.ceil((moves - now) / 1000)) }) : "");
  }

  private async next(): Promise<void> {
    const command = this.desk?.view ? this.nextPress.command(this.desk.view) : null;
    if (command !== null) {
      await this.desk?.command(command, this.querySelector("[data-next]"));
    }
  }

  private async press(button: HTMLElement): Promise<void> {
    const name = button.dataset["do"] ?? "";
    const view = this.desk?.view;
    const command = view && buttonState(name, view).enabled ? commandOf(name, view) : null;
    if (command) {
      await this.desk?.command(command, button);
    }
  }

  /** Where the browser keeps nothing, the phone is a remote until the page is loaded again. */
  private keep(pair: Pair): void {
    try {
      sessionStorage.setItem(this.slotName, JSON.stringify(pair));
    } catch {
      // private mode, or full
    }
  }

  private kept(): Pair | null {
    try {
      return JSON.parse(sessionStorage.getItem(this.slotName) ?? "null") as Pair | null;
    } catch {
      return null;
    }
  }

  private get slotName(): string {
    return `live-remote:${this.dataset["code"] ?? ""}`;
  }
}

define("live-remote", LiveRemote);
