/**
 * <hall-screen data-round data-ticket-url data-pin data-address data-qr data-wifi data-msg-*>: the projector of a live room.
 *
 * Holds a form with the CSRF token, [data-stage], [data-line] for a lost connection, and the buttons [data-sound],
 * [data-full] and [data-reload]. Keys: F full screen, M the synthesised sounds; a question's own sound is content and is
 * stopped at its player. Asks for a fresh ticket for every greeting.
 */
import { confetti } from "../hall/confetti";
import { cueBetween, padIsOn } from "../hall/cues";
import type { Words } from "../hall/model";
import { isFinal } from "../hall/podium";
import { Stage } from "../hall/stage";
import type { ProjectorView } from "../live/messages.gen";
import { RoomClient } from "../live/room";
import type { Link } from "../live/room-socket";
import { type Cue, Sounds } from "../live/sounds";
import { csrfToken } from "../shared/csrf";
import { define } from "../shared/define";
import { timeInVietnam } from "../shared/format";
import { callJson } from "../shared/http";
import { message } from "../shared/messages";
import { isReachable } from "../shared/reachable";

const IDLE_MS = 4000;
const TICKET_MS = 30_000;
/** A change of the line that heals within this time is not shown. */
const PATIENCE_MS = 1000;
const RENEWED = "hall-renewed";
const RENEW_MS = 60_000;

class HallScreen extends HTMLElement {
  private stage!: Stage;
  private client!: RoomClient<ProjectorView>;
  private readonly sounds = new Sounds(() => new AudioContext(), storage("local"));
  private view: ProjectorView | null = null;
  private link: Link = "connecting";
  private heardAt = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private drawing = 0;
  private kept: Promise<string | null> | null = null;
  private keptAt = 0;
  private lock: WakeLockSentinel | null = null;

