/**
 * The one answer of a participant that the server has not acknowledged: kept over a reload, repeated with the same key.
 *
 * Sent at once; when 2.5 s old, again every 1.2 s; on every new socket; and by HTTP while no socket is open. The server
 * takes it once however often it comes. It leaves the box when it is acknowledged, or refused for good. A changed mind
 * takes its place; what was sent before it may be acknowledged all the same, and then it counts until the newer one is.
 */
import type { AckMessage, AnswerMessage, OwnAnswer, RoomRefusedMessage } from "./messages.gen";

export type Given = Omit<AnswerMessage, "type"> & { seq: number };

export interface OutboxOptions {
  /** Where it is kept: sessionStorage, or nothing in a browser that refuses it. */
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;
  /** Names the round and the participant, so that another's answer is never sent as one's own. */
  place: string;
  /** Sends by the socket; false when none is open. */
  send(answer: AnswerMessage): boolean;
  /** Sends by HTTP; resolves to what the server said, null when it was not reached. */
  post(answer: AnswerMessage): Promise<AckMessage | RoomRefusedMessage | null>;
  /** What came by HTTP, to be handled as if it came by the socket. */
  onReply(message: AckMessage | RoomRefusedMessage): void;
  newKey?(): string;
  now?(): number;
}

const OLD_MS = 2_500;
const AGAIN_MS = 1_200;
/** The answer may be taken a moment later; everything else is for good. */
const FOR_LATER: readonly string[] = ["busy", "fault", "throttled", "too-many-requests", "question-not-open", "live-paused"];

export class AnswerOutbox {
  private readonly options: OutboxOptions;
  private given: Given | null = null;
  /** What was sent to this run and has had no word yet, by key. */
  private readonly sent = new Map<string, Given>();
  private since = 0;
  private posting = false;
  private closed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.given = this.restored();
    this.since = this.moment();
    if (this.given !== null) {
      this.sent.set(this.given.key, this.given);
    }
  }

  /** What waits for the server's word; null when nothing does. */
  get pending(): Given | null {
    return this.given;
  }

  /** Whether an answer that was sent before the last one has had no word yet. */
  get isUnsure(): boolean {
    return [...this.sent.keys()].some((key) => key !== this.given?.key);
  }

  /** Gives an answer to a run; `after` is the number of the last acknowledged answer to it, 0 for none. */
  give(run: number, value: unknown, after = 0): Given {
    const before = this.given !== null && this.given.run === run ? this.given.seq : 0;
    const key = (this.options.newKey ?? newKey)();
    this.given = { run, key, value, seq: Math.max(before, after) + 1 };
    this.forgetAllBut(run);
    this.sent.set(key, this.given);
    this.since = this.moment();
    this.keep();
    this.push();
    return this.given;
  }

  /** A socket has been opened and greeted: whatever waits goes at once. */
  opened(): void {
    this.closed = false;
    if (this.given !== null) {
      this.push();
    }
  }

  /** Tries now, whatever the clock says: the person asked for it. */
  retry(): void {
    this.push();
  }

  /** The server has it. The value that it acknowledges; undefined for one that is not known, or is known to be there. */
  acknowledged(ack: Pick<AckMessage, "run" | "key">): unknown {
    const found = this.sent.get(ack.key);
    if (found === undefined || found.run !== ack.run) {
      return undefined;
    }
    this.sent.delete(ack.key);
    if (this.given?.key === ack.key) {
      this.drop();
    }
    return found.value;
  }

  /** A snapshot tells what is on disk: the waiting answer may be there already. */
  known(answer: OwnAnswer | null | undefined): void {
    if (answer) {
      this.acknowledged(answer);
    }
  }

  /** True when the waiting answer was refused for good and has left the box. */
  refused(message: Pick<RoomRefusedMessage, "code" | "key">, forGood = !FOR_LATER.includes(message.code)): boolean {
    if (!forGood || !message.key) {
      return false;
    }
    this.sent.delete(message.key);
    if (this.given?.key !== message.key) {
      return false;
    }
    this.drop();
    return true;
  }

  /** Forgets what waits: it can no longer count. */
  drop(): void {
    this.given = null;
    this.keep();
    clearTimeout(this.timer);
  }

  /** Nothing is sent any more until a socket is opened again. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private push(): void {
    clearTimeout(this.timer);
    if (this.given === null || this.closed) {
      return;
    }
    const message: AnswerMessage = { type: "answer", ...this.given };
    if (!this.options.send(message)) {
      void this.byPost(message);
    }
    const age = this.moment() - this.since;
    this.timer = setTimeout(() => this.push(), age < OLD_MS - AGAIN_MS ? OLD_MS - age : AGAIN_MS);
  }

  private async byPost(message: AnswerMessage): Promise<void> {
    if (this.posting) {
      return;
    }
    this.posting = true;
    const reply = await this.options.post(message).catch(() => null);
    this.posting = false;
    if (reply !== null) {
      this.options.onReply(reply);
    }
    if (this.given !== null && this.given.key !== message.key) {
      this.push(); // a mind that was changed meanwhile does not wait for the clock
    }
  }

  private forgetAllBut(run: number): void {
    for (const [key, given] of this.sent) {
      if (given.run !== run) {
        this.sent.delete(key);
      }
    }
  }

  private moment(): number {
    return (this.options.now ?? (() => performance.now()))();
  }

  private keep(): void {
    const { storage, place } = this.options;
    try {
      if (this.given === null) {
        storage?.removeItem(place);
      } else {
        storage?.setItem(place, JSON.stringify(this.given));
      }
    } catch {
      // A full or forbidden storage costs the reload, not the answer.
    }
  }

  private restored(): Given | null {
    try {
      const found = JSON.parse(this.options.storage?.getItem(this.options.place) ?? "null") as Partial<Given> | null;
      const good = typeof found?.run === "number" && typeof found.key === "string" && typeof found.seq === "number";
      return good ? (found as Given) : null;
    } catch {
      return null;
    }
  }
}

/** Where a page may keep things; null in a browser that forbids it. */
export function sessionStore(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** 24 letters and digits, never twice. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
