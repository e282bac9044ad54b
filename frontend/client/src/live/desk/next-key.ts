/** The one next key: what it would do now, in words, as a pure function of the view. */
import type { AnyCommand, HostView } from "../messages.gen";
import type { Facts } from "./words";

export interface NextKey {
  /** Key of the words. */
  word: string;
  facts: Facts;
  /** null: the key waits, somebody else moves. */
  command: AnyCommand | null;
}

/** A second press within this time belongs to the first. */
const DOUBLE_MS = 1000;

/** What a press of the next key gives. On a paused round a double press only resumes: the round stays where it stood. */
export class NextPress {
  private resumed = Number.NEGATIVE_INFINITY;

  command(view: HostView, mono = performance.now()): AnyCommand | null {
    if (mono - this.resumed < DOUBLE_MS) {
      return null;
    }
    const { command } = nextKey(view);
    this.resumed = command?.do === "resume" ? mono : this.resumed;
    return command;
  }
}

/** A paused round goes on by the same key; an open question never closes by it. */
export function nextKey(view: HostView): NextKey {
  if (view.clock?.paused) {
    return { word: "next.resume", facts: {}, command: { do: "resume" } };
  }
  const to = view.next_phase ?? "";
  const word = wordOf(view, to);
  const facts = { no: numberOf(view, to), title: view.next?.stem ?? "" };
  const leads = to !== "" && (view.can ?? []).includes("advance");
  return { word, facts, command: leads ? { do: "advance", seen: view.next_step ?? "" } : null };
}

function wordOf(view: HostView, to: string): string {
  if (to === "") {
    return `next.wait-${view.phase}`;
  }
  if (view.phase === "lobby") {
    return to === "slide" ? "next.start-slide" : "next.start";
  }
  if (to === "title" && view.next?.type === "poll") {
    return "next.poll";
  }
  if (to === "title" && view.next?.bell) {
    return "next.bell";
  }
  if (to === "podium") {
    return `next.podium-${view.coming_step ?? 4}`;
  }
  return view.phase === "closed" && view.question?.type === "poll" ? "next.reveal-poll" : `next.${to}`;
}

/** Which question of all questions the key leads to; slides and polls are not numbered. */
function numberOf(view: HostView, to: string): number {
  return to === "title" ? (view.next?.number ?? 0) : (view.question?.number ?? 0);
}

/** Moment (server's ms) when the round moves on by itself, 0 for never: what the stoppable countdown shows. */
export function movesAt(view: HostView): number {
  const own = ["closed", "reveal", "board", "slide"].includes(view.phase);
  return own && !view.clock?.paused ? (view.clock?.due_at ?? 0) : 0;
}

/** Milliseconds on the question's clock, or the buzzer's, at `now` (server's); null while no clock runs. */
export function leftMs(view: HostView, now: number): number | null {
  const clock = view.clock ?? {};
  if (clock.paused) {
    return clock.left_ms ?? null;
  }
  if (view.phase === "judging") {
    return view.buzz?.until ? Math.max(0, view.buzz.until - now) : null;
  }
  if (view.phase !== "open" || !clock.closes_at) {
    return null;
  }
  return Math.max(0, clock.closes_at - Math.max(now, clock.opens_at ?? 0));
}
