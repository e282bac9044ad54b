/**
 * <live-host data-round="7"> around the operator's page as the server drew it: [data-next], buttons [data-do], panels
 * [data-panel], [data-hold], dialogs [data-dialog], tabs [data-tab] with [data-tab-panel], and the slots of live/desk.
 */
import { define } from "../shared/define";
import { callJson } from "../shared/http";
import { judgement } from "../live/desk/buzz-panel";
import { buttonState, commandOf, isOutOfPlace } from "../live/desk/deeds";
import { DeskRoom, ticket } from "../live/desk/desk-room";
import { drawRanking } from "../live/desk/draw";
import { set, show, slot, write } from "../live/desk/dom";
import { hearsTicks } from "../live/desk/health";
import { HealthStrip } from "../live/desk/health-strip";
import { HostDialogs } from "../live/desk/host-dialogs";
import { deedOf, isHold, HOLD_CODE } from "../live/desk/keys";
import { NextPress } from "../live/desk/next-key";
import { Pairing } from "../live/desk/pairing";
import { PeoplePanel } from "../live/desk/people-panel";
import { Stage } from "../live/desk/stage";
import { drawUnits } from "../live/desk/units";
import type { HostView } from "../live/messages.gen";
import type { Room } from "../live/room-store";
import { stayAwake } from "../live/wake";

const CLOCK_MS = 200;

