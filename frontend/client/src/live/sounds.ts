/**
 * The sounds of the hall, all synthesised here: nothing is fetched. None is heard before somebody has touched the page,
 * and none while they are switched off, which is remembered.
 */

export type Cue = "tick" | "last-tick" | "gong" | "reveal" | "roll" | "place" | "fanfare" | "move" | "fall" | "rescue" | "buzz";

const REMEMBERED = "hall-sounds";
const LOUDNESS = 0.5;
/** Pentatonic on C: whatever sounds together is in tune. */
const C4 = 261.63;
const step = (semitones: number): number => C4 * 2 ** (semitones / 12);
const PAD_CHORDS = [[-12, -5, 4], [-15, -3, 0], [-7, 0, 9], [-5, 2, 7]];
const PAD_CHORD_S = 4;

interface Note {
  hz: number;
  at?: number;
  lasts: number;
  loud: number;
  wave?: OscillatorType;
}

export class Sounds {
  private readonly make: () => AudioContext;
  private readonly storage: Pick<Storage, "getItem" | "setItem"> | null;
  private context: AudioContext | null = null;
  private out: GainNode | null = null;
  private touched = false;
  private padWanted = false;
  private pad: ReturnType<typeof setInterval> | undefined;
  on: boolean;

  constructor(make: () => AudioContext, storage: Pick<Storage, "getItem" | "setItem"> | null) {
    this.make = make;
    this.storage = storage;
    this.on = remembered(storage) !== "off";
  }

  /** Call on a gesture: from here on the browser lets a page be heard. */
  touch(): void {
    this.touched = true;
    this.settle();
  }

  toggle(): boolean {
    this.on = !this.on;
    try {
      this.storage?.setItem(REMEMBERED, this.on ? "on" : "off");
    } catch {
      // private windows may have no storage: the choice lasts as long as the page
    }
    this.settle();
    return this.on;
  }

  /** Off for this page; what was chosen on this device stays as it was. */
  hush(): void {
    this.on = false;
    this.settle();
  }

  /** The soft ground of the lobby. */
  lobby(wanted: boolean): void {
    this.padWanted = wanted;
    this.settle();
  }

  play(cue: Cue): void {
    if (this.on && this.open() !== null) {
      CUES[cue].call(this);
    }
  }

  private open(): AudioContext | null {
    if (!this.touched) {
      return null;
    }
    if (this.context === null) {
      this.context = this.make();
      this.out = this.context.createGain();
      this.out.gain.value = LOUDNESS;
      this.out.connect(this.context.destination);
    }
    if (this.context.state === "suspended") {
      void this.context.resume();
    }
    return this.context;
  }

  /** Starts or stops the pad; what is switched off falls silent at once. */
  private settle(): void {
    const context = this.on ? this.open() : this.context;
    if (context !== null && this.out !== null) {
      this.out.gain.setTargetAtTime(this.on ? LOUDNESS : 0, context.currentTime, 0.05);
    }
    const wanted = this.padWanted && this.on && context !== null;
    if (wanted && this.pad === undefined) {
      let chord = 0;
      const next = (): void => this.chord(PAD_CHORDS[chord++ % PAD_CHORDS.length] as number[]);
      next();
      this.pad = setInterval(next, PAD_CHORD_S * 1000);
    } else if (!wanted) {
      clearInterval(this.pad);
      this.pad = undefined;
    }
  }

  private chord(semitones: readonly number[]): void {
    for (const one of semitones) {
      this.note({ hz: step(one), lasts: PAD_CHORD_S * 1.4, loud: 0.05, wave: "triangle" }, 1.2);
    }
  }

  /** One tone: rises in `attack` seconds, then dies away. */
  note({ hz, at = 0, lasts, loud, wave = "sine" }: Note, attack = 0.008): void {
    const [context, out] = [this.context, this.out];
    if (context === null || out === null) {
      return;
    }
    const begins = context.currentTime + at;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.type = wave;
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(0.0001, begins);
    gain.gain.exponentialRampToValueAtTime(loud, begins + attack);
    gain.gain.exponentialRampToValueAtTime(0.0001, begins + lasts);
    tone.connect(gain);
    gain.connect(out);
    tone.start(begins);
    tone.stop(begins + lasts + 0.05);
  }

