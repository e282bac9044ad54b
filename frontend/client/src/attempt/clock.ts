/**
 * The time left, by the server's word and the device's monotonic counter; the wall clock of a phone is never asked.
 *
 * Each reply was written by the server at some moment between sending and receiving, so the deadline lies in an
 * interval. The clock keeps its idea while it fits and moves to the nearer edge when it does not: no jumping back and
 * forth with the network's delay, and an extension given by the organiser arrives at once.
 */
export class Clock {
  private deadline: number;
  private readonly now: () => number;

  constructor(remainingMs: number, now: () => number = () => performance.now(), since: number = now()) {
    this.now = now;
    this.deadline = since + remainingMs;
  }

  /** Milliseconds left, never below 0. */
  remaining(): number {
    return Math.max(0, this.deadline - this.now());
  }

  /** Takes the server's `remainingMs` of a request sent and answered at these moments of `now`. */
  correct(remainingMs: number, sentAt: number, receivedAt: number): void {
    const earliest = sentAt + remainingMs;
    const latest = receivedAt + remainingMs;
    this.deadline = Math.min(Math.max(this.deadline, earliest), latest);
  }

  /** The counter itself, for `correct`. */
  moment(): number {
    return this.now();
  }
}

/** When the page's own figure of the time left was true: the first byte of the page, not the start of the script. */
export function pageReceivedAt(performance: Performance = globalThis.performance): number {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation && navigation.responseStart > 0 ? navigation.responseStart : performance.now();
}
