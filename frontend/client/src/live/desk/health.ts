/** The health strip: how well the room hangs together, and when to advise a pause. Pure. */
import type { TickMessage } from "../messages.gen";
import type { Link } from "../room-socket";

export type Level = "good" | "slow" | "bad";

export interface Health {
  level: Level;
  /** Key of the advice in words; "" when there is nothing to say. */
  advice: string;
}

/** Acknowledgements later than this are felt by people; later than the second bound answers pile up. */
export const ACK_SLOW_MS = 400;
export const ACK_BAD_MS = 1000;

/** Whether ticks come over this line; a short break of an open one is over before anything else is known. */
export function hearsTicks(link: Link): boolean {
  return link === "open" || link === "connecting";
}

/** Ticks come when something changes; whether they can come at all the link says. */
export function health(tick: TickMessage | null, link: Link): Health {
  if (link === "lost" || link === "forbidden" || link === "unknown" || link === "replaced" || link === "outdated") {
    return { level: "bad", advice: "health.no-link" };
  }
  if ((tick?.ack_ms ?? 0) >= ACK_BAD_MS) {
    return { level: "bad", advice: "health.pause" };
  }
  if (link === "polling" || tick === null) {
    return { level: "slow", advice: link === "polling" ? "health.polling" : "" };
  }
  if ((tick.ack_ms ?? 0) >= ACK_SLOW_MS) {
    return { level: "slow", advice: "health.slow" };
  }
  return (tick.projectors ?? 0) === 0 ? { level: "slow", advice: "health.no-projector" } : { level: "good", advice: "" };
}
