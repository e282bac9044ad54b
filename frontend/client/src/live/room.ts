/**
 * One screen in a live room: line, clock and store put together. The page draws `room` whenever `onChange` is called.
 *
 * A participant's page gives `answers`, its outbox; the others leave it out.
 */
import { socketAddress } from "../shared/socket-address";
import type { AnswerOutbox } from "./answer-outbox";
import type { AnyCommand, RoomServerMessage, WelcomeMessage } from "./messages.gen";
import { type Done, type Link, RoomSocket } from "./room-socket";
import { reduce, type Room, type RoomView } from "./room-store";
import { ServerClock } from "./server-clock";

export interface RoomClientOptions<V extends RoomView> {
  round: number | string;
  role: WelcomeMessage["role"];
  token(): Promise<string | null>;
  /** The room as it is now and as it was before this message. */
  onChange(room: Room<V>, before: Room<V> | null): void;
  onLink(link: Link): void;
  /** A refusal that belongs to no command, and whatever else the store does not keep. */
  onOther?(message: RoomServerMessage): void;
  answers?(client: RoomClient<V>): AnswerOutbox;
}

/** Another device, or nobody, answers for this participant now: what waits here is no longer this page's to send. */
const PARTED: readonly Link[] = ["replaced", "forbidden", "unknown"];

export class RoomClient<V extends RoomView> {
  readonly clock = new ServerClock();
  readonly socket: RoomSocket;
  readonly answers: AnswerOutbox | null;
  room: Room<V> | null = null;
  private readonly options: RoomClientOptions<V>;
  private readonly seen = (): void => {
    if (document.visibilityState === "visible") {
      this.socket.wake();
    }
  };

  constructor(options: RoomClientOptions<V>) {
    this.options = options;
    this.socket = new RoomSocket({
      socketUrl: socketAddress(`/ws/phong/${options.round}`),
      apiUrl: `/api/v1/live/${options.round}`,
      role: options.role,
      clock: this.clock,
      token: options.token,
      version: () => this.room?.version ?? 0,
      onMessage: (message) => this.take(message),
      onLink: (link) => this.linked(link),
    });
    this.answers = options.answers?.(this) ?? null;
  }

  open(): void {
    document.addEventListener("visibilitychange", this.seen);
    window.addEventListener("online", this.seen);
    window.addEventListener("offline", this.seen);
    window.addEventListener("pageshow", this.seen);
    this.socket.open();
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.seen);
    window.removeEventListener("online", this.seen);
    window.removeEventListener("offline", this.seen);
    window.removeEventListener("pageshow", this.seen);
    this.socket.close();
    this.answers?.close();
  }

  private linked(link: Link): void {
    if (PARTED.includes(link)) {
      this.answers?.close();
    }
    this.options.onLink(link);
  }

  command(command: AnyCommand): Promise<Done> {
    return this.socket.command(command);
  }

  /** Takes a message, from the socket or from a reply by HTTP. */
  take(message: RoomServerMessage): void {
    const value = message.type === "ack" ? this.answers?.acknowledged(message) : undefined;
    if (message.type === "ack" && value === undefined) {
      return; // a second acknowledgement of what is known already
    }
    const before = this.room;
    const step = reduce(before, message, value);
    this.room = step.room;
    if (step.resync) {
      this.socket.resync();
    }
    if (message.type === "welcome") {
      this.answers?.known(message.answer);
      this.answers?.opened();
    }
    if (step.changed && step.room !== null) {
      this.options.onChange(step.room, before);
    } else if (!step.resync) {
      this.options.onOther?.(message);
    }
  }
}
