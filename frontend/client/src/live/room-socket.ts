/**
 * The line between a screen and its live room: a WebSocket that greets with `hello`, and polling while none can be had.
 *
 * A socket counts as open once it has welcomed. One that says nothing for 25 s is dropped; every wait is spread so that
 * a hall does not come back in one instant. Pings keep the server's clock and the line alive; each pong is echoed at
 * once. Some close codes end it until `open` is called again (`ENDS`); all others, and a lost network, are followed by a
 * new try.
 */
import { backoff } from "../shared/backoff";
import type { Reply } from "../shared/http";
import { type AnyCommand, PROTOCOL, type RoomClientMessage, type RoomServerMessage } from "./messages.gen";
import { type Done, newCommandId, RoomCommands, RoomRefusal } from "./room-commands";
import { type Reached, RoomHttp, type RoomHttpOptions } from "./room-http";
import { readRoom } from "./room-store";
import type { ServerClock } from "./server-clock";

export { type Done, RoomRefusal };

/**
 * open: all is well. connecting: a try is running. polling: slower, by HTTP. lost: nothing gets through. And four ends:
 * replaced (another device has taken over), forbidden (kicked, or no longer in the role), unknown (no such room, or the
 * token is no longer good), outdated (the page must be loaded again).
 */
export type Link = "connecting" | "open" | "replaced" | "unknown" | "outdated" | Reached;

export interface RoomSocketOptions extends RoomHttpOptions {
  socketUrl: string;
  clock: ServerClock;
  onLink(link: Link): void;
}

const ENDS: Readonly<Record<number, Link>> = { 4001: "replaced", 4403: "forbidden", 4404: "unknown", 4426: "outdated" };
/** A ticket may have grown old on its way; the next one is fresh. */
const NOT_IDENTIFIED = 4401;
const QUIET_MS = 25_000;
const WELCOME_MS = 10_000;
const WAKE_MS = 3_000;
const COMMAND_MS = 10_000;
/** A line heard within this is not asked again: a socket's messages are counted. */
const FRESH_MS = 2_000;
const PING_MS = 8_000; // spread over 6.4 to 9.6 s: after ten the server takes a phone for silent
const FIRST_PINGS = 5;
const FIRST_PING_MS = 250;
const RESYNC_GAP_MS = 1_000;
const TRIES_BEFORE_POLLING = 3;
const WAIT_FIRST_MS = 500;
const WAIT_MOST_MS = 8_000;

export class RoomSocket {
  private readonly options: RoomSocketOptions;
  private readonly http: RoomHttp;
  private readonly commands = new RoomCommands();
  private socket: WebSocket | null = null;
  private welcomed = false;
  private stopped = true;
  private failures = 0;
  private unknown = 0;
  private pings = 0;
  private heardAt = Number.NEGATIVE_INFINITY;
  private lastResync = Number.NEGATIVE_INFINITY;
  private link: Link | null = null;
  private readonly timers: Partial<Record<"retry" | "quiet" | "ping" | "resync", ReturnType<typeof setTimeout>>> = {};

  constructor(options: RoomSocketOptions) {
    this.options = options;
    this.http = new RoomHttp({ ...options, onMessage: (message) => this.deliver(message) });
    options.clock.onStep = () => this.wake();
  }

  open(): void {
    this.stopped = false;
    this.failures = this.unknown = 0;
    void this.connect();
  }

  close(): void {
    this.stopped = true;
    this.http.stop();
    Object.values(this.timers).forEach(clearTimeout);
    delete this.timers.resync;
    this.detach()?.close();
    this.commands.abandon();
  }

  get isOpen(): boolean {
    return this.welcomed && this.socket?.readyState === WebSocket.OPEN;
  }

  /** Sends when the socket is open and greeted; false otherwise. */
  send(message: RoomClientMessage): boolean {
    if (this.isOpen) {
      this.write(message);
    }
    return this.isOpen;
  }

  /** POST to the round's API with the token; null when the server was not reached. */
  post(path: string, body: unknown): Promise<Reply | null> {
    return this.http.post(path, body);
  }

  /** Reads from the round's API; null when the server was not reached. */
  get(path: string): Promise<Reply | null> {
    return this.http.get(path);
  }

  /** Asks for a snapshot, at most once a second. */
  resync(): void {
    const wait = this.lastResync + RESYNC_GAP_MS - performance.now();
    if (wait > 0) {
      this.timers.resync ??= setTimeout(() => this.resync(), wait);
      return;
    }
    clearTimeout(this.timers.resync);
    delete this.timers.resync;
    this.lastResync = performance.now();
    this.send({ type: "resync" });
  }

  /**
   * Gives a command, by the socket or by HTTP. Rejects with RoomRefusal: on a line that has been silent and is dead within
   * three seconds, on any within ten. The ping goes first, for the server reads nothing more while it works on a command.
   */
  command(command: AnyCommand): Promise<Done> {
    const id = newCommandId();
    if (!this.isOpen) {
      return this.http.command(id, command);
    }
    if (performance.now() - this.heardAt > FRESH_MS) {
      this.ping();
      this.expect(WAKE_MS);
    }
    const done = this.commands.wait(id);
    this.write({ type: "command", id, command });
    setTimeout(() => this.commands.isWaiting(id) && this.drop(), COMMAND_MS);
    return done;
  }

