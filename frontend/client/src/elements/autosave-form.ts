/**
 * <autosave-form> around the attempt page: sends changes, says what the server said, hands in.
 *
 * data-attempt, data-token, data-revision, data-saved-at, data-save-url, data-submit-url, data-state-url,
 * data-result-url; sentences in data-msg-*. Inside: one <form>, [data-save-state], [data-alert].
 * Listens for `attempt:submit`; sends `attempt:answers` {blank, unsent} and `attempt:clock` {remainingMs, sentAt,
 * receivedAt}; takes `attempt:zero` as the end of the time.
 */
import { isAnswered, questionsOf, readAnswer, writeAnswer, type Question } from "../attempt/answers";
import { clearFault, goTo, showFault } from "../attempt/faults";
import { openOutbox, restorable, type Outbox } from "../attempt/outbox";
import { Saver, type Fault, type SaveBody, type SaveState } from "../attempt/save";
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { timeInVietnam } from "../shared/format";
import { callJson } from "../shared/http";
import { message } from "../shared/messages";

const AUTO_SUBMIT_SPREAD_MS = 3000;
const READING_MS = 2500;

class AutosaveForm extends HTMLElement {
  private saver: Saver | null = null;
  private questions: Question[] = [];
  /** Nothing can be changed: time is up, handing in, or stopped. */
  private over = false;
  private timeUp = false;
  private said = "";

