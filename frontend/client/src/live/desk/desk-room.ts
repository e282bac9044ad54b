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

export class DeskRoom {
  readonly words = Words.ofPage();
  readonly client: RoomClient<HostView>;
  link: Link = "connecting";
  private readonly element: HTMLElement;
  private trouble: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeskRoomOptions) {
    this.element = options.element;
    this.client = new RoomClient<HostView>({
      round: options.element.dataset["round"] ?? "",
      role: options.role,
      token: options.token,
      onChange: options.draw,
      onLink: (link) => this.tellLink(link),
    });
  }

  get view(): HostView | null {
    return this.client.room?.view ?? null;
  }

  /** The server's milliseconds since 1970. */
  now(): number {
    return this.client.clock.now();
  }

  /** Gives the command; false, with the reason on the screen, when it was refused. */
  async command(command: AnyCommand): Promise<boolean> {
    try {
      await this.client.command(command);
      this.tell("");
      return true;
    } catch (fault) {
      const refusal = fault instanceof RoomRefusal ? fault : new RoomRefusal("fault");
      this.tell(refusal.message || this.words.of("refused", refusal.code));
      return false;
    }
  }

  /** What went wrong, for a while; "" takes it away. */
  tell(text: string): void {
    const place = slot(this.element, "trouble");
    clearTimeout(this.trouble);
    write(place, text);
    show(place, text !== "");
    if (text !== "") {
      this.trouble = setTimeout(() => this.tell(""), 12_000);
    }
  }

  private tellLink(link: Link): void {
    this.link = link;
    const pill = slot(this.element, "link");
    write(pill, this.words.of("link", link));
    set(pill, "data-link", link);
    set(this.element, "data-link", link);
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

/** The words of a reply that refused. */
export function refusalOf(reply: Reply, words: Words): string {
  const { detail, text, code } = reply.body;
  return String(detail ?? text ?? words.of("refused", String(code ?? "fault")));
}
