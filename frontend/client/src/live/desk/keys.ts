/** The operator's keyboard. Keys are letters a Vietnamese input method passes through unchanged, read by `code`. */

export type KeyDeed = "next" | "pause" | "spread" | "notes" | "ranking";
export const HOLD_CODE = "KeyC";

const DEEDS: Readonly<Record<string, KeyDeed>> = {
  Space: "next",
  Enter: "next",
  NumpadEnter: "next",
  PageDown: "next",
  KeyP: "pause",
  KeyA: "spread",
  KeyN: "notes",
  KeyR: "ranking",
};
/** Where keys belong to what is written or pressed there. */
const OWN_KEYS = "input, textarea, select, summary, a[href], [contenteditable]";

/** The deed of a key press; null where it belongs to somebody else: a field, a dialog, another button, a shortcut. */
export function deedOf(event: KeyboardEvent): KeyDeed | null {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
    return null;
  }
  const deed = DEEDS[event.code] ?? null;
  return deed !== null && isFree(event, deed) ? deed : null;
}

/** Whether the key that shows the answer while it is held was pressed, outside of fields. */
export function isHold(event: KeyboardEvent): boolean {
  return event.code === HOLD_CODE && !event.ctrlKey && !event.metaKey && !event.altKey && isFree(event, "notes");
}

function isFree(event: KeyboardEvent, deed: KeyDeed): boolean {
  const target = event.target instanceof Element ? event.target : null;
  // An open dialog has all keys, even where a press beside its fields has left the focus with the page.
  if (target?.closest(OWN_KEYS) || document.querySelector("dialog[open]")) {
    return false;
  }
  // Space and Enter on another button press that button.
  return deed !== "next" || event.code === "PageDown" || !target?.closest("button:not([data-next])");
}
