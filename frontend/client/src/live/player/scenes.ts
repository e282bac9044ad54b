import { board, podium } from "./board";
import { final } from "./final";
import type { Deeds, Model, SceneName } from "./model";
import type { MakePart, Part } from "./part";
import { reveal } from "./reveal";
import { closed, gone, judging, lobby, open, reading, slide, title } from "./waiting";

const SCENES: Readonly<Record<SceneName, MakePart>> = {
  gone,
  lobby,
  title,
  reading,
  open,
  judging,
  closed,
  reveal,
  board,
  slide,
  podium,
  ended: final,
};

export function draw(model: Model, deeds: Deeds): Part {
  return SCENES[model.scene](model, deeds);
}
