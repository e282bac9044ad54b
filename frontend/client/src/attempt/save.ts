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
  /** Not reached ("offline") or not ready ("busy"); tried again by itself. */
  | { name: "offline" | "busy"; unsent: number; retryInMs: number }
  /** Reached and refused. What the fault names waits until it is changed; the rest is sent again without it. */
  | { name: "failed"; fault: Fault; unsent: number }
  /** No save of this page will be taken any more: opened-elsewhere, attempt-late, attempt-finished, signed-out… */
  | { name: "stopped"; code: string; unsent: number };

export type SubmitOutcome =
  | { name: "submitted"; receipt: string; resultUrl: string | null }
  /** Not taken as it stands: sending the same again would be refused again. Saving goes on. */
  | { name: "refused"; fault: Fault }
  | { name: "stopped"; code: string };

/** Why the server refused: its code, its sentence (or ""), and by place ("prediction", a question's number) what is wrong. */
export interface Fault {
  code: string;
  detail: string;
  places: Record<string, string>;
}

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
const PREDICTION = "prediction";

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
  private waiting: "offline" | "busy" = "offline";
  /** Places that the server refused as they stand, left out of every save until they change. */
  private readonly held = new Set<string>();
  private fault: Fault | null = null;
  /** Ends the wait of a hand-in that found no network. */
  private wake: (() => void) | null = null;
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
    this.held.delete(no);
    this.answers.set(no, { value, order: ++this.order });
    this.changed();
  }

  changePrediction(value: string): void {
    this.held.delete(PREDICTION);
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
    if (!this.hasWork() || this.stopped !== null || this.submitting) {
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
    this.wake?.();
  }

  /**
   * Hands the attempt in with all its answers, trying until the server has decided. `onWaiting` is told each time the
   * server was not reached ("offline") or not ready ("busy"), with the wait in ms before the next try.
   */
  async submit(
    everything: Omit<SaveBody, "revision">,
    onWaiting: (waitMs: number, why: "offline" | "busy") => void,
  ): Promise<SubmitOutcome> {
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
      onWaiting(wait, reply === null ? "offline" : "busy");
      await this.pause(wait, reply === null);
    }
  }

  private async pause(ms: number, untilNetwork: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = untilNetwork ? () => (clearTimeout(timer), resolve()) : null;
    });
    this.wake = null;
  }

  private async readSubmit(reply: Reply): Promise<SubmitOutcome | null> {
    const code = refusalOf(reply);
    if (reply.status >= 200 && reply.status < 300) {
      await this.options.outbox.clear(this.options.attempt);
      const { receipt, result_url: url } = reply.body;
      return { name: "submitted", receipt: String(receipt ?? ""), resultUrl: typeof url === "string" ? url : null };
    }
    if (code === null && isForLater(reply)) {
      return null;
    }
    this.submitting = false;
    if (code === null) {
      const fault = faultOf(reply);
      this.refused(fault, this.order);
      if (this.hasWork()) {
        this.schedule(QUIET_MS);
      }
      return { name: "refused", fault };
    }
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
      this.report({ name: this.waiting, unsent: this.unsent, retryInMs: this.waitMs });
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
    if (reply === null || isForLater(reply)) {
      this.retryLater(reply);
      return;
    }
    const code = refusalOf(reply);
    if (code !== null) {
      await this.stop(code);
    } else if (reply.status >= 200 && reply.status < 300) {
      this.acknowledge(reply, revision, upTo);
    } else {
      this.failures = 0;
      this.refused(faultOf(reply), upTo);
    }
  }

  /** Leaves out what the fault names and goes on with the rest; a fault that names nothing waits for the next change. */
  private refused(fault: Fault, upTo: number): void {
    const named = Object.keys(fault.places).filter((place) => (this.changeOf(place)?.order ?? Infinity) <= upTo);
    for (const place of named) {
      this.held.add(place);
    }
    this.fault = fault;
    this.report({ name: "failed", fault, unsent: this.unsent });
    if (this.hasWork() && (named.length > 0 || this.order > upTo)) {
      this.schedule(QUIET_MS);
    }
  }

  private changeOf(place: string): Change<unknown> | null {
    return place === PREDICTION ? this.prediction : (this.answers.get(place) ?? null);
  }

  /** Whether anything unsent may be sent as it stands. */
  private hasWork(): boolean {
    const answers = [...this.answers.keys()].some((no) => !this.held.has(no));
    return answers || (this.prediction !== null && !this.held.has(PREDICTION));
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
    } else if (!this.hasWork() && this.fault !== null) {
      this.report({ name: "failed", fault: this.fault, unsent: this.unsent });
    } else {
      this.report({ name: "pending", unsent: this.unsent });
      this.schedule(QUIET_MS);
    }
  }

  private forget(upTo: number): void {
    for (const [no, change] of this.answers) {
      if (change.order <= upTo && !this.held.has(no)) {
        this.answers.delete(no);
      }
    }
    if (this.prediction !== null && this.prediction.order <= upTo && !this.held.has(PREDICTION)) {
      this.prediction = null;
    }
  }

  private retryLater(reply: Reply | null): void {
    this.waitMs = waitAfter(reply, this.failures, this.options.random);
    this.waiting = reply === null ? "offline" : "busy";
    this.failures += 1;
    this.report({ name: this.waiting, unsent: this.unsent, retryInMs: this.waitMs });
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
    const sent = [...this.answers].filter(([no]) => !this.held.has(no)).map(([no, change]) => [no, change.value]);
    const prediction = this.held.has(PREDICTION) ? null : (this.prediction?.value ?? null);
    return { revision: this.nextRevision(), answers: Object.fromEntries(sent), prediction };
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

/** The server was reached and asks to come back; anything else below 500 would be refused again. */
function isForLater(reply: Reply): boolean {
  return reply.status === 429 || reply.status >= 500;
}

function faultOf(reply: Reply): Fault {
  const { code, detail, fields } = reply.body;
  const named = typeof fields === "object" && fields !== null ? Object.entries(fields) : [];
  const places = named.map(([field, words]) => [field.replace(/^answers\./, ""), String(words)]);
  return { code: String(code ?? reply.status), detail: String(detail ?? ""), places: Object.fromEntries(places) };
}

function waitAfter(reply: Reply | null, failures: number, random: (() => number) | undefined): number {
  const asked = reply?.retryAfter ?? null;
  return asked === null ? backoff(failures, random) : asked * 1000 + Math.round((random ?? Math.random)() * 1000);
}
