/**
 * <live-player data-round data-token data-place data-door> fills [data-stage] with the scene of now and keeps [data-pill],
 * [data-clock] and [data-ribbon] current. [data-end] is shown when the line has ended, with the part [data-when=…] of its
 * reason. Words: data-msg-….
 */
import { AnswerOutbox, sessionStore } from "../live/answer-outbox";
import type { PlayerView, RoomServerMessage } from "../live/messages.gen";
import { Countdown } from "../live/player/countdown";
import { el, land, put, write } from "../live/player/dom";
import { type Answering, answeringOf, isBuzzer, keyOf, leftOf, mayAnswer, type Model, type PlayerRoom, type Refused, sceneOf, type Timing, timingOf } from "../live/player/model";
import type { Part } from "../live/player/part";
import { boardPoints } from "../live/points";
import { Objections } from "../live/player/objections";
import { preload } from "../live/player/question";
import { Remembered } from "../live/player/remembered";
import { replyOf } from "../live/player/reply";
import { isUrgent, ribbonOf, sayAnswer, sayOpen, sayScene, together } from "../live/player/sayings";
import { draw } from "../live/player/scenes";
import { stayAwake } from "../live/wake";
import { RoomClient } from "../live/room";
import type { Link } from "../live/room-socket";
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { message } from "../shared/messages";

const LATE_MS = 2_500;
const MOVING: readonly Timing[] = ["waiting", "running", "speaking"];
const ENDS: readonly Link[] = ["replaced", "forbidden", "unknown", "outdated"];

interface News {
  parts: readonly string[];
  urgent: boolean;
}

class LivePlayer extends HTMLElement {
  private client!: RoomClient<PlayerView>;
  private countdown!: Countdown;
  private remembered!: Remembered;
  private objections!: Objections;
  private link: Link = "connecting";
  private refused: Refused | null = null;
  private givenAt = 0;
  private shown: Part | null = null;
  private key = "";
  private timing: Timing | null = null;
  private answering: Answering["state"] = "free";
  private said = "";
  private saidScene = "";
  private saidRibbon: readonly string[] = [];
  private isPaused = false;
  /** That the line is gone has been said; that it is back has not. */
  private cut = false;
  private frame = 0;
  private late: ReturnType<typeof setTimeout> | undefined;
  private readonly seenMedia = new Set<string>();
  private readonly words = (name: string, facts: Record<string, string | number> = {}): string => message(this, name, facts);
  private readonly onKey = (event: KeyboardEvent): void => this.pressed(event);

