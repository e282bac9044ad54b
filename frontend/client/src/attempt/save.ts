/**
 * Sends changed answers: after a second of quiet, at once when leaving, one request in flight, again until the server
 * has said yes. The state it reports is what the server said, never a hope.
 *
 * Order on a change: the outbox is written, then the save is scheduled. An answer leaves the outbox only when a reply
 * acknowledges a revision that carried it.
 */
import type { Reply } from "../shared/http";
import { backoff } from "../shared/backoff";
import type { Answer } from "./answers";
import type { Outbox, Pending } from "./outbox";

export interface SaveBody {
  revision: number;
  answers: Record<string, Answer>;
  prediction: string | null;
}

export type SaveState =
  | { name: "idle" }
  | { name: "pending"; unsent: number }
  | { name: "saving"; unsent: number }
  | { name: "saved"; at: string }
  /** Not reached; tried again by itself. */
  | { name: "offline"; unsent: number; retryInMs: number }
  /** Reached and refused; tried again with the next change. */
  | { name: "failed"; code: string; unsent: number }
  /** No save of this page will be taken any more: opened-elsewhere, attempt-late, attempt-finished, signed-out… */
  | { name: "stopped"; code: string; unsent: number };

export type SubmitOutcome =
  | { name: "submitted"; receipt: string; resultUrl: string | null }
  | { name: "stopped"; code: string };

export interface Connection {
  save(body: SaveBody, leaving: boolean): Promise<Reply>;
  submit(body: SaveBody): Promise<Reply>;
}

export interface SaverOptions {
  attempt: string;
  revision: number;
  connection: Connection;
  outbox: Outbox;
  onState(state: SaveState): void;
  /** Called with the server's time left and the moments of `now` around the request. */
  onRemaining?(remainingMs: number, sentAt: number, receivedAt: number): void;
  now?(): number;
  random?(): number;
}

interface Change<T> {
  value: T;
  /** The number of the change that brought this value. */
  order: number;
}

const QUIET_MS = 1000;

export class Saver {
  private readonly options: SaverOptions;
  private readonly answers = new Map<string, Change<Answer>>();
  private prediction: Change<string | null> | null = null;
  private order = 0;
  private sentRevision: number;
  private flights = 0;
  /** The newest change that a request under way carries. */
  private carried = 0;
  private failures = 0;
  private waitMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped: string | null = null;
  private submitting = false;

  constructor(options: SaverOptions) {
    this.options = options;
    this.sentRevision = options.revision;
  }

  /** How many answers (the prediction counts as one) the server has not acknowledged. */
  get unsent(): number {
    return this.answers.size + (this.prediction === null ? 0 : 1);
  }

  changeAnswer(no: string, value: Answer): void {
    this.answers.set(no, { value, order: ++this.order });
    this.changed();
  }

  changePrediction(value: string): void {
    this.prediction = { value, order: ++this.order };
    this.changed();
  }

  /** Takes up what an earlier visit could not send, and sends it at once. */
  restore(pending: Pick<Pending, "answers" | "prediction">): void {
    for (const [no, value] of Object.entries(pending.answers)) {
      this.answers.set(no, { value, order: ++this.order });
    }
    if (pending.prediction !== null) {
      this.prediction = { value: pending.prediction, order: ++this.order };
    }
    if (this.unsent > 0) {
      this.changed();
      this.flush();
    }
  }

  /** Sends now what is unsent; `leaving` sends even while another request is under way, if it carries less. */
  flush(leaving = false): void {
    if (this.unsent === 0 || this.stopped !== null || this.submitting) {
      return;
    }
    if (this.flights === 0 || (leaving && this.carried < this.order)) {
      this.unschedule();
      void this.send(leaving);
    }
  }

  /** The network is back: no need to sit out the wait. */
  retryNow(): void {
    if (this.failures > 0) {
      this.flush();
    }
  }

