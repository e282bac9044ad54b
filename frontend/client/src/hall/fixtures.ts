/** Views for tests, and words that show their facts. */
import type { LineView, ProjectorView, QuestionView, RoundView, SeatView } from "../live/messages.gen";
import type { Model, Words } from "./model";

/** "points 10": the name of the sentence with its facts. */
export const words: Words = (name, facts = {}) => [name, ...Object.values(facts)].join(" ");

export const round: RoundView = {
  title: "Vòng chung kết",
  mode: "official",
  items: 22,
  questions: 20,
  seconds: 20,
  answer: "first",
  chain: ["points", "right", "time"],
};

export const question: QuestionView = {
  no: 8,
  number: 7,
  type: "question",
  kind: "single",
  stem: "Cơ quan nào?",
  points: 10,
  topic: "Điều lệ Đảng",
  options: [
    { key: "a", text: "Đại hội" },
    { key: "b", text: "Bộ Chính trị" },
  ],
};

export function view(phase: string, parts: Partial<ProjectorView> = {}): ProjectorView {
  return { round, phase, item: 8, run: 7, question, ...parts };
}

export function model(shown: ProjectorView, parts: Partial<Model> = {}): Model {
  return {
    view: shown,
    tick: null,
    board: [],
    floor: null,
    words,
    venue: { pin: "482913", address: "hoi-thi.vn/phong", qr: "/ma-qr.svg", wifi: "" },
    live: true,
    motion: true,
    ...parts,
  };
}

export function line(id: number, rank: number, points: number, parts: Partial<LineView> = {}): LineView {
  return { id, rank, name: `Người ${id}`, points, right: points / 10, ms: 61_234, ...parts };
}

/** Seats 1 to `many`; those of `out` have left the floor. */
export function seats(many: number, ...out: number[]): Record<string, SeatView> {
  const all = Array.from({ length: many }, (_, index) => index + 1);
  return Object.fromEntries(
    all.map((seat) => [String(seat), { seat, name: `Trần Văn ${seat}`, ...(out.includes(seat) ? { floor: "out" } : {}) }]),
  );
}
