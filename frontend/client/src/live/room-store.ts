/**
 * What a screen of a live room knows, as messages change it: `readRoom` checks what came over the wire, `reduce` is pure.
 *
 * A snapshot is always right to take. A patch fits only the version it was made for: an older one is dropped, and a gap
 * asks for a snapshot. The own part of a phone has a version of its own, for it may come before or after the patch.
 */
import type {
  HostView,
  MeView,
  OwnAnswer,
  PlayerView,
  ProjectorView,
  RoomServerMessage,
  TickMessage,
  WelcomeMessage,
} from "./messages.gen";

export type RoomView = PlayerView | ProjectorView | HostView;

export interface Room<V extends RoomView = RoomView> {
  role: WelcomeMessage["role"];
  version: number;
  view: V;
  me: MeView | null;
  meVersion: number;
  /** What this participant has on disk for the run of now; never a mere hope. */
  answer: OwnAnswer | null;
  tick: TickMessage | null;
}

export interface RoomStep<V extends RoomView = RoomView> {
  room: Room<V> | null;
  changed: boolean;
  resync: boolean;
}

/** `value`: what the acknowledged answer held, for a message `ack` only tells its key. */
export function reduce<V extends RoomView>(
  room: Room<V> | null,
  message: RoomServerMessage,
  value: unknown = null,
): RoomStep<V> {
  if (message.type === "welcome") {
    return welcome(room, message);
  }
  if (room === null) {
    return same(room);
  }
  switch (message.type) {
    case "moved":
      return moved(room, message);
    case "mine":
      return room.me === null || message.version < room.meVersion
        ? same(room)
        : changed({ ...room, me: mergePatch(room.me, message.patch) as MeView, meVersion: message.version });
    case "ack":
      return acknowledged(room, { ...message, value });
    case "tick":
      return changed({ ...room, tick: message });
    default:
      return same(room);
  }
}

function welcome<V extends RoomView>(room: Room<V> | null, message: WelcomeMessage): RoomStep<V> {
  const view = (message.player ?? message.projector ?? message.host) as V | undefined;
  if (view === undefined) {
    return same(room);
  }
  return changed({
    role: message.role,
    version: message.version,
    view,
    me: message.me ?? null,
    meVersion: message.version,
    answer: message.answer ?? null,
    tick: room?.tick ?? null,
  });
}

function moved<V extends RoomView>(room: Room<V>, message: Extract<RoomServerMessage, { type: "moved" }>): RoomStep<V> {
  if (message.version <= room.version) {
    return same(room);
  }
  if ((message.base ?? message.version - 1) !== room.version) {
    return { room, changed: false, resync: true };
  }
  const view = mergePatch(room.view, message.patch) as V;
  const answer = room.answer !== null && room.answer.run === view.run ? room.answer : null;
  return changed({ ...room, version: message.version, view, answer });
}

function acknowledged<V extends RoomView>(room: Room<V>, ack: OwnAnswer): RoomStep<V> {
  const { run, key, value, at, receipt, seq } = ack;
  const newer = (room.answer?.seq ?? 1) > (seq ?? 1);
  if (run !== room.view.run || (room.answer !== null && newer)) {
    return same(room);
  }
  const answer: OwnAnswer = { run, key, value, at, receipt, ...(seq === undefined ? {} : { seq }) };
  return changed({ ...room, answer });
}

function same<V extends RoomView>(room: Room<V> | null): RoomStep<V> {
  return { room, changed: false, resync: false };
}

function changed<V extends RoomView>(room: Room<V>): RoomStep<V> {
  return { room, changed: true, resync: false };
}

/** The document with a JSON merge patch (RFC 7396) applied; neither argument is changed. */
export function mergePatch(document: unknown, patch: unknown): unknown {
  if (!isObject(patch)) {
    return patch;
  }
  const made: Record<string, unknown> = isObject(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete made[name];
    } else {
      // defineProperty: a name such as __proto__ is a name like any other.
      Object.defineProperty(made, name, {
        value: mergePatch(Object.prototype.hasOwnProperty.call(made, name) ? made[name] : undefined, value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return made;
}

const TYPES: readonly string[] = ["welcome", "moved", "mine", "ack", "pong", "done", "refused", "tick"];
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  welcome: ["version", "at"],
  moved: ["version"],
  mine: ["version"],
  ack: ["run", "at"],
  pong: ["t", "at", "n"],
};

/** The message, or null for anything this page does not understand. */
export function readRoom(value: unknown): RoomServerMessage | null {
  if (!isObject(value) || typeof value["type"] !== "string" || !TYPES.includes(value["type"])) {
    return null;
  }
  const numbers = NEEDED[value["type"]] ?? [];
  const good =
    numbers.every((name) => typeof value[name] === "number") &&
    (!["moved", "mine"].includes(value["type"]) || isObject(value["patch"]));
  return good ? (value as unknown as RoomServerMessage) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
