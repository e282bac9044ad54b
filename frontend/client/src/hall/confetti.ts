/** Paper that falls once, for a result that is confirmed. Ours, on a canvas; never where motion is unwelcome. */
import { el } from "./dom";

const LASTS_MS = 6000;
const PIECES = 160;
const COLOURS = ["#f2c45a", "#a4161a", "#fff7ea", "#d55e00", "#1e7b4f"];

export interface Piece {
  x: number;
  y: number;
  fall: number;
  sway: number;
  phase: number;
  size: number;
  colour: string;
}

/** Pieces above the picture, in parts of its width and height. */
export function pieces(random: () => number = Math.random): Piece[] {
  return Array.from({ length: PIECES }, (_, index) => ({
    x: random(),
    y: -random() * 0.9 - 0.05,
    fall: 0.22 + random() * 0.18,
    sway: 0.01 + random() * 0.02,
    phase: random() * 6.28,
    size: 0.006 + random() * 0.007,
    colour: COLOURS[index % COLOURS.length] as string,
  }));
}

/** Lets it fall into `host`; the canvas goes away by itself. */
export function confetti(host: HTMLElement, random?: () => number): HTMLCanvasElement | null {
  const canvas = el("canvas", "hall-confetti");
  const context = canvas.getContext("2d");
  if (!context) {
    return null;
  }
  canvas.setAttribute("aria-hidden", "true");
  host.append(canvas);
  canvas.width = host.clientWidth;
  canvas.height = host.clientHeight;
  const all = pieces(random);
  const began = performance.now();
  const draw = (now: number): void => {
    const seconds = (now - began) / 1000;
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const piece of all) {
      paint(context, canvas, piece, seconds);
    }
    if (now - began < LASTS_MS && canvas.isConnected) {
      requestAnimationFrame(draw);
    } else {
      canvas.remove();
    }
  };
  requestAnimationFrame(draw);
  return canvas;
}

function paint(context: CanvasRenderingContext2D, canvas: HTMLCanvasElement, piece: Piece, seconds: number): void {
  const turn = piece.phase + seconds * 5;
  const side = piece.size * canvas.width;
  const x = (piece.x + Math.sin(turn / 2) * piece.sway) * canvas.width;
  const y = (piece.y + piece.fall * seconds) * canvas.height;
  context.fillStyle = piece.colour;
  context.fillRect(x, y, side * Math.abs(Math.cos(turn)) + 1, side * 0.6);
}
