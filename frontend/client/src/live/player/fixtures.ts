/** For tests only: views of a phone, phase by phase, as the server sends them. */
import type { MeView, PlayerView, QuestionView, ResultView } from "../messages.gen";
import type { PlayerRoom, Words } from "./model";

export const question: QuestionView = {
  no: 1,
  number: 3,
  type: "question",
  kind: "single",
  stem: "Đại hội XIII họp ở đâu?",
  topic: "Nghị quyết",
  points: 10,
  options: [
    { key: "a", text: "Hà Nội" },
    { key: "b", text: "Huế" },
    { key: "c", text: "Đà Nẵng" },
    { key: "d", text: "Cần Thơ" },
  ],
};
export const me: MeView = { id: 7, seat: 12, name: "Nguyễn Thị Phương Thảo" };
export const result: ResultView = {
  run: 1,
  right: true,
  answered: true,
  points: 10,
  total: 20,
  rights: 2,
  total_ms: 61_200,
  rank: 3,
  of: 37,
  ahead: "Trần Anh",
  gap: 10,
};

export function view(changes: Partial<PlayerView> = {}): PlayerView {
  return {
    round: {
      title: "Chung kết",
      mode: "official",
      items: 20,
      questions: 20,
      seconds: 20,
      answer: "first",
      chain: [],
      terms: {},
    },
    phase: "open",
    item: 1,
    run: 1,
    question,
    clock: { opens_at: 1_000, closes_at: 21_000 },
    joined: 37,
    ...changes,
  };
}

export function inMode(mode: string, changes: Partial<PlayerView> = {}): PlayerView {
  const made = view(changes);
  return { ...made, round: { ...made.round, mode, game: mode === "game" } };
}

export function room(changes: Partial<PlayerView> = {}, own: Partial<MeView> = {}): PlayerRoom {
  return { role: "player", version: 5, view: view(changes), me: { ...me, ...own }, meVersion: 5, answer: null, tick: null };
}

/** Every sentence is its name and its facts: "rank(rank=3,of=37)". */
export const words: Words = (name, facts = {}) => {
  const told = Object.entries(facts).map(([key, value]) => `${key}=${value}`);
  return told.length === 0 ? name : `${name}(${told.join(",")})`;
};
