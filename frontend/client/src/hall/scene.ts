/** A scene: what stands on the stage while the key of the view stays the same. */
import type { Model, Moment } from "./model";

export interface Scene {
  readonly element: HTMLElement;
  /** The view or the counts are new. */
  update?(model: Model): void;
  /** Called for every picture: what depends on the moment alone. */
  frame?(moment: Moment): void;
  /** Something may be said or heard: scenes tell, the stage plays. */
  onCue?: (cue: string) => void;
  leave?(): void;
}

export type MakeScene = (model: Model) => Scene;