  connectedCallback(): void {
    const round = this.dataset["round"] ?? "";
    this.remembered = new Remembered(sessionStore(), `timhieu-live-${round}`);
    this.countdown = new Countdown(this.words);
    this.spot("clock")?.replaceChildren(this.countdown.element);
    this.client = new RoomClient<PlayerView>({
      round,
      role: "player",
      token: async () => this.dataset["token"] || null,
      onChange: (room, before) => this.changed(room, before),
      onLink: (link) => this.linked(link),
      onOther: (other) => this.other(other),
      answers: (client) => this.outbox(client),
    });
    this.spot("end")?.querySelector("[data-here]")?.addEventListener("click", () => this.client.open());
    this.spot("end")?.querySelector("[data-reload]")?.addEventListener("click", () => window.location.reload());
    document.addEventListener("keydown", this.onKey);
    this.objections = new Objections(
      () => this.client.socket.get("appeals/own"),
      () => this.draw(),
    );
    if (this.remembered.objected) {
      void this.objections.look();
    }
    this.client.open();
    stayAwake();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.late);
    this.objections.stop();
    this.client.close();
  }

  private outbox(client: RoomClient<PlayerView>): AnswerOutbox {
    return new AnswerOutbox({
      storage: sessionStore(),
      place: `timhieu-live-${this.dataset["round"]}-${this.dataset["place"]}`,
      send: (answer) => client.socket.send(answer),
      post: async ({ type: _type, ...answer }) => replyOf(await client.socket.post("answers", answer), answer.key),
      onReply: (reply) => client.take(reply),
    });
  }

  private get isOver(): boolean {
    return ENDS.includes(this.link);
  }

  private model(): Model | null {
    const { room, answers } = this.client;
    if (room === null) {
      return null;
    }
    const isLate = performance.now() - this.givenAt > LATE_MS || (this.link !== "open" && this.link !== "polling");
    const answering = answeringOf(room, answers?.pending ?? null, isLate, this.refused);
    const timing = timingOf(room.view, this.client.clock.now());
    return {
      room,
      scene: sceneOf(room),
      answering,
      timing,
      mayAnswer: !this.isOver && mayAnswer(room, answering, timing),
      link: this.link,
      live: this.shown !== null,
      words: this.words,
      revealed: this.remembered.revealed,
      objections: this.objections.all,
    };
  }

  private changed(room: PlayerRoom, before: PlayerRoom | null): void {
    if (room.answer !== null && room.answer !== before?.answer && room.answer.run === this.refused?.run) {
      this.refused = null; // the server has said anew what it holds: that is shown, not what it did not take
    }
    this.draw();
  }

  private draw(): void {
    const model = this.model();
    if (model === null) {
      return;
    }
    const { view } = model.room;
    preload(view.question?.media ?? [], this.seenMedia);
    if (view.phase === "reveal") {
      this.remembered.keep(view.run ?? 0, shortened(view.question?.stem ?? ""));
    }
    const key = keyOf(model.room);
    const isNew = key !== this.key || this.shown === null;
    if (isNew) {
      this.key = key;
      this.place(draw(model, this.deeds()));
    } else {
      this.shown?.update(model);
    }
    const news = this.news(model, isNew);
    this.answering = model.answering.state;
    this.ribbon(model);
    this.run(news);
  }

  /** A new scene. Focus that was inside the old one goes to its heading, so that nobody is thrown to the top. */
  private place(part: Part): void {
    const stage = this.spot("stage");
    const hadFocus = stage?.contains(document.activeElement) ?? false;
    this.shown = part;
    stage?.replaceChildren(part.element);
    stage?.setAttribute("data-scene", this.key.split("/")[0] ?? "");
    if (hadFocus) {
      land(part.element.querySelector<HTMLElement>("h1"));
    }
    window.scrollTo({ top: 0 });
  }

  /** What whoever listens has to hear of this picture and has not heard yet. */
  private news(model: Model, isNew: boolean): News {
    const { state } = model.answering;
    const answered = !isNew && state !== this.answering && state !== "free" ? sayAnswer(model) : "";
    const scene = sayScene(model);
    const ribbon = ribbonOf(model);
    const resumed = this.isPaused && !model.room.view.clock?.paused ? this.words("resumed") : "";
    const parts = [answered, isNew || scene !== this.saidScene ? scene : "", resumed, ...ribbon.filter((text) => !this.saidRibbon.includes(text))];
    this.isPaused = model.room.view.clock?.paused === true;
    [this.saidScene, this.saidRibbon] = [scene, ribbon];
    return { parts, urgent: (answered !== "" && state === "refused") || isUrgent(model) };
  }

  private say(text: string, urgent = false): void {
    if (text !== "" && text !== this.said) {
      this.said = text;
      announce(text, urgent);
    }
  }

  /** The floor of Rung chuông vàng, and a pause, stand above whatever is shown. */
  private ribbon({ room, words }: Model): void {
    const place = this.spot("ribbon");
    if (place) {
      place.replaceChildren(...ribbonOf({ room, words }).map((text) => el("p", {}, text)));
      place.hidden = place.childNodes.length === 0;
    }
    put(this, "data-floor", room.me?.floor || null);
    const total = room.me?.result?.total;
    const points = this.spot("points");
    if (points) {
      write(points, total === undefined ? "" : words("points", { points: boardPoints(total, room.view.round) }));
    }
    const name = this.spot("name");
    if (name && room.me) {
      write(name, room.me.name);
    }
  }

  /** Frames are drawn only while a clock runs; at the moments it names the scene is drawn anew. */
  private run({ parts, urgent }: News = { parts: [], urgent: false }): void {
    cancelAnimationFrame(this.frame);
    const model = this.model();
    const now = this.client.clock.now();
    if (model === null) {
      return;
    }
    const said = [...parts];
    const justLast = this.countdown.frame(model, now);
    if (model.timing !== this.timing) {
      const before = this.timing;
      this.timing = model.timing;
      if (before === "paused") {
        this.resumed();
      }
      this.shown?.update(this.model() ?? model);
      if (model.timing === "running" && before !== "paused") {
        said.push(sayOpen(model, leftOf(model.room.view, now)));
      }
    }
    const hurries = justLast && model.mayAnswer && model.answering.state !== "recorded";
    if (hurries) {
      navigator.vibrate?.(250);
      said.push(this.words("five-seconds"));
    }
    if (!this.isOver) {
      this.say(together(said), urgent || hurries);
    }
    if (MOVING.includes(model.timing)) {
      this.frame = requestAnimationFrame(() => this.run());
    }
  }

  /** What the pause refused is over with it: an answer that waited goes at once, and a press can be made anew. */
  private resumed(): void {
    if (this.refused?.code === "live-paused") {
      this.refused = null;
    }
    this.client.answers?.retry();
  }

  private deeds() {
    return {
      give: (value: unknown): void => this.give(value),
      retry: (): void => this.client.answers?.retry(),
      draft: (run: number): string => this.remembered.draft(run),
      keepDraft: (run: number, text: string): void => this.remembered.keepDraft(run, text),
      appeal: async (run: number, text: string) => {
        const reply = await this.client.socket.post("appeals", { run, text });
        const taken = reply !== null && reply.status < 300;
        if (taken) {
          this.remembered.keepObjected();
          void this.objections.look();
        }
        const reason = reply === null ? this.words("appeal-offline") : String(reply.body["detail"] ?? this.words("failed"));
        return { taken, text: taken ? this.words("appeal-sent") : reason };
      },
    };
  }

  private give(value: unknown): void {
    const { room, answers } = this.client;
    if (room === null || answers === null) {
      return;
    }
    this.refused = null;
    this.givenAt = performance.now();
    answers.give(room.view.run ?? 0, value, room.answer?.seq ?? (room.answer === null ? 0 : 1));
    clearTimeout(this.late);
    this.late = setTimeout(() => this.overdue(), LATE_MS + 50);
    this.draw();
  }

  /** No word after 2.5 s: the screen says so, and the line is tested, for it may be dead without knowing. */
  private overdue(): void {
    if (this.client.answers?.pending) {
      this.client.socket.wake();
      this.draw();
    }
  }

  private other(message: RoomServerMessage): void {
    if (message.type !== "refused" || !message.key) {
      return;
    }
    const { room, answers } = this.client;
    const pending = answers?.pending;
    // A press at the buzzer is a moment, and not sent by itself after a pause.
    const forGood = message.code === "live-paused" && room !== null && isBuzzer(room.view) ? true : undefined;
    if (!pending || !answers?.refused({ code: message.code, key: message.key }, forGood)) {
      return;
    }
    if (message.code === "already-answered" || message.code === "answer-overtaken" || answers.isUnsure) {
      this.client.socket.resync(); // what is on disk is shown instead
    }
    const text = message.text || this.words("failed");
    this.refused = { run: pending.run, code: message.code, text, value: pending.value };
    this.draw();
  }

  private linked(link: Link): void {
    this.link = link;
    const pill = this.spot("pill");
    if (pill) {
      // Nothing was connected before the first snapshot.
      write(pill, this.words(link === "connecting" && this.client.room === null ? "link-first" : `link-${link}`));
      pill.dataset["state"] = link;
    }
    const end = this.spot("end");
    const over = this.isOver;
    const [hadEnd, hadStage] = [end, this.spot("stage")].map((place) => place?.contains(document.activeElement) ?? false);
    if (end) {
      end.hidden = !over;
      end.querySelectorAll<HTMLElement>("[data-when]").forEach((part) => (part.hidden = part.dataset["when"] !== link));
    }
    for (const name of ["stage", "clock"]) {
      put(this.spot(name) ?? this, "hidden", over);
    }
    if (over || link === "lost") {
      this.cut = true;
      this.say(this.words(`link-${link}`), true);
    } else if (this.cut && (link === "open" || link === "polling")) {
      this.cut = link === "polling"; // that it is slower has been said; that it is whole again has not
      this.say(this.words(`link-${link}`));
    }
    this.draw();
    if (over && hadStage) {
      land(end?.querySelector<HTMLElement>("[data-when]:not([hidden]) [role=heading]"));
    } else if (!over && hadEnd) {
      land(this.spot("stage")?.querySelector("h1"));
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (this.isOver) {
      return; // the stage is hidden
    }
    const from = event.target instanceof Element ? event.target : null;
    const typing = from?.closest("input, textarea, select, summary, a") ?? null;
    const onButton = Boolean(from?.closest("button")) && (event.key === " " || event.key === "Enter");
    if (typing !== null || onButton || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (this.shown?.key?.(event.key)) {
      event.preventDefault();
    }
  }

  private spot(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-${name}]`);
  }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 58)}…` : text;
}

define("live-player", LivePlayer);