  connectedCallback(): void {
    const { round = "", pin = "", address = "", qr = "", wifi = "" } = this.dataset;
    const words: Words = (name, facts) => message(this, name, facts);
    this.stage = new Stage({
      words,
      venue: { pin, address, qr, wifi },
      motion: () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      onCue: (cue) => this.cue(cue),
    });
    this.querySelector("[data-stage]")?.replaceChildren(this.stage.element);
    this.client = new RoomClient<ProjectorView>({
      round,
      role: "projector",
      token: () => this.ticket(),
      onChange: (room) => this.show(room.view),
      onLink: (link) => this.tellLink(link),
    });
    for (const weight of [500, 700]) {
      void document.fonts?.load(`${weight} 1em "Be Vietnam Pro"`, "aế").catch(() => []);
    }
    this.listen();
    this.client.open();
    this.tellLine(this.link);
    this.drawing = requestAnimationFrame(() => this.frame());
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.drawing);
    this.client.close();
    this.sounds.lobby(false);
  }

  private listen(): void {
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("pointerdown", () => this.touched());
    document.addEventListener("pointermove", () => this.awake());
    document.addEventListener("focusin", () => this.awake());
    document.addEventListener("visibilitychange", () => void this.keepAwake());
    this.querySelector("[data-sound]")?.addEventListener("click", () => this.toggleSounds());
    this.querySelector("[data-reload]")?.addEventListener("click", () => window.location.reload());
    this.querySelector("[data-full]")?.addEventListener("click", () => this.toggleFull());
    this.drawSounds();
    this.awake();
    void this.keepAwake();
  }

  /** A ticket is good for a minute; while polling each request shows one. */
  private ticket(): Promise<string | null> {
    const now = performance.now();
    if (this.kept === null || now - this.keptAt > TICKET_MS) {
      this.keptAt = now;
      this.kept = this.askTicket().then((ticket) => {
        this.kept = ticket === null ? null : this.kept;
        return ticket;
      });
      this.kept.catch(() => {
        this.kept = null;
      });
    }
    return this.kept;
  }

  /** null when the session is over; throws while the server can't be reached. */
  private async askTicket(): Promise<string | null> {
    const reply = await callJson(this.dataset["ticketUrl"] ?? "", {
      method: "POST",
      body: { role: "projector" },
      headers: { "X-CSRFToken": csrfToken(this) },
    });
    if (reply.status === 401 || reply.status === 403 || reply.status === 404) {
      return null;
    }
    if (typeof reply.body["ticket"] !== "string") {
      throw new Error("no ticket");
    }
    return reply.body["ticket"];
  }

  private show(view: ProjectorView): void {
    const before = this.view;
    this.heardAt = Date.now();
    if (view.phase === "lobby" && this.dataset["pin"] === "" && before === null) {
      window.location.reload(); // the lobby was opened after this page was made: PIN and code stand on a new one
      return;
    }
    if (view.round.quiet && !before?.round.quiet) {
      this.sounds.hush();
      this.drawSounds();
    }
    this.view = view;
    this.dataset["version"] = String(this.client.room?.version ?? 0);
    this.stage.show(view, this.client.room?.tick ?? null);
    this.sounds.lobby(padIsOn(view));
    const cue = cueBetween(before, view);
    if (cue !== null) {
      this.sounds.play(cue);
    }
    if (before !== null && isFinal(view) && !isFinal(before) && !view.blank && this.moves()) {
      confetti(this);
    }
  }

  private cue(cue: string): void {
    this.sounds.play((cue === "confirmed" ? "fanfare" : cue) as Cue);
  }

  private frame(): void {
    this.stage.frame({ now: this.client.clock.now(), mono: performance.now() });
    this.drawing = requestAnimationFrame(() => this.frame());
  }

  private moves(): boolean {
    return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  private tellLink(link: Link): void {
    this.link = link;
    clearTimeout(this.patience);
    if (link === "connecting") {
      this.patience = setTimeout(() => this.tellLine(this.link), PATIENCE_MS);
    } else {
      this.tellLine(link);
    }
  }

  /** Old data says so, with its time and with what happens next. */
  private tellLine(link: Link): void {
    const place = this.querySelector<HTMLElement>("[data-line]");
    if (!place) {
      return;
    }
    const time = this.heardAt === 0 ? "" : timeInVietnam(new Date(this.heardAt).toISOString());
    const name = this.heardAt === 0 && (link === "connecting" || link === "lost") ? "line-first" : `line-${link}`;
    place.textContent = link === "open" ? "" : message(this, name, { time });
    place.hidden = link === "open";
    place.dataset["link"] = link;
    this.querySelector("[data-sign-in]")?.toggleAttribute("hidden", link !== "forbidden");
    this.querySelector("[data-reload]")?.toggleAttribute("hidden", link !== "unknown" && link !== "outdated");
    if (link === "outdated") {
      void this.renew();
    }
  }

  /** Nobody stands at a projector to press: the page loads itself anew, but not in a circle. */
  private async renew(): Promise<void> {
    if (Date.now() - renewedAt() > RENEW_MS && (await isReachable())) {
      rememberRenewal();
      window.location.reload();
    }
  }

  private pressed(event: KeyboardEvent): void {
    this.touched();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
      return;
    }
    if (event.key.toLowerCase() === "m") {
      this.toggleSounds();
    } else if (event.key.toLowerCase() === "f") {
      this.toggleFull();
    }
  }

  private touched(): void {
    this.sounds.touch();
    this.drawSounds();
    this.awake();
  }

  private toggleSounds(): void {
    this.sounds.toggle();
    this.drawSounds();
  }

  private drawSounds(): void {
    const button = this.querySelector<HTMLElement>("[data-sound]");
    if (button) {
      button.textContent = message(this, this.sounds.on ? "sounds-on" : "sounds-off");
      button.setAttribute("aria-pressed", String(this.sounds.on));
    }
  }

  private toggleFull(): void {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    void done?.catch(() => undefined);
  }

  /** The buttons are in nobody's way while nobody moves. */
  private awake(): void {
    clearTimeout(this.idle);
    this.removeAttribute("data-idle");
    this.idle = setTimeout(() => this.toggleAttribute("data-idle", true), IDLE_MS);
  }

  private async keepAwake(): Promise<void> {
    if (document.visibilityState === "visible" && "wakeLock" in navigator && (this.lock === null || this.lock.released)) {
      this.lock = await navigator.wakeLock.request("screen").catch(() => null);
    }
  }
}

/** When this tab last loaded itself anew; 0 when it never did. */
function renewedAt(): number {
  const inAddress = new URLSearchParams(window.location.hash.slice(1)).get(RENEWED);
  return Math.max(Number(storage("session")?.getItem(RENEWED) ?? 0), Number(inAddress ?? 0));
}

/** Where the browser keeps nothing, or has no room, the address remembers it. */
function rememberRenewal(): void {
  const now = String(Date.now());
  try {
    window.sessionStorage.setItem(RENEWED, now);
  } catch {
    window.history.replaceState(null, "", `#${RENEWED}=${now}`);
  }
}

function storage(kind: "local" | "session"): Storage | null {
  try {
    return kind === "local" ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

define("hall-screen", HallScreen);
