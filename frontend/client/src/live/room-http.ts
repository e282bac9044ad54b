/** The live room over HTTP, for as long as no socket can be had: the same snapshot polled by its ETag, and POSTs. */
import { callJson, type Reply } from "../shared/http";
import type { AnyCommand, RoomServerMessage, WelcomeMessage } from "./messages.gen";
import { type Done, RoomRefusal } from "./room-commands";
import { readRoom } from "./room-store";

export interface RoomHttpOptions {
  /** "/api/v1/live/7" */
  apiUrl: string;
  role: WelcomeMessage["role"];
  token(): Promise<string | null>;
  /** The version shown, 0 for none. */
  version(): number;
  onMessage(message: RoomServerMessage): void;
}

export type Reached = "polling" | "lost" | "forbidden" | "unknown";

const POLL_MS = 2_000;
const PATIENCE_MS = 8_000;

export class RoomHttp {
  private readonly options: RoomHttpOptions;
  private etag: string | null = null;
  private round = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RoomHttpOptions) {
    this.options = options;
  }

  /** POST to the round's API with the token; null when the server was not reached. */
  post(path: string, body: unknown): Promise<Reply | null> {
    return this.ask(path, { method: "POST", body });
  }

  /** GET from the round's API with the token; null when the server was not reached. */
  get(path: string): Promise<Reply | null> {
    return this.ask(path, {});
  }

  private async ask(path: string, options: { method?: string; body?: unknown }): Promise<Reply | null> {
    try {
      const headers = await this.authorization();
      return headers && (await callJson(`${this.options.apiUrl}/${path}`, { ...options, headers, timeoutMs: PATIENCE_MS }));
    } catch {
      return null;
    }
  }

  /** Rejects with RoomRefusal. */
  async command(id: string, command: AnyCommand): Promise<Done> {
    const reply = await this.post("commands", { id, command });
    if (reply === null) {
      throw new RoomRefusal("connection-lost");
    }
    const { code, detail, text, version } = reply.body;
    if (reply.status >= 300) {
      throw new RoomRefusal(String(code ?? "fault"), String(detail ?? text ?? ""));
    }
    return { version: Number(version ?? 0) };
  }

  get isPolling(): boolean {
    return this.timer !== undefined;
  }

  /** Polls until `stop`; tells after every try how it went. */
  start(tell: (reached: Reached) => void): void {
    this.stop();
    this.timer = setTimeout(() => undefined, 0);
    void this.poll(this.round, tell);
  }

  stop(): void {
    this.round += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async poll(round: number, tell: (reached: Reached) => void): Promise<void> {
    const reached = await this.pollOnce(round).catch(() => "lost" as const);
    if (round === this.round) {
      this.timer = setTimeout(() => void this.poll(round, tell), POLL_MS * (0.8 + 0.4 * Math.random()));
      tell(reached);
    }
  }

  private async pollOnce(round: number): Promise<Reached> {
    const headers = await this.authorization();
    if (headers === null) {
      return "forbidden";
    }
    const { apiUrl, role, version } = this.options;
    if (this.etag !== null && version() > 0) {
      headers["If-None-Match"] = this.etag;
    }
    const reply = await callJson(`${apiUrl}/state?role=${role}&v=${version()}`, { headers, timeoutMs: PATIENCE_MS });
    if (reply.status === 403) {
      return "forbidden";
    }
    if (reply.status === 401 || reply.status === 404) {
      return "unknown";
    }
    const message = reply.status === 200 ? readRoom(reply.body) : null;
    if (message !== null && round === this.round) {
      this.etag = reply.etag;
      this.options.onMessage(message);
    }
    return message !== null || reply.status === 304 ? "polling" : "lost";
  }

  private async authorization(): Promise<Record<string, string> | null> {
    const token = await this.options.token();
    return token === null ? null : { Authorization: `Bearer ${token}` };
  }
}
