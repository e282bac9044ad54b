/** What host, jury and remote have in common: the room, giving commands, and saying in words what went wrong. */
import { csrfToken } from "../../shared/csrf";
import { callJson, type Reply } from "../../shared/http";
import type { AnyCommand, HostView, WelcomeMessage } from "../messages.gen";
import { RoomClient } from "../room";
import type { Link } from "../room-socket";
import { RoomRefusal } from "../room-commands";
import type { Room } from "../room-store";
import { set, show, slot, write } from "./dom";
import { Words } from "./words";

export interface DeskRoomOptions {
  element: HTMLElement;
  role: WelcomeMessage["role"];
  token(): Promise<string | null>;
  draw(room: Room<HostView>, before: Room<HostView> | null): void;
}

const TROUBLE_MS = 12_000;
/** A command that takes longer says so on its button. */
const SENDING_MS = 400;
/** Refusals with which nothing was done, or nobody knows: the same deed is worth another try. */
const PASSING: readonly string[] = ["busy", "connection-lost", "fault"];
/** Done twice these do more than done once; where nobody knows, the person looks first. */
const NOT_TWICE: readonly string[] = ["adjust", "add-time", "undo"];
/** Where the line has ended for good, and what helps then. */
const ENDED: Partial<Record<Link, "sign-in" | "reload">> = {
  forbidden: "sign-in",
  unknown: "reload",
  replaced: "reload",
  outdated: "reload",
};

export class DeskRoom {
  readonly words = Words.ofPage();
  readonly client: RoomClient<HostView>;
  link: Link = "connecting";
  private readonly element: HTMLElement;
  private readonly role: DeskRoomOptions["role"];
  private trouble: ReturnType<typeof setTimeout> | undefined;
  private again: (() => void) | null = null;

  constructor(options: DeskRoomOptions) {
    this.element = options.element;
    this.role = options.role;
    this.client = new RoomClient<HostView>({
      round: options.element.dataset["round"] ?? "",
      role: options.role,
      token: options.token,
      onChange: options.draw,
      onLink: (link) => this.tellLink(link),
    });
    slot(this.element, "trouble")?.querySelector("[data-again]")?.addEventListener("click", () => this.again?.());
    slot(this.element, "ended")?.querySelector("[data-reload]")?.addEventListener("click", () => window.location.reload());
  }

  get view(): HostView | null {
    return this.client.room?.view ?? null;
  }

  /** The server's milliseconds since 1970. */
  now(): number {
    return this.client.clock.now();
  }

  /**
   * Gives the command; false, with the reason on the screen, when it was refused. `pressed` says while it is on its way
   * that it is.
   */
  async command(command: AnyCommand, pressed: Element | null = null): Promise<boolean> {
    const slow = setTimeout(() => set(pressed, "data-sending", this.words.say("room.sending")), SENDING_MS);
    try {
      await this.client.command(command);
      this.tell("");
      return true;
    } catch (fault) {
      const refusal = fault instanceof RoomRefusal ? fault : new RoomRefusal("fault");
      const unsure = refusal.code !== "busy" && NOT_TWICE.includes(command.do);
      const again = PASSING.includes(refusal.code) && !unsure ? () => void this.command(command, pressed) : null;
      const code = unsure && PASSING.includes(refusal.code) ? "unsure" : refusal.code;
      this.tell(refusal.message || this.words.of("refused", code), again);
      return false;
    } finally {
      clearTimeout(slow);
      set(pressed, "data-sending", null);
    }
  }

  /** What went wrong, for a while; "" takes it away. With `again` a button does it once more. */
  tell(text: string, again: (() => void) | null = null): void {
    const place = slot(this.element, "trouble");
    clearTimeout(this.trouble);
    this.again = again;
    write(place && slot(place, "trouble-text"), text);
    show(place?.querySelector("[data-again]"), again !== null);
    show(place, text !== "");
    if (text !== "") {
      this.trouble = setTimeout(() => this.tell(""), TROUBLE_MS);
    }
  }

  private tellLink(told: Link): void {
    // A remote shows the token of its pairing: where that is not known, it was revoked, and loading again helps nobody.
    const gone = this.role === "remote" && told === "unknown";
    const link = gone ? "forbidden" : told;
    this.link = link;
    const pill = slot(this.element, "link");
    write(pill, this.words.of("link", link));
    set(pill, "data-link", link);
    set(this.element, "data-link", link);
    this.tellEnd(ENDED[link]);
  }

  private tellEnd(helps: "sign-in" | "reload" | undefined): void {
    const place = slot(this.element, "ended");
    write(place && slot(place, "ended-text"), helps ? this.words.say(`ended.${this.link}`) : "");
    show(place?.querySelector("[data-sign-in]"), helps === "sign-in");
    show(place?.querySelector("[data-reload]"), helps === "reload");
    show(place, helps !== undefined);
  }
}

/** A ticket for `hello` by the session of this page; null when the person may not (any more). */
export async function ticket(round: string, role: string): Promise<string | null> {
  const reply = await postJson(`/api/v1/live/${round}/tickets`, { role });
  if (reply.status === 401 || reply.status === 403 || reply.status === 404) {
    return null;
  }
  const found = reply.body["ticket"];
  if (typeof found !== "string") {
    throw new Error(`no ticket: ${reply.status}`);
  }
  return found;
}

/** A deed of the person who is signed in, to API or page. */
export function postJson(url: string, body: unknown): Promise<Reply> {
  return callJson(url, { method: "POST", body, headers: { "X-CSRFToken": csrfToken() } });
}

/** What to say of a request without the answer that was asked for: a page instead, of a proxy or to sign in, is none. */
export function toldBy(reply: Reply | null, words: Words): string {
  return reply === null || reply.status < 400 ? words.of("refused", "connection-lost") : refusalOf(reply, words);
}

/** The words of a reply that refused. */
export function refusalOf(reply: Reply, words: Words): string {
  const { detail, text, code } = reply.body;
  return String(detail ?? text ?? words.of("refused", String(code ?? "fault")));
}
