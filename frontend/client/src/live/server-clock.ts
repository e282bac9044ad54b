/**
 * The server's clock as this device can know it: an offset to the monotonic counter, from pings.
 *
 * A reply was written at some moment between sending and receiving; the middle is the best guess and half the round trip
 * the most it can be wrong. So of the last samples the one with the smallest round trip is believed. Until the first
 * pong the moments of ordinary messages serve: they tell the least the server's clock can show. A device that slept may
 * have stopped its counter: that is noticed, told by `onStep`, and the samples start over.
 */

const KEPT = 12;
const ENOUGH = 4;
const SLEPT_MS = 750;

interface Sample {
  rtt: number;
  offset: number;
}

export interface Moments {
  /** The monotonic counter, ms. */
  now(): number;
  /** The device's own clock, ms: only to notice that the counter stood still. */
  wall(): number;
}

const DEVICE: Moments = { now: () => performance.now(), wall: () => Date.now() };

export class ServerClock {
  /** The device's clock has made a step, by sleep or by hand: what is known may be wrong until the next pong. */
  onStep: (() => void) | null = null;
  private readonly moments: Moments;
  private samples: Sample[] = [];
  private rough: number | null = null;
  private apart: number;
  /** `rough` is reckoned from the device's clock: whatever is heard next is better. */
  private isGuess = false;
  private awakeSince = Number.NEGATIVE_INFINITY;

  constructor(moments: Moments = DEVICE) {
    this.moments = moments;
    this.apart = moments.wall() - moments.now();
  }

  /** The counter, to be sent as `t` of a ping. */
  moment(): number {
    return this.moments.now();
  }

  /** A pong that carries back `t` came in now; `at` is the server's moment in it. */
  pong(t: number, at: number): void {
    this.notice();
    const received = this.moments.now();
    if (t < this.awakeSince) {
      return; // it slept in between
    }
    this.apart = this.moments.wall() - received; // two clocks that drift apart slowly make no step
    const rtt = Math.max(0, received - t);
    this.samples = [...this.samples.slice(1 - KEPT), { rtt, offset: at - (t + rtt / 2) }];
  }

  /** Any other message that says when it was written. */
  heard(at: number): void {
    this.notice();
    const offset = at - this.moments.now();
    this.rough = this.rough === null || this.isGuess ? offset : Math.max(this.rough, offset);
    this.isGuess = false;
  }

  /** The server's milliseconds since 1970, now. The device's own clock only serves before anything was heard. */
  now(): number {
    this.notice();
    return this.moments.now() + (this.best()?.offset ?? this.rough ?? this.apart);
  }

  /** Whether four pings or more stand behind it. */
  get isSure(): boolean {
    return this.samples.length >= ENOUGH;
  }

  /** The smallest round trip among the last samples, ms; null before the first pong. */
  get rtt(): number | null {
    return this.best()?.rtt ?? null;
  }

  private best(): Sample | null {
    return this.samples.reduce<Sample | null>((best, one) => (best === null || one.rtt <= best.rtt ? one : best), null);
  }

  /**
   * The device's clock ran ahead of the counter: it slept, and the old samples are worth nothing. (Or somebody has set
   * the clock; then the ping that is sent at once mends it.) A clock that was set back says nothing.
   */
  private notice(): void {
    const slept = this.moments.wall() - this.moments.now() - this.apart;
    if (slept > SLEPT_MS) {
      this.samples = [];
      this.rough = this.rough === null ? null : this.rough + slept;
      this.isGuess = true;
      this.awakeSince = this.moments.now();
    }
    if (Math.abs(slept) > SLEPT_MS) {
      this.apart += slept;
      this.onStep?.();
    }
  }
}
