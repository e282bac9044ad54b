/**
 * Brings messages of one address: by WebSocket, and by polling while no socket can be had.
 *
 * A socket that says nothing for 45 s is asked for a snapshot; one that does not answer is dropped. Every wait is spread
 * so that a hall does not come back in one instant. Polling uses the ETag, so an unchanged board costs a 304.
 */
import { backoff } from "../shared/backoff";

export interface FeedOptions {
  socketUrl: string;
  pollUrl: string;
  onMessage(value: unknown): void;
  /** true: what is shown is current; false: it may be old. */
  onFresh(fresh: boolean): void;
}

const QUIET_MS = 45_000;
const ANSWER_MS = 10_000;
const POLL_MS = 6_000;
const RESYNC_GAP_MS = 5_000;
const SOCKET_TRIES_BEFORE_POLLING = 2;

export class Feed {
  private readonly options: FeedOptions;
  private socket: WebSocket | null = null;
  private failures = 0;
  private etag: string | null = null;
  private polling: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private lastResync = 0;
  private closed = false;

  constructor(options: FeedOptions) {
    this.options = options;
  }

  open(): void {
    this.closed = false;
    this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.polling);
    clearTimeout(this.quiet);
    clearTimeout(this.retry);
    this.polling = undefined;
    this.socket?.close();
  }

  /** The network is back or the page is seen again. */
  wake(): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.ask();
    } else if (!this.closed) {
      clearTimeout(this.retry);
      this.connect();
    }
  }

  /** Asks for a snapshot, at most once in five seconds. */
  resync(): void {
    if (Date.now() - this.lastResync >= RESYNC_GAP_MS) {
      this.ask();
    }
  }

  private ask(): void {
    this.lastResync = Date.now();
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send('{"type":"resync"}');
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.socket?.close(), ANSWER_MS);
    }
  }

  private connect(): void {
    if (!("WebSocket" in globalThis) || this.options.socketUrl === "") {
      this.poll();
      return;
    }
    const socket = this.makeSocket();
    this.socket = socket;
    if (socket === null) {
      this.lost();
      return;
    }
    socket.onopen = () => this.heard();
    socket.onmessage = (event) => {
      this.failures = 0;
      this.heard();
      this.options.onMessage(parse(String(event.data)));
    };
    socket.onclose = () => this.socket === socket && this.lost();
  }

  private makeSocket(): WebSocket | null {
    try {
      return new WebSocket(this.options.socketUrl);
    } catch {
      return null;
    }
  }

  private heard(): void {
    clearTimeout(this.polling);
    this.polling = undefined;
    this.options.onFresh(true);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.ask(), QUIET_MS * (0.8 + 0.4 * Math.random()));
  }

  private lost(): void {
    clearTimeout(this.quiet);
    this.socket = null;
    if (this.closed) {
      return;
    }
    this.options.onFresh(false);
    this.failures += 1;
    if (this.failures >= SOCKET_TRIES_BEFORE_POLLING && this.polling === undefined) {
      this.poll();
    }
    this.retry = setTimeout(() => this.connect(), backoff(this.failures));
  }

  private poll(): void {
    void this.pollOnce().then((reached) => {
      if (this.closed || this.socket?.readyState === WebSocket.OPEN) {
        return;
      }
      this.options.onFresh(reached);
      this.polling = setTimeout(() => this.poll(), POLL_MS * (0.8 + 0.4 * Math.random()));
    });
  }

  private async pollOnce(): Promise<boolean> {
    try {
      const reply = await fetch(this.options.pollUrl, {
        headers: { Accept: "application/json", ...(this.etag === null ? {} : { "If-None-Match": this.etag }) },
        cache: "no-store",
        credentials: "same-origin",
      });
      if (reply.status === 304) {
        return true;
      }
      if (!reply.ok) {
        return false;
      }
      this.etag = reply.headers.get("ETag");
      this.options.onMessage(parse(await reply.text()));
      return true;
    } catch {
      return false;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
