/** The hall's screen as a whole: the head with labels and PIN, the scene that is on, the words for a pause or a lost line. */
import type { LineView, ProjectorView, TickMessage } from "../live/messages.gen";
import { BlankScene } from "./blank";
import { el, Part, write } from "./dom";
import { LobbyScene } from "./lobby";
import { preload, silence } from "./media";
import { joiningIsOpen, keyOf, labelsOf, pinFace, sceneOf, type Model, type Moment, type SceneName, type Venue, type Words } from "./model";
import { PodiumScene } from "./podium";
import { QuestionScene } from "./question";
import { RevealScene } from "./reveal";
import type { MakeScene, Scene } from "./scene";
import { FloorScene } from "./seats";
import { SlideScene } from "./slide";
import { BoardScene } from "./standings";
import { TitleScene } from "./title";

const MAKE: Readonly<Record<SceneName, MakeScene>> = {
  blank: (model) => new BlankScene(model),
  lobby: (model) => new LobbyScene(model),
  title: (model) => new TitleScene(model),
  question: (model) => new QuestionScene(model),
  reveal: (model) => new RevealScene(model),
  board: (model) => (model.view.round.mode === "bell" ? new FloorScene(model) : new BoardScene(model)),
  slide: (model) => new SlideScene(model),
  podium: (model) => new PodiumScene(model),
};

export interface StageOptions {
  words: Words;
  venue: Venue;
  /** Whether things may move; asked anew for every view. */
  motion(): boolean;
  onCue(cue: string): void;
}

export class Stage {
  readonly element: HTMLElement;
  private readonly options: StageOptions;
  private readonly head = new Part(el("div", "hall-head__labels"));
  private readonly corner = new Part(el("div", "hall-corner"));
  private readonly pause = el("p", "hall-pause");
  private readonly place = el("div", "hall-place-of-scene");
  private readonly top: HTMLElement;
  private scene: Scene | null = null;
  private key = "";
  /** What was on before the screen was blanked: it comes back as it was, and plays nothing again. */
  private kept: { scene: Scene; key: string } | null = null;
  private view: ProjectorView | null = null;
  private board: readonly LineView[] = [];

  constructor(options: StageOptions) {
    this.options = options;
    this.top = el("header", "hall-head", this.head.element, this.corner.element);
    this.element = el("div", "hall-stage", this.top, this.place, this.pause);
    this.pause.hidden = true;
  }

  show(view: ProjectorView, tick: TickMessage | null): void {
    const model = this.modelOf(view, tick);
    preload(view.question?.media);
    this.frameOf(model); // first, for a scene measures the room that is left
    const key = keyOf(view);
    if (key === this.key && this.scene !== null) {
      this.scene.update?.(model);
    } else {
      this.change(key, model);
    }
    if (view.phase === "board" && (view.board ?? []).length > 0) {
      this.board = view.board ?? [];
    }
    this.view = view;
  }

  frame(moment: Moment): void {
    this.scene?.frame?.(moment);
  }

  private modelOf(view: ProjectorView, tick: TickMessage | null): Model {
    const { words, venue } = this.options;
    const before = this.view;
    return {
      view,
      tick,
      words,
      venue,
      board: this.board,
      floor: before?.seats ? { seats: before.seats, left: before.left ?? 0 } : null,
      live: before !== null,
      motion: this.options.motion(),
    };
  }

  private change(key: string, model: Model): void {
    const { kept, scene: before } = this;
    silence();
    if (model.view.blank) {
      this.kept = before && { scene: before, key: this.key };
    } else {
      before?.leave?.();
      this.kept = null;
    }
    const back = kept?.key === key ? kept.scene : null;
    if (back === null) {
      kept?.scene.leave?.();
    }
    this.key = key;
    this.scene = back ?? MAKE[sceneOf(model.view)](model);
    this.scene.onCue = (cue) => this.options.onCue(cue);
    this.place.replaceChildren(this.scene.element);
    this.scene.update?.(back ? { ...model, live: false } : model); // sizes can be measured only now
  }

  /** What surrounds every scene. */
  private frameOf({ view, words, venue }: Model): void {
    const scene = sceneOf(view);
    this.element.dataset["scene"] = scene;
    this.element.dataset["mode"] = view.round.mode;
    const bare = scene === "blank" || scene === "lobby";
    const labels = scene === "title" || scene === "podium" || scene === "board" ? [] : labelsOf(view, words);
    this.top.hidden = bare;
    this.head.draw([labels, view.round.game, view.round.title], () => [
      view.round.game ? el("span", "hall-badge", words("game")) : null,
      labels.length > 0 ? labelLine(labels) : el("span", "hall-head__round", view.round.title),
    ]);
    const corner = !bare && joiningIsOpen(view) && venue.pin !== "";
    this.corner.draw([corner], () =>
      corner ? [el("span", "hall-corner__address", venue.address), el("b", "hall-corner__pin", words("corner-pin", { pin: pinFace(venue.pin) }))] : [],
    );
    const paused = view.clock?.paused === true && scene !== "blank";
    write(this.pause, paused ? words("paused-round") : "");
    this.pause.hidden = !paused;
  }
}

function labelLine(labels: readonly string[]): HTMLElement {
  const [first = "", ...rest] = labels;
  return el("span", "hall-head__line", el("b", "", first), ...rest.map((label) => el("span", "", label)));
}