class LiveHost extends HTMLElement {
  private desk!: DeskRoom;
  private stage!: Stage;
  private people!: PeoplePanel;
  private strip!: HealthStrip;
  private dialogs!: HostDialogs;
  private pairing: Pairing | null = null;
  private readonly nextPress = new NextPress();
  private clock: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const round = this.dataset["round"] ?? "";
    this.desk = new DeskRoom({
      element: this,
      role: "host",
      token: () => ticket(round, "host"),
      draw: (room) => this.draw(room),
    });
    this.stage = new Stage(this, this.desk.words);
    this.dialogs = new HostDialogs(this, this.desk);
    this.people = new PeoplePanel(this.place("people-panel"), this.desk.words, (id) => this.withView((view) => this.dialogs.person(id, view)));
    this.strip = new HealthStrip(this.place("health"), this.desk.words);
    const pairing = this.querySelector<HTMLDialogElement>('dialog[data-dialog="remote"]');
    this.pairing = pairing && new Pairing(pairing, this.desk);
    this.listen();
    this.clock = setInterval(() => this.drawTime(), CLOCK_MS);
    this.desk.client.open();
    stayAwake();
  }

  disconnectedCallback(): void {
    clearInterval(this.clock);
    this.desk.client.close();
  }

  private draw(room: Room<HostView>): void {
    const view = room.view;
    this.people.hears(hearsTicks(this.desk.link));
    const waiting = slot(this, "waiting");
    show(waiting, false);
    set(this, "data-phase", view.phase);
    this.stage.draw(room);
    this.people.draw(room);
    drawRanking(this.place("ranking"), view.board ?? [], view.round.scale);
    show(slot(this, "no-ranking"), (view.board ?? []).length === 0);
    drawUnits(this.place("units"), view.units ?? [], this.desk.words);
    show(slot(this, "units-part"), (view.units ?? []).length > 0);
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-do]")) {
      this.drawButton(button, view);
    }
    const undo = view.undo ? this.desk.words.say("undo.what", { what: this.desk.words.of("undo", view.undo) }) : this.desk.words.say("undo.nothing");
    write(slot(this, "undo-what"), undo);
    show(slot(this, "paused"), view.clock?.paused ?? false);
    show(slot(this, "dark"), view.blank ?? false);
    write(slot(this, "verdict"), view.verdict ? this.desk.words.of("verdict", view.verdict) : "");
    this.drawTime();
  }

  private drawButton(button: HTMLButtonElement, view: HostView): void {
    const name = button.dataset["do"] ?? "";
    const state = buttonState(name, view);
    button.disabled = !state.enabled;
    show(button, !isOutOfPlace(name, view));
    if (state.on !== null) {
      set(button, "aria-pressed", state.on ? "true" : "false");
      const word = button.dataset[state.on ? "on" : "off"];
      write(slot(button, "label"), word ?? slot(button, "label")?.textContent ?? "");
    }
  }

  private drawTime(): void {
    const room = this.desk.client.room;
    if (room !== null) {
      this.stage.drawTime(this.desk.now());
      this.strip.draw(room, this.desk.link);
      this.people.hears(hearsTicks(this.desk.link));
    }
  }

  private listen(): void {
    this.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keyup", (event) => event.code === HOLD_CODE && this.stage.peek(false));
    window.addEventListener("blur", () => this.stage.peek(false));
    const hold = this.querySelector<HTMLElement>("[data-hold]");
    hold?.addEventListener("pointerdown", (event) => {
      hold.setPointerCapture(event.pointerId);
      this.stage.peek(true);
    });
    hold?.addEventListener("keydown", (event) => [" ", "Enter"].includes(event.key) && this.stage.peek(true));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture", "keyup", "blur"]) {
      hold?.addEventListener(name, () => this.stage.peek(false));
    }
  }

  private pressed(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!target || target.closest("dialog")) {
      void this.showCode(event);
      return;
    }
    const name = target.dataset["do"];
    if (target.matches("[data-next]")) {
      this.next();
    } else if (name) {
      this.press(name, target);
    } else if (target.dataset["panel"]) {
      this.stage.toggle(target.dataset["panel"]);
    } else if (target.dataset["tab"]) {
      this.tab(target.dataset["tab"]);
    } else {
      this.withView((view) => {
        const command = judgement(target, view);
        return command && this.desk.command(command, target);
      });
    }
    // After a press by the mouse, Space belongs to the next key again and not to what was pressed last.
    if (event.detail > 0 && !target.matches("[data-next]")) {
      target.blur();
    }
  }

  private key(event: KeyboardEvent): void {
    if (isHold(event)) {
      this.stage.peek(true);
      return;
    }
    const deed = deedOf(event);
    if (deed === null) {
      return;
    }
    event.preventDefault();
    if (deed === "next") {
      this.next();
    } else if (deed === "pause") {
      this.press("pause");
    } else if (deed === "ranking") {
      this.tab("ranking");
    } else {
      this.stage.toggle(deed);
    }
  }

  private next(): void {
    this.withView(async (view) => {
      const command = this.nextPress.command(view);
      if (command !== null) {
        await this.desk.command(command, this.querySelector("[data-next]"));
      }
    });
  }

  private press(name: string, pressed: Element | null = null): void {
    this.withView(async (view) => {
      if (!buttonState(name, view).enabled) {
        return;
      }
      const command = commandOf(name, view);
      if (command !== null) {
        await this.desk.command(command, pressed);
      } else if (name === "remote") {
        this.pairing?.open();
      } else {
        await this.dialogs.open(name, view);
      }
    });
  }

  /** The code with which a participant comes back on another phone, fetched only when it is asked for. */
  private async showCode(event: MouseEvent): Promise<void> {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-code]") : null;
    const place = button?.closest("dialog") && slot(button.closest("dialog") as HTMLElement, "code");
    if (!button || !place) {
      return;
    }
    const url = `${this.dataset["codes"] ?? ""}?nguoi=${button.dataset["player"] ?? ""}`;
    const reply = await callJson(url).catch(() => null);
    const { seat, code } = reply?.body ?? {};
    write(place, typeof code === "string" ? this.desk.words.say("person.code", { seat: Number(seat), code }) : this.desk.words.of("refused", "connection-lost"));
    show(place, true);
  }

  private tab(name: string): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-tab]")) {
      set(button, "aria-pressed", button.dataset["tab"] === name ? "true" : "false");
    }
    for (const panel of this.querySelectorAll<HTMLElement>("[data-tab-panel]")) {
      show(panel, panel.dataset["tabPanel"] === name);
    }
  }

  private withView(go: (view: HostView) => unknown): void {
    if (this.desk.view) {
      void go(this.desk.view);
    }
  }

  private place(name: string): HTMLElement {
    return slot(this, name) ?? this;
  }
}

define("live-host", LiveHost);