  connectedCallback(): void {
    this.questions = questionsOf(this);
    void this.start();
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get prediction(): HTMLInputElement | null {
    return this.querySelector("[name=prediction]");
  }

  private async start(): Promise<void> {
    const outbox = await openOutbox();
    this.saver = this.makeSaver(outbox);
    this.listen();
    await this.restore(outbox);
    this.tellAnswers();
    this.toggleAttribute("data-ready", true);
  }

  private makeSaver(outbox: Outbox): Saver {
    const { attempt, saveUrl, submitUrl, token, revision } = this.dataset;
    const headers = { Authorization: `Attempt ${token ?? ""}` };
    return new Saver({
      attempt: attempt ?? "",
      revision: Number(revision ?? 0),
      outbox,
      connection: {
        save: (body: SaveBody) => callJson(saveUrl ?? "", { method: "PUT", body, headers, keepalive: true }),
        submit: (body: SaveBody) => callJson(submitUrl ?? "", { method: "POST", body, headers, keepalive: true }),
      },
      onState: (state) => this.show(state),
      onRemaining: (remainingMs, sentAt, receivedAt) => this.tellClock(remainingMs, sentAt, receivedAt),
    });
  }

  private listen(): void {
    this.form?.addEventListener("input", (event) => this.changed(event.target));
    this.form?.addEventListener("submit", (event) => this.pressed(event));
    this.addEventListener("attempt:submit", () => void this.submit());
    this.addEventListener("attempt:zero", () => void this.timeIsUp());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.saver?.flush(true);
      } else {
        void this.resync();
      }
    });
    window.addEventListener("pagehide", () => this.saver?.flush(true));
    window.addEventListener("pageshow", (event) => event.persisted && void this.resync());
    window.addEventListener("online", () => {
      this.saver?.retryNow();
      void this.resync();
    });
    this.querySelector("[data-reload]")?.addEventListener("click", () => window.location.reload());
  }

  private async restore(outbox: Outbox): Promise<void> {
    const left = await outbox.load(this.dataset["attempt"] ?? "").catch(() => null);
    if (left === null) {
      return;
    }
    const back = restorable(left, Number(this.dataset["revision"] ?? 0), (no) => this.isBlank(no));
    for (const question of this.questions) {
      const answer = back.answers[question.no];
      if (answer !== undefined) {
        writeAnswer(question, answer);
        question.element.dispatchEvent(new CustomEvent("answer:restored", { bubbles: true }));
      }
    }
    if (back.prediction !== null && this.prediction !== null) {
      this.prediction.value = back.prediction;
    }
    this.saver?.restore(back);
  }

  private isBlank(no: string): boolean {
    if (no === "prediction") {
      return (this.prediction?.value ?? "") === "";
    }
    const question = this.questions.find((one) => one.no === no);
    return question !== undefined && !isAnswered(readAnswer(question));
  }

  private changed(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || this.over) {
      return;
    }
    const place = target.closest<HTMLElement>(".question");
    if (place !== null) {
      clearFault(place);
    }
    if (target === this.prediction) {
      this.saver?.changePrediction(this.prediction.value);
    }
    const question = this.questions.find((one) => one.element.contains(target));
    if (question !== undefined) {
      this.saver?.changeAnswer(question.no, readAnswer(question));
    }
    this.tellAnswers();
  }

  /** A plain send of the form would work too; with script the answers go without leaving the page. */
  private pressed(event: SubmitEvent): void {
    const submitter = event.submitter as HTMLButtonElement | null;
    if (submitter?.value === "submit") {
      return; // submit-dialog asks first
    }
    event.preventDefault();
    this.saver?.flush();
  }

  private everything(): Omit<SaveBody, "revision"> {
    const answers = this.questions.map((question) => [question.no, readAnswer(question)]);
    const prediction = this.prediction?.value.trim() ?? "";
    return { answers: Object.fromEntries(answers), prediction: prediction === "" ? null : prediction };
  }

  private async submit(): Promise<void> {
    if (this.saver === null) {
      return;
    }
    this.say("saving", message(this, "submitting"), true);
    this.lock(true);
    const outcome = await this.saver.submit(this.everything(), (waitMs, why) => {
      this.say("offline", message(this, "submit-waiting", { seconds: Math.ceil(waitMs / 1000) }), true);
      this.alert(message(this, `submit-${why}`));
    });
    if (outcome.name === "submitted") {
      this.leave(outcome.resultUrl);
    } else if (outcome.name === "refused") {
      this.takeBack(outcome.fault);
    } else if (outcome.code === "attempt-finished" || outcome.code === "attempt-late") {
      this.leave(null);
    }
  }

  /** At zero: what is unsent goes at once, the hand-in a moment later, so that a whole hall does not knock together. */
  private async timeIsUp(): Promise<void> {
    this.timeUp = true;
    if (this.over) {
      return;
    }
    this.saver?.flush();
    this.lock(true);
    announce(message(this, "time-up"), true);
    this.alert(message(this, "time-up"));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * AUTO_SUBMIT_SPREAD_MS));
    await this.submit();
  }

  /** The hand-in was refused: back to the page, at the field that must be mended; without time left, to the result. */
  private takeBack(fault: Fault): void {
    if (this.timeUp) {
      this.alert(message(this, "late"));
      window.setTimeout(() => this.leave(null), READING_MS);
      return;
    }
    this.lock(false);
    this.failed(fault);
    const first = Object.keys(fault.places).map((name) => this.placeOf(name)).find((place) => place !== null);
    if (first) {
      goTo(first);
    }
  }

  private lock(locked: boolean): void {
    this.over = locked;
    for (const control of this.form?.elements ?? []) {
      control.toggleAttribute("disabled", locked);
    }
  }

  private leave(resultUrl: string | null): void {
    window.location.assign(resultUrl ?? this.dataset["resultUrl"] ?? "/");
  }

  private async resync(): Promise<void> {
    const sentAt = performance.now();
    const token = this.dataset["token"] ?? "";
    const call = { headers: { Authorization: `Attempt ${token}` } };
    const reply = await callJson(this.dataset["stateUrl"] ?? "", call).catch(() => null);
    if (reply?.status === 200 && typeof reply.body["remaining_ms"] === "number") {
      this.tellClock(reply.body["remaining_ms"], sentAt, performance.now());
    }
  }

  private show(state: SaveState): void {
    this.tellAnswers();
    if (this.over && state.name !== "stopped") {
      return; // the words about handing in stay
    }
    switch (state.name) {
      case "saved":
        this.say("saved", message(this, "saved", { time: timeInVietnam(state.at) }));
        this.alert("");
        break;
      case "offline":
      case "busy": {
        const facts = { count: state.unsent, seconds: Math.ceil(state.retryInMs / 1000) };
        this.say("offline", message(this, `${state.name}-short`, facts));
        this.alert(message(this, state.name, facts));
        break;
      }
      case "failed":
        this.failed(state.fault);
        break;
      case "stopped":
        this.stopped(state.code);
        break;
      default:
        this.say(state.name, message(this, "pending"));
    }
  }

  /** What the server would not take, in its own words and where it stands; the rest is saved without it. */
  private failed(fault: Fault): void {
    const tooLarge = fault.code === "too-large" || fault.code === "413";
    const places = Object.entries(fault.places).map(([name, words]) => [this.placeOf(name), words] as const);
    this.say("failed", message(this, "failed-short"));
    this.alert(tooLarge ? message(this, "too-large") : `${message(this, "failed")} ${fault.detail}`.trim());
    for (const [place, words] of places) {
      if (place !== null) {
        showFault(place, words);
      }
    }
  }

  private placeOf(name: string): HTMLElement | null {
    const question = this.questions.find((one) => one.no === name)?.element;
    return question ?? (name === "prediction" ? (this.prediction?.closest<HTMLElement>(".question") ?? null) : null);
  }

  private stopped(code: string): void {
    this.lock(true);
    this.say("failed", message(this, "stopped-short"));
    if (code === "attempt-finished" || code === "attempt-late") {
      this.alert(message(this, code === "attempt-late" ? "late" : "finished"));
      window.setTimeout(() => this.leave(null), READING_MS);
      return;
    }
    this.alert(message(this, code === "opened-elsewhere" || code === "signed-out" ? code : "stopped"), true);
  }

  private say(state: string, text: string, urgent = false): void {
    const place = this.querySelector<HTMLElement>("[data-save-state]");
    if (place !== null) {
      place.dataset["state"] = state;
      place.textContent = text;
    }
    if (urgent || (state !== this.said && (state === "offline" || state === "failed" || this.said === "offline"))) {
      announce(text, urgent);
    }
    this.said = state;
  }

  private alert(text: string, mayReload = false): void {
    const place = this.querySelector<HTMLElement>("[data-alert]");
    const words = place?.querySelector<HTMLElement>("[data-alert-text]");
    if (!place || !words) {
      return;
    }
    words.textContent = text;
    place.hidden = text === "";
    place.querySelector<HTMLElement>("[data-reload]")?.toggleAttribute("hidden", !mayReload);
  }

  private tellAnswers(): void {
    const open = this.questions.filter((question) => !isAnswered(readAnswer(question))).map((question) => question.no);
    const detail = { blank: open, unsent: this.saver?.unsent ?? 0, predictionBlank: this.isBlank("prediction") };
    this.dispatchEvent(new CustomEvent("attempt:answers", { detail }));
  }

  private tellClock(remainingMs: number, sentAt: number, receivedAt: number): void {
    this.dispatchEvent(new CustomEvent("attempt:clock", { detail: { remainingMs, sentAt, receivedAt } }));
  }
}

define("autosave-form", AutosaveForm);