  /**
   * Hands the attempt in with all its answers, trying until the server has decided. `onWaiting` is told each time the
   * server was not reached or not ready, with the wait in ms before the next try.
   */
  async submit(everything: Omit<SaveBody, "revision">, onWaiting: (waitMs: number) => void): Promise<SubmitOutcome> {
    this.submitting = true;
    this.unschedule();
    const body = { revision: this.nextRevision(), ...everything };
    for (let failures = 0; ; failures += 1) {
      const reply = await this.options.connection.submit(body).catch(() => null);
      const outcome = reply === null ? null : await this.readSubmit(reply);
      if (outcome !== null) {
        return outcome;
      }
      const wait = waitAfter(reply, failures, this.options.random);
      onWaiting(wait);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private async readSubmit(reply: Reply): Promise<SubmitOutcome | null> {
    const code = refusalOf(reply);
    if (reply.status >= 200 && reply.status < 300) {
      await this.options.outbox.clear(this.options.attempt);
      const { receipt, result_url: url } = reply.body;
      return { name: "submitted", receipt: String(receipt ?? ""), resultUrl: typeof url === "string" ? url : null };
    }
    if (code === null) {
      return null;
    }
    this.submitting = false;
    await this.stop(code);
    return { name: "stopped", code };
  }

  private changed(): void {
    this.keep();
    if (this.stopped !== null) {
      this.report({ name: "stopped", code: this.stopped, unsent: this.unsent });
      return;
    }
    if (this.failures > 0) {
      // The next try is already set; a new answer must not shorten the wait a busy server asked for.
      this.report({ name: "offline", unsent: this.unsent, retryInMs: this.waitMs });
      return;
    }
    this.report({ name: "pending", unsent: this.unsent });
    if (this.flights === 0) {
      this.schedule(QUIET_MS);
    }
  }

  private async send(leaving: boolean): Promise<void> {
    const upTo = this.order;
    const body = this.body();
    this.carried = upTo;
    this.flights += 1;
    this.keep();
    this.report({ name: "saving", unsent: this.unsent });
    const sentAt = this.moment();
    const reply = await this.options.connection.save(body, leaving).catch(() => null);
    this.flights -= 1;
    if (reply !== null && typeof reply.body["remaining_ms"] === "number") {
      this.options.onRemaining?.(reply.body["remaining_ms"], sentAt, this.moment());
    }
    if (!this.submitting && this.stopped === null) {
      await this.read(reply, body.revision, upTo);
    }
  }

  private async read(reply: Reply | null, revision: number, upTo: number): Promise<void> {
    if (reply === null || reply.status === 429 || reply.status >= 500) {
      this.retryLater(reply);
      return;
    }
    const code = refusalOf(reply);
    if (code !== null) {
      await this.stop(code);
    } else if (reply.status >= 200 && reply.status < 300) {
      this.acknowledge(reply, revision, upTo);
    } else {
      const refused = reply.body["code"];
      this.failures = 0;
      this.report({ name: "failed", code: String(refused ?? reply.status), unsent: this.unsent });
      if (this.order > upTo) {
        this.schedule(QUIET_MS);
      }
    }
  }

  private acknowledge(reply: Reply, revision: number, upTo: number): void {
    this.failures = 0;
    const stored = Number(reply.body["revision"] ?? revision);
    // A revision we never sent is somebody else's: ours was passed over and must go again, numbered higher.
    if (stored > this.sentRevision) {
      this.sentRevision = stored;
    } else if (stored >= revision) {
      this.forget(upTo);
    }
    this.keep();
    if (this.unsent === 0) {
      this.report({ name: "saved", at: String(reply.body["saved_at"] ?? "") });
    } else {
      this.report({ name: "pending", unsent: this.unsent });
      this.schedule(QUIET_MS);
    }
  }

  private forget(upTo: number): void {
    for (const [no, change] of this.answers) {
      if (change.order <= upTo) {
        this.answers.delete(no);
      }
    }
    if (this.prediction !== null && this.prediction.order <= upTo) {
      this.prediction = null;
    }
  }

  private retryLater(reply: Reply | null): void {
    this.waitMs = waitAfter(reply, this.failures, this.options.random);
    this.failures += 1;
    this.report({ name: "offline", unsent: this.unsent, retryInMs: this.waitMs });
    this.schedule(this.waitMs);
  }

  private async stop(code: string): Promise<void> {
    this.stopped = code;
    this.unschedule();
    if (code === "attempt-finished" || code === "attempt-late") {
      await this.options.outbox.clear(this.options.attempt);
    }
    this.report({ name: "stopped", code, unsent: this.unsent });
  }

  private body(): SaveBody {
    const answers = Object.fromEntries([...this.answers].map(([no, change]) => [no, change.value]));
    return { revision: this.nextRevision(), answers, prediction: this.prediction?.value ?? null };
  }

  private nextRevision(): number {
    this.sentRevision += 1;
    return this.sentRevision;
  }

  private keep(): void {
    const { attempt, outbox } = this.options;
    if (this.unsent === 0) {
      void outbox.clear(attempt);
      return;
    }
    const answers = Object.fromEntries([...this.answers].map(([no, change]) => [no, change.value]));
    const pending = { answers, prediction: this.prediction?.value ?? null, sentRevision: this.sentRevision };
    void outbox.store(attempt, pending);
  }

  private schedule(waitMs: number): void {
    this.unschedule();
    this.timer = setTimeout(() => this.flush(), waitMs);
  }

  private unschedule(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private moment(): number {
    return this.options.now?.() ?? performance.now();
  }

  private report(state: SaveState): void {
    this.options.onState(state);
  }
}

/** The code that ends saving for this page, or null. */
function refusalOf(reply: Reply): string | null {
  const code = String(reply.body["code"] ?? "");
  if (reply.status === 409) {
    return code || "attempt-finished";
  }
  return reply.status === 401 || reply.status === 403 ? "signed-out" : null;
}

function waitAfter(reply: Reply | null, failures: number, random: (() => number) | undefined): number {
  const asked = reply?.retryAfter ?? null;
  return asked === null ? backoff(failures, random) : asked * 1000 + Math.round((random ?? Math.random)() * 1000);
}
