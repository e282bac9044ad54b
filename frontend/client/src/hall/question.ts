/** The question alone, then with options and clock, then closed; at the buzzer, who answers. One scene, so that nothing jumps. */
import type { ProjectorView } from "../live/messages.gen";
import { Answered } from "./answered";
import { buzzPanel } from "./buzz";
import { type Face, faceOf, optionsAreUp, speakingFace } from "./clock-face";
import { Countdown } from "./countdown";
import { el, Part, write } from "./dom";
import { Fitted, guess } from "./fit";
import { figureOf } from "./media";
import { isBuzzed, type Model, type Moment } from "./model";
import { choices, how, lengthsOf } from "./options";
import type { Scene } from "./scene";

export class QuestionScene implements Scene {
  readonly element: HTMLElement;
  onCue?: (cue: string) => void;
  private model: Model;
  private readonly body = el("div", "hall-question__body");
  private readonly stem = el("h1", "hall-stem");
  private readonly media = new Part(el("div", "hall-question__media"));
  private readonly choices = new Part(el("div", "hall-question__choices"));
  private readonly buzz = new Part(el("div", "hall-question__buzz"));
  private readonly hint = el("p", "hall-question__hint");
  private readonly clock: Countdown;
  private readonly answered = new Answered();
  private readonly fitted: Fitted;
  private gone = false;

  constructor(model: Model) {
    this.model = model;
    this.clock = new Countdown(model.words);
    const top = el("div", "hall-question__top", this.stem, this.media.element);
    this.body.append(top, this.choices.element, this.buzz.element);
    const foot = el("div", "hall-question__foot", this.hint, this.answered.element, this.clock.element);
    this.element = el("section", "hall-scene hall-question", this.body, foot);
    this.fitted = new Fitted(this.body);
    this.gone = timeIsUp(model.view); // seen only now, time has been up for a while
    this.update(model);
  }

  update(model: Model): void {
    this.model = model;
    const { view, words } = model;
    const question = view.question;
    if (!question) {
      return;
    }
    write(this.stem, question.stem);
    const media = this.media.draw(question.media ?? [], () => figureOf(question.media, words, model.live && view.phase !== "closed"));
    const buzzed = isBuzzed(view.round.mode, question);
    const options = this.choices.draw([question.kind, question.options, question.entries, question.left], () =>
      view.phase === "reading" || (buzzed && question.kind === "fill") ? null : choices(question, words),
    );
    const buzz = this.buzz.draw([view.phase, view.buzz], () => buzzPanel(view, words));
    this.element.dataset["phase"] = view.phase;
    this.element.toggleAttribute("data-alone", this.choices.element.hidden === true);
    this.answered.show(model);
    if (media || options || buzz || this.element.dataset["stem"] !== question.stem) {
      this.element.dataset["stem"] = question.stem;
      this.fitted.to(guess(question.stem.length, lengthsOf(question)));
    }
    this.fitted.settle();
  }

  frame({ now }: Moment): void {
    const { view } = this.model;
    const judging = view.phase === "judging";
    const face = judging ? speakingFace(view, now) : faceOf(view.clock, now);
    const up = view.phase !== "open" || optionsAreUp(view.clock, now);
    this.choices.element.toggleAttribute("data-waiting", !up);
    this.hear(face);
    const [closed, paused] = [view.phase === "closed", view.clock?.paused === true];
    const beat = this.clock.show(closed ? { ...face, state: this.gone ? "over" : "none" } : face);
    if (beat && !judging) {
      this.onCue?.(face.seconds === 1 ? "last-tick" : "tick"); // nobody is hurried while they speak
    }
    write(this.hint, this.saying(up, paused));
    this.hint.hidden = this.hint.textContent === "";
    this.element.toggleAttribute("data-over", closed || this.gone);
    this.element.toggleAttribute("data-paused", paused);
    if (view.phase === "reading") {
      this.clock.element.hidden = true;
    }
  }

  /** The gong, when time is up. At the buzzer the jury's word closes a question too, and then no time was up. */
  private hear({ state }: Face): void {
    const { view } = this.model;
    const over = timeIsUp(view) || (view.phase === "open" && state === "over");
    if (over && !this.gone && this.model.live) {
      this.onCue?.("gong");
    }
    this.gone = over || (this.gone && view.phase === "closed");
  }

  private saying(up: boolean, paused: boolean): string {
    const { view, words } = this.model;
    if (paused) {
      return ""; // the stage says it, in every scene at the same place
    }
    if (view.phase === "closed") {
      return words(this.gone ? "closed" : "closed-buzzer");
    }
    if (view.phase === "judging") {
      return words("judging");
    }
    if (view.phase === "reading" || !up) {
      return words("read-first");
    }
    if (isBuzzed(view.round.mode, view.question)) {
      return words("how-buzzer");
    }
    return view.question ? how(view.question, words) : "";
  }

  leave(): void {
    this.fitted.leave();
  }
}

function timeIsUp(view: ProjectorView): boolean {
  return view.phase === "closed" && !isBuzzed(view.round.mode, view.question);
}
