/** The operator's main column: the question of now, its clock, the next key, and the question that follows. */
import { clockFace, wholeNumber } from "../../shared/format";
import type { HostView, QuestionView, Solution, TickMessage } from "../messages.gen";
import type { Room } from "../room-store";
import { BuzzPanel } from "./buzz-panel";
import { barList, bars, keyParts, noteParts, placeOf, questionParts } from "./draw";
import { el, set, show, slot, write } from "./dom";
import { leftMs, movesAt, nextKey } from "./next-key";
import type { Words } from "./words";

export class Stage {
  private readonly root: HTMLElement;
  private readonly words: Words;
  private view: HostView | null = null;
  private shownQuestion = "";
  private shownNext = "";
  private shownPanels = "";
  private readonly buzz: BuzzPanel;
  private readonly open = new Set<string>();

  constructor(root: HTMLElement, words: Words) {
    this.root = root;
    this.words = words;
    this.buzz = new BuzzPanel(root, words);
  }

  draw(room: Room<HostView>): void {
    const view = room.view;
    this.view = view;
    write(slot(this.root, "phase"), this.words.of("phase", view.phase));
    this.drawQuestion(view);
    this.drawPanels(view);
    this.drawNextKey(view);
    this.drawAnswered(view, room.tick);
    this.drawFollowing(view);
    this.buzz.draw(view);
  }

  /** What moves without a message: clocks. `now`: the server's. */
  drawTime(now: number): void {
    const view = this.view;
    if (view === null) {
      return;
    }
    const left = leftMs(view, now);
    const clock = slot(this.root, "clock");
    show(clock, left !== null);
    write(clock, left === null ? "" : clockFace(left));
    set(clock, "data-late", left !== null && left <= 5000 && !view.clock?.paused);
    const moves = movesAt(view);
    const note = moves > 0 ? this.words.say("next.auto", { seconds: Math.max(0, Math.ceil((moves - now) / 1000)) }) : "";
    write(slot(this.root, "auto"), note);
    show(slot(this.root, "auto-row"), moves > 0);
  }

  /** Shows or hides one of the panels `spread` and `notes`. */
  toggle(panel: string): void {
    if (!this.open.delete(panel)) {
      this.open.add(panel);
    }
    if (this.view) {
      this.drawPanels(this.view);
    }
  }

  /** The answers while the key or the button is held: of the question on the screens, or of the coming one. */
  peek(held: boolean): void {
    this.fillKey("key", this.view?.key, this.view?.question, held, this.words.say("key.none-now"));
    this.fillKey("next-key", this.view?.next_key, this.view?.next, held, "");
  }

  private fillKey(name: string, key: Solution | undefined, question: QuestionView | undefined, held: boolean, none: string): void {
    const place = slot(this.root, name);
    if (!place) {
      return;
    }
    const empty = none === "" ? [] : [el("p", { class: "muted" }, none)];
    place.replaceChildren(...(held ? (key ? keyParts(key, this.words, false, question) : empty) : []));
    show(place, held && place.childElementCount > 0);
  }

  private drawQuestion(view: HostView): void {
    const question = onStage(view);
    write(slot(this.root, "place"), this.placeWords(view, question));
    const stamp = JSON.stringify(question ?? null);
    if (stamp !== this.shownQuestion) {
      this.shownQuestion = stamp;
      slot(this.root, "question")?.replaceChildren(
        ...(question ? questionParts(question, this.words) : [el("p", { class: "lh-question__stem" }, view.round.title)]),
      );
    }
  }

  /** What stands below the phase; a slide's phase says it all. */
  private placeWords(view: HostView, question: HostView["question"]): string {
    if (view.phase === "lobby") {
      return this.words.say("place.lobby", { count: wholeNumber(view.joined ?? 0) });
    }
    if (!question) {
      return view.phase === "ended" ? this.words.of("verdict", view.verdict ?? "") : "";
    }
    return view.phase === "slide" ? "" : placeOf(question, view.round.questions, this.words);
  }

  private drawPanels(view: HostView): void {
    const question = onStage(view);
    const isOver = isRevealed(view) && !view.solution;
    show(slot(this.root, "tools"), Boolean(question) || view.phase === "lobby");
    const stamp = JSON.stringify([view.solution, view.key, question?.no, isOver, [...this.open]]);
    if (stamp === this.shownPanels) {
      return;
    }
    this.shownPanels = stamp;
    for (const name of ["spread", "notes"]) {
      const place = slot(this.root, name);
      const parts = this.open.has(name) && question && !isOver ? this.panel(name, view) : [];
      place?.replaceChildren(...parts);
      show(place, parts.length > 0);
      set(this.root.querySelector(`[data-panel="${name}"]`) , "aria-pressed", this.open.has(name) ? "true" : "false");
    }
  }

  private panel(name: string, view: HostView): HTMLElement[] {
    if (name === "spread") {
      return view.solution && view.question
        ? [barList(bars(view.question, view.solution, this.words), this.words)]
        : [el("p", { class: "muted" }, this.words.say("spread.later"))];
    }
    // The explanation gives the answer away: before the reveal only what is shown anyway may be shown.
    return view.solution
      ? noteParts(view.solution, this.words)
      : [el("p", { class: "muted" }, this.words.say("notes.later"))];
  }

  private drawNextKey(view: HostView): void {
    const button = this.root.querySelector<HTMLButtonElement>("[data-next]");
    const next = nextKey(view);
    write(slot(this.root, "next-label"), this.words.say(next.word, next.facts));
    set(button , "aria-disabled", next.command === null ? "true" : null);
    show(slot(this.root, "to-jury"), view.phase === "ended");
  }

  private drawAnswered(view: HostView, tick: TickMessage | null): void {
    const counts = view.phase === "open" && tick !== null && tick.run === view.run;
    const closed = ["closed", "reveal"].includes(view.phase) ? view.runs?.[String(view.run ?? 0)] : undefined;
    const text = counts
      ? this.words.say("answered.of", { count: wholeNumber(tick.answered ?? 0), of: wholeNumber(tick.of ?? 0) })
      : closed
        ? this.words.say("answered.closed", { count: wholeNumber(closed.answered ?? 0) })
        : "";
    write(slot(this.root, "answered"), text);
    const bar = slot<HTMLProgressElement>(this.root, "answered-bar");
    show(bar, counts);
    if (bar && counts) {
      bar.max = Math.max(1, tick.of ?? 0);
      bar.value = tick.answered ?? 0;
    }
  }

  private drawFollowing(view: HostView): void {
    const next: QuestionView | undefined = view.next;
    show(slot(this.root, "following"), view.phase !== "podium" && view.phase !== "ended");
    const stamp = JSON.stringify(next ?? null);
    if (stamp === this.shownNext) {
      return;
    }
    this.shownNext = stamp;
    write(slot(this.root, "next-place"), next ? placeOf(next, view.round.questions, this.words) : "");
    slot(this.root, "next-question")?.replaceChildren(
      ...(next ? questionParts(next, this.words) : [el("p", { class: "muted" }, this.words.say("following.none"))]),
    );
  }
}

/** The question the screens are about; none before the first and after the last. */
function onStage(view: HostView): HostView["question"] {
  return ["lobby", "podium", "ended"].includes(view.phase) ? undefined : view.question;
}

function isRevealed(view: HostView): boolean {
  return view.runs?.[String(view.run ?? 0)]?.revealed ?? false;
}
