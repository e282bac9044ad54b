/** What is heard when one view follows another; scenes add what happens between two views. */
import type { ProjectorView } from "../live/messages.gen";
import type { Cue } from "../live/sounds";

export function cueBetween(before: ProjectorView | null, after: ProjectorView): Cue | null {
  if (before === null || after.blank || before.phase === after.phase) {
    return null;
  }
  if (after.phase === "reveal") {
    return "reveal";
  }
  return after.phase === "judging" ? "buzz" : null;
}

/** The pad sounds in the lobby alone. */
export function padIsOn(view: ProjectorView): boolean {
  return view.phase === "lobby" && !view.blank;
}
