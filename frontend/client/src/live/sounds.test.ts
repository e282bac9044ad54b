import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Cue, Sounds } from "./sounds";

/** The browser's side of WebAudio: writes down what is played. */
class Param {
  value = 0;
  setValueAtTime = (): void => undefined;
  exponentialRampToValueAtTime = (): void => undefined;
  setTargetAtTime = (value: number): void => {
    this.value = value;
  };
}

class Player {
  static all: Player[] = [];
  currentTime = 0;
  sampleRate = 1000;
  state = "running";
  destination = {};
  tones: { hz: number; at: number }[] = [];
  strokes: number[] = [];
  gains: { gain: Param }[] = [];

  constructor() {
    Player.all.push(this);
  }

  resume = async (): Promise<void> => undefined;

  createGain() {
    const made = { gain: new Param(), connect: () => undefined };
    this.gains.push(made);
    return made;
  }

  createOscillator() {
    const frequency = new Param();
    const start = (at: number) => this.tones.push({ hz: frequency.value, at });
    return { type: "sine", frequency, connect: () => undefined, start, stop: () => undefined };
  }

  createBuffer(_channels: number, length: number) {
    return { getChannelData: () => new Float32Array(length) };
  }

  createBufferSource() {
    return { buffer: null, connect: () => undefined, start: (at: number) => this.strokes.push(at) };
  }

  createBiquadFilter() {
    return { type: "", frequency: new Param(), connect: () => undefined };
  }
}

let kept: Record<string, string>;
const storage = {
  getItem: (key: string) => kept[key] ?? null,
  setItem: (key: string, value: string) => {
    kept[key] = value;
  },
};
const sounds = (): Sounds => new Sounds(() => new Player() as unknown as AudioContext, storage);
const heard = (): number => Player.all.reduce((sum, one) => sum + one.tones.length + one.strokes.length, 0);

beforeEach(() => {
  vi.useFakeTimers();
  kept = {};
  Player.all = [];
});

afterEach(() => vi.useRealTimers());

test("nothing is heard, not even made, before somebody touched the page", () => {
  const made = sounds();
  made.lobby(true);
  made.play("gong");
  vi.advanceTimersByTime(60_000);

  expect(Player.all).toEqual([]);
});

test("after a gesture cues are heard, through one context", () => {
  const made = sounds();
  made.touch();
  made.touch();
  made.play("tick");

  expect(Player.all).toHaveLength(1);
  expect(heard()).toBe(1);
});

test.each<Cue>(["tick", "last-tick", "gong", "reveal", "roll", "place", "fanfare", "move", "fall", "rescue", "buzz"])(
  "%s sounds like something, and ends within four seconds",
  (cue) => {
    const made = sounds();
    made.touch();
    made.play(cue);
    const times = [...(Player.all[0]?.tones.map((tone) => tone.at) ?? []), ...(Player.all[0]?.strokes ?? [])];

    expect(times.length).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThan(4);
  },
);

test("the pad of the lobby goes on, and stops with it", () => {
  const made = sounds();
  made.lobby(true);
  made.touch();
  const first = heard();
  vi.advanceTimersByTime(8_000);
  expect(first).toBe(3);
  expect(heard()).toBe(9);

  made.lobby(false);
  vi.advanceTimersByTime(60_000);
  expect(heard()).toBe(9);
});

test("one switch silences everything at once, and is remembered", () => {
  const made = sounds();
  made.touch();
  made.lobby(true);
  const before = heard();
  expect(made.toggle()).toBe(false);
  made.play("fanfare");
  vi.advanceTimersByTime(60_000);

  expect(heard()).toBe(before);
  expect(Player.all[0]?.gains[0]?.gain.value).toBe(0);
  expect(sounds().on).toBe(false);
  expect(made.toggle()).toBe(true);
  expect(sounds().on).toBe(true);
});

test("a round that is to be quiet silences this page, and no other round", () => {
  const made = sounds();
  made.touch();
  made.hush();
  made.play("fanfare");

  expect(made.on).toBe(false);
  expect(sounds().on).toBe(true);
  expect(made.toggle()).toBe(true);
});

test("without storage the choice lasts as long as the page", () => {
  const closed = {
    getItem: () => {
      throw new Error("closed");
    },
    setItem: () => {
      throw new Error("closed");
    },
  };
  const made = new Sounds(() => new Player() as unknown as AudioContext, closed);

  expect(made.on).toBe(true);
  expect(made.toggle()).toBe(false);
});