  /** The network is back or the page is seen again: make sure of the line at once. */
  wake(): void {
    if (this.stopped) {
      return;
    }
    if (this.isOpen) {
      this.ping();
      this.expect(WAKE_MS);
    } else if (this.socket === null) {
      this.retryIn(Math.random() * 300);
    }
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timers.retry);
    this.detach()?.close();
    if (this.failures === 0) {
      this.tell("connecting");
    }
    const token = await this.options.token().catch(() => undefined);
    if (this.stopped || this.socket !== null) {
      return;
    }
    if (token === null) {
      this.end("forbidden");
      return;
    }
    this.socket = token === undefined ? null : this.greet(token);
    if (this.socket === null) {
      this.lost();
    } else {
      this.expect(WELCOME_MS);
    }
  }

  /** A socket that will say hello; null where the browser has none to give. */
  private greet(token: string): WebSocket | null {
    try {
      const socket = new WebSocket(this.options.socketUrl);
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", role: this.options.role, token, protocol: PROTOCOL }));
      socket.onmessage = (event) => this.socket === socket && this.take(parse(String(event.data)));
      socket.onclose = (event) => this.socket === socket && this.closed(event.code);
      return socket;
    } catch {
      return null;
    }
  }

  private take(value: unknown): void {
    const message = readRoom(value);
    this.heardAt = performance.now();
    this.expect(QUIET_MS);
    if (message === null) {
      return;
    }
    if (message.type === "pong") {
      this.write({ type: "echo", n: message.n });
      if (message.t >= 0) {
        this.options.clock.pong(message.t, message.at);
      } // else it answers no ping: the server asks for a sign of life
    } else if (message.type === "welcome") {
      this.greeted();
    }
    this.deliver(message);
  }

  private deliver(message: RoomServerMessage): void {
    if (message.type === "welcome" || message.type === "moved") {
      if (message.at !== undefined) {
        this.options.clock.heard(message.at);
      }
    } else if (message.type === "done" || message.type === "refused") {
      this.commands.settle(message);
    }
    this.options.onMessage(message);
  }

  private greeted(): void {
    this.failures = this.unknown = 0;
    this.http.stop();
    if (!this.welcomed) {
      this.welcomed = true;
      this.pings = 0;
      this.beat();
    }
    this.tell("open");
  }

  /** Five pings at once for the clock, then one about every eight seconds. */
  private beat(): void {
    this.ping();
    this.pings += 1;
    const wait = this.pings < FIRST_PINGS ? FIRST_PING_MS : PING_MS * (0.8 + 0.4 * Math.random());
    clearTimeout(this.timers.ping);
    this.timers.ping = setTimeout(() => this.beat(), wait);
  }

  private ping(): void {
    this.send({ type: "ping", t: this.options.clock.moment() });
  }

  /** Something must be heard within so many ms, or the line is dead. */
  private expect(ms: number): void {
    clearTimeout(this.timers.quiet);
    this.timers.quiet = setTimeout(() => this.drop(), ms);
  }

  /** The line is taken for dead. */
  private drop(): void {
    this.detach()?.close();
    this.lost();
  }

  private closed(code: number): void {
    this.detach();
    const again = code === NOT_IDENTIFIED && this.unknown < 1;
    const end = code === NOT_IDENTIFIED && !again ? "unknown" : ENDS[code];
    this.unknown = code === NOT_IDENTIFIED ? this.unknown + 1 : 0;
    if (end !== undefined) {
      this.end(end);
    } else {
      this.lost();
    }
  }

  private end(link: Link): void {
    this.close();
    this.tell(link);
  }

  private lost(): void {
    clearTimeout(this.timers.quiet);
    clearTimeout(this.timers.ping);
    this.commands.abandon();
    this.failures += 1;
    if (this.failures >= TRIES_BEFORE_POLLING && !this.http.isPolling) {
      this.http.start((reached) => (isEnd(reached) ? this.end(reached) : this.tell(reached)));
    } else if (!this.http.isPolling) {
      this.tell(this.failures > 1 ? "lost" : "connecting");
    }
    this.retryIn(backoff(this.failures - 1, Math.random, WAIT_FIRST_MS, WAIT_MOST_MS));
  }

  private retryIn(ms: number): void {
    clearTimeout(this.timers.retry);
    this.timers.retry = setTimeout(() => void this.connect(), ms);
  }

  private tell(link: Link): void {
    if (this.link !== link) {
      this.link = link;
      this.options.onLink(link);
    }
  }

  /** Parts with the socket, whose further events are no longer heard. */
  private detach(): WebSocket | null {
    const socket = this.socket;
    this.socket = null;
    this.welcomed = false;
    return socket;
  }

  private write(message: RoomClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }
}

function isEnd(link: Link): boolean {
  return link === "forbidden" || link === "unknown";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