  /** A stroke on a skin: a short piece of noise, cut to a band. */
  stroke(at: number, loud: number, hz = 220): void {
    const [context, out] = [this.context, this.out];
    if (context === null || out === null) {
      return;
    }
    const begins = context.currentTime + at;
    const length = Math.round(context.sampleRate * 0.08);
    const buffer = context.createBuffer(1, length, context.sampleRate);
    const samples = buffer.getChannelData(0);
    for (let index = 0; index < samples.length; index += 1) {
      samples[index] = (Math.random() * 2 - 1) * (1 - index / length) ** 3;
    }
    const noise = context.createBufferSource();
    const band = context.createBiquadFilter();
    const gain = context.createGain();
    noise.buffer = buffer;
    band.type = "bandpass";
    band.frequency.value = hz;
    gain.gain.setValueAtTime(loud, begins);
    noise.connect(band);
    band.connect(gain);
    gain.connect(out);
    noise.start(begins);
  }
}

/** The partials of a bronze gong are no multiples of one another. */
const GONG = [[1, 1], [1.48, 0.6], [2.09, 0.45], [2.71, 0.3], [3.62, 0.16]] as const;

const CUES: Readonly<Record<Cue, (this: Sounds) => void>> = {
  tick() {
    this.note({ hz: step(12), lasts: 0.09, loud: 0.22, wave: "triangle" });
  },
  "last-tick"() {
    this.note({ hz: step(19), lasts: 0.16, loud: 0.26, wave: "triangle" });
  },
  gong() {
    for (const [partial, loud] of GONG) {
      this.note({ hz: 98 * partial, lasts: 2.8 / partial + 0.6, loud: 0.34 * loud });
    }
    this.stroke(0, 0.3, 160);
  },
  reveal() {
    for (const [index, semitones] of [7, 12, 16].entries()) {
      this.note({ hz: step(semitones), at: index * 0.09, lasts: 0.9, loud: 0.2 });
    }
  },
  roll() {
    for (let at = 0; at < 1.55; at += 0.045) {
      this.stroke(at, 0.12 + 0.4 * (at / 1.55) ** 2, 180);
    }
  },
  place() {
    this.stroke(0, 0.7, 140);
    this.note({ hz: step(0), lasts: 0.8, loud: 0.2, wave: "triangle" });
    this.note({ hz: step(7), lasts: 0.8, loud: 0.16, wave: "triangle" });
  },
  fanfare() {
    const tune = [[0, 0], [0, 0.16], [0, 0.3], [4, 0.44], [7, 0.62], [12, 0.86]] as const;
    for (const [semitones, at] of tune) {
      const lasts = semitones === 12 ? 1.9 : 0.3;
      this.note({ hz: step(semitones), at, lasts, loud: 0.17, wave: "sawtooth" }, 0.02);
      this.note({ hz: step(semitones - 12), at, lasts, loud: 0.2, wave: "triangle" }, 0.02);
    }
    for (const semitones of [4, 7]) {
      this.note({ hz: step(semitones), at: 0.86, lasts: 1.9, loud: 0.1, wave: "sawtooth" }, 0.02);
    }
    this.stroke(0.86, 0.6, 150);
  },
  move() {
    this.note({ hz: step(-5), lasts: 0.25, loud: 0.08 });
    this.note({ hz: step(2), at: 0.12, lasts: 0.35, loud: 0.08 });
  },
  fall() {
    this.note({ hz: 82, lasts: 0.9, loud: 0.5 });
    this.note({ hz: 55, at: 0.03, lasts: 1.2, loud: 0.4 });
    this.stroke(0, 0.6, 110);
  },
  rescue() {
    for (const [index, semitones] of [0, 4, 7, 12].entries()) {
      this.note({ hz: step(semitones), at: index * 0.12, lasts: 0.7, loud: 0.16 });
    }
  },
  buzz() {
    this.note({ hz: step(-1), lasts: 0.4, loud: 0.16, wave: "square" });
  },
};

function remembered(storage: Pick<Storage, "getItem"> | null): string | null {
  try {
    return storage?.getItem(REMEMBERED) ?? null;
  } catch {
    return null;
  }
}
