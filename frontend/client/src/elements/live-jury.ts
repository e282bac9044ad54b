/**
 * <live-jury data-round="7" data-appeals="…" data-receipts="…" data-me="Tên" data-user="3"> around the jury's page: the verdict with its
 * signatures, the questions asked with their corrections, those who wait, everybody's points, objections, receipts.
 */
import { clockFace, timeInVietnam, wholeNumber } from "../shared/format";
import { define } from "../shared/define";
import { Adjustment, type Deed } from "../live/desk/adjustment";
import { BuzzPanel, judgement } from "../live/desk/buzz-panel";
import { Correction } from "../live/desk/correction";
import { ask } from "../live/desk/dialogs";
import { DeskRoom, ticket } from "../live/desk/desk-room";
import { drawRanking, questionParts } from "../live/desk/draw";
import { el, keyed, set, show, slot, write } from "../live/desk/dom";
import { hearsTicks } from "../live/desk/health";
import { Inquiry } from "../live/desk/inquiry";
import { leftMs } from "../live/desk/next-key";
import { PeoplePanel } from "../live/desk/people-panel";
import { drawUnits } from "../live/desk/units";
import { verdictState } from "../live/desk/verdict";
import type { HostView, PersonView, RunView } from "../live/messages.gen";
import type { Room } from "../live/room-store";
import { stayAwake } from "../live/wake";

const CLOCK_MS = 200;

class LiveJury extends HTMLElement {
  private desk!: DeskRoom;
  private people!: PeoplePanel;
  private correction: Correction | null = null;
  private adjustment: Adjustment | null = null;
  private inquiry!: Inquiry;
  private buzz!: BuzzPanel;
  private clock: ReturnType<typeof setInterval> | undefined;
  private items: Record<string, { number: number; stem: string }> = {};

  connectedCallback(): void {
    const round = this.dataset["round"] ?? "";
    this.items = JSON.parse(document.getElementById("live-items")?.textContent ?? "{}") as typeof this.items;
    this.desk = new DeskRoom({ element: this, role: "jury", token: () => ticket(round, "jury"), draw: (room) => this.draw(room) });
    this.people = new PeoplePanel(slot(this, "people-panel") ?? this, this.desk.words, (id) => void this.person(id));
    const correction = this.dialog("correction");
    const adjustment = this.dialog("adjustment");
    this.correction = correction && new Correction(correction, this.desk);
    this.adjustment = adjustment && new Adjustment(adjustment, this.desk);
    this.inquiry = new Inquiry(this, this.desk, (run) => this.calledRun(run));
    this.buzz = new BuzzPanel(this, this.desk.words);
    this.addEventListener("click", (event) => this.pressed(event));
    this.inquiry.start();
    this.clock = setInterval(() => this.drawTime(), CLOCK_MS);
    this.desk.client.open();
    stayAwake();
  }

  disconnectedCallback(): void {
    this.inquiry.stop();
    clearInterval(this.clock);
    this.desk.client.close();
  }

  private draw(room: Room<HostView>): void {
    const view = room.view;
    show(slot(this, "waiting"), false);
    write(slot(this, "phase"), this.desk.words.of("phase", view.phase));
    this.drawVerdict(view);
    this.drawRuns(view);
    this.drawHeld(view);
    this.drawBuzz(view);
    this.inquiry.draw();
    this.people.hears(hearsTicks(this.desk.link));
    this.people.draw(room);
    drawRanking(slot(this, "ranking") ?? this, view.board ?? [], view.round.scale);
    show(slot(this, "no-ranking"), (view.board ?? []).length === 0);
    const units = slot(this, "units");
    if (units) {
      drawUnits(units, view.units ?? [], this.desk.words);
    }
    show(slot(this, "units-part"), (view.units ?? []).length > 0);
    const pause = this.querySelector<HTMLButtonElement>("[data-pause]");
    if (pause) {
      pause.disabled = !(view.can ?? []).includes("pause") || (view.clock?.paused ?? false);
    }
    show(slot(this, "paused"), view.clock?.paused ?? false);
  }

  private drawVerdict(view: HostView): void {
    const state = verdictState(view, Number(this.dataset["user"] ?? 0));
    write(slot(this, "verdict"), this.desk.words.say(state.word));
    set(this, "data-verdict", view.verdict ?? "");
    const signed = state.signers.map((signer) => this.signature("signed", signer));
    const published = view.published ? [this.signature("published-by", view.published)] : [];
    slot(this, "signatures")?.replaceChildren(...signed, ...published);
    show(slot(this, "signatures"), signed.length + published.length > 0);
    show(slot(this, "verdict-deeds"), state.mayConfirm || state.mayPublish);
    show(slot(this, "need-another"), state.signedByMe && view.verdict === "provisional");
    for (const [name, possible] of [["confirm", state.mayConfirm], ["publish", state.mayPublish]] as const) {
      show(this.querySelector(`[data-verdict-deed="${name}"]`), possible);
    }
  }

  private signature(word: string, by: { name: string; at: number }): HTMLElement {
    return el("li", {}, this.desk.words.say(`verdict.${word}`, { name: by.name, time: timeInVietnam(new Date(by.at).toISOString()) }));
  }

  private drawRuns(view: HostView): void {
    const place = slot(this, "runs");
    const runs = Object.values(view.runs ?? {}).sort((a, b) => b.no - a.no);
    const may = (view.can ?? []).includes("accept");
    if (place) {
      keyed(place, runs, (run) => String(run.no), () => this.runLine(), (row, run) => this.fillRun(row, run, may));
    }
    show(slot(this, "no-runs"), runs.length === 0);
  }

  private runLine(): HTMLElement {
    return el(
      "li",
      { class: "lh-run" },
      el("span", { class: "lh-run__name", "data-slot": "run-name" }),
      el("span", { class: "muted small", "data-slot": "run-state" }),
      el("button", { type: "button", class: "button button--small", "data-correct": true }, this.desk.words.say("jury.correct")),
    );
  }

  private fillRun(row: HTMLElement, run: RunView, may: boolean): void {
    const words = this.desk.words;
    const name = this.nameOf(run);
    write(slot(row, "run-name"), name);
    const states = [
      this.timesAsked(run),
      words.say("jury.answered", { count: wholeNumber(run.answered ?? 0) }),
      run.revealed ? words.say("jury.right", { count: wholeNumber(run.right ?? 0) }) : words.say("jury.secret"),
      run.voided ? words.say("jury.voided", { reason: run.voided }) : "",
      run.replaced ? words.say("jury.replaced") : "",
      run.remarked ? words.say("jury.remarked", { count: run.remarked }) : "",
    ];
    write(slot(row, "run-state"), states.filter(Boolean).join(" · "));
    set(row, "data-voided", Boolean(run.voided) || run.replaced);
    const button = row.querySelector<HTMLButtonElement>("[data-correct]");
    set(button, "data-correct", run.no);
    set(button, "aria-label", `${words.say("jury.correct")}: ${name}`);
    if (button) {
      button.disabled = !may || (run.replaced ?? false);
    }
  }

  /** "Câu 7: …" of the plan on the page; it is frozen since the lobby opened. */
  private nameOf(run: RunView): string {
    const item = this.items[String(run.item)];
    return item?.number
      ? this.desk.words.say("jury.run", { number: item.number, stem: item.stem })
      : this.desk.words.say("jury.poll", { stem: item?.stem ?? "" });
  }

  /** "Câu 7/20" for a dialog in which the stem stands already. */
  private placeOf(run: RunView): string {
    const number = this.items[String(run.item)]?.number;
    return number
      ? this.desk.words.say("place.question", { no: number, of: this.desk.view?.round.questions ?? 0 })
      : this.nameOf(run);
  }

  /** "Câu 7", and which time it was asked where that was more than once: objections and receipts by their run. */
  private calledRun(no: number): string {
    const run = this.desk.view?.runs?.[String(no)];
    const number = run && this.items[String(run.item)]?.number;
    const called = number ? this.desk.words.say("jury.question", { number }) : this.desk.words.say("jury.a-poll");
    return run ? [called, this.timesAsked(run)].filter(Boolean).join(", ") : "–";
  }

  /** "lần hỏi 2"; empty where the item was asked once. */
  private timesAsked(run: RunView): string {
    const all = Object.values(this.desk.view?.runs ?? {}).filter((other) => other.item === run.item);
    const time = all.filter((other) => other.no <= run.no).length;
    return all.length > 1 ? this.desk.words.say("jury.again", { time }) : "";
  }

  /** Rung chuông vàng: those who wait for the jury after a technical loss. */
  private drawHeld(view: HostView): void {
    const held = Object.entries(view.people ?? {}).filter(([, person]) => person.floor === "waiting");
    show(slot(this, "held-part"), held.length > 0);
    const place = slot(this, "held");
    if (place) {
      keyed(place, held, ([id]) => id, ([id]) => this.heldLine(id), (row, [, person]) => {
        write(row.firstElementChild, this.desk.words.say("jury.seat", { seat: person.seat, name: person.name }));
      });
    }
  }

  private heldLine(id: string): HTMLElement {
    const button = (deed: string): HTMLElement =>
      el("button", { type: "button", class: "button button--small", "data-held": deed, "data-player": id }, this.desk.words.say(`held.${deed}`));
    return el("li", { class: "lh-run" }, el("span", { class: "lh-run__name" }), button("rescue"), button("eliminate"));
  }

  /** At the buzzer: the question, its answer for whoever opens it, and the time to answer. */
  private drawBuzz(view: HostView): void {
    this.buzz.draw(view);
    if (view.buzz) {
      this.drawBuzzQuestion(view.question);
      const lines = view.key?.lines ?? [];
      write(slot(this, "buzz-key"), lines.length > 0 ? this.desk.words.say("jury.key", { key: lines.join("; ") }) : "");
    } else {
      slot(this, "buzz-answer")?.removeAttribute("open");
    }
    this.drawTime();
  }

  private drawBuzzQuestion(question: HostView["question"]): void {
    const place = slot(this, "buzz-question");
    if (place && place.dataset["no"] !== String(question?.no ?? "")) {
      place.dataset["no"] = String(question?.no ?? "");
      place.replaceChildren(...(question ? questionParts(question, this.desk.words) : []));
    }
  }

  private drawTime(): void {
    this.people.hears(hearsTicks(this.desk.link));
    const view = this.desk.view;
    const left = view?.phase === "judging" ? leftMs(view, this.desk.now()) : null;
    const clock = slot(this, "clock");
    show(clock, left !== null);
    write(clock, left === null ? "" : clockFace(left));
    set(clock, "data-late", left !== null && left <= 0);
  }

  private pressed(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!target || target.closest("dialog")) {
      return;
    }
    const { correct, held, player, verdictDeed } = target.dataset;
    if (correct !== undefined) {
      const run = this.desk.view?.runs?.[correct];
      void this.correction?.open(Number(correct), run ? this.placeOf(run) : "");
    } else if (held !== undefined) {
      void this.decideHeld(held === "eliminate" ? "eliminate" : "rescue", Number(player));
    } else if (verdictDeed !== undefined) {
      void this.seal(verdictDeed === "publish" ? "publish" : "confirm");
    } else if (target.matches("[data-pause]")) {
      void this.desk.command({ do: "pause" }, target);
    } else {
      const command = this.desk.view && judgement(target, this.desk.view);
      if (command) {
        void this.desk.command(command, target);
      }
    }
  }

  /** Whatever the jury may do about this person now. */
  private async person(id: number): Promise<void> {
    const view = this.desk.view;
    const person = view?.people?.[String(id)];
    if (!view || !person) {
      return;
    }
    const team = view.round.mode === "teams" ? (view.teams ?? []).find((one) => one.id === person.team) : undefined;
    const account = view.round.mode === "teams" ? (team?.id ?? 0) : id;
    const runs = this.runsWithoutLoss(view, person);
    const can = new Set(view.can ?? []);
    const deeds: Deed[] = [];
    if (can.has("adjust") && account > 0) {
      deeds.push("adjust");
    }
    if (can.has("rescue") && (person.floor === "out" || person.floor === "waiting")) {
      deeds.push("rescue");
    }
    if (can.has("mark-loss") && runs.length > 0) {
      deeds.push("mark-loss");
    }
    if (deeds.length > 0) {
      const facts = { name: person.name, seat: person.seat, team: team?.name ?? "" };
      const title = this.desk.words.say(team ? "jury.team-member" : "jury.person", facts);
      await this.adjustment?.open({ title, deeds, player: id, account, runs, ...(team ? { team: team.name } : {}) });
    }
  }

  private runsWithoutLoss(view: HostView, person: PersonView): { no: number; name: string }[] {
    return Object.values(view.runs ?? {})
      .filter((run) => !run.replaced && !(person.loss ?? []).includes(run.no))
      .sort((a, b) => b.no - a.no)
      .map((run) => ({ no: run.no, name: this.calledRun(run.no) }));
  }

  private async decideHeld(deed: "rescue" | "eliminate", id: number): Promise<void> {
    const name = this.desk.view?.people?.[String(id)]?.name ?? "";
    const title = this.desk.words.say(`held.${deed}-title`, { name });
    await this.adjustment?.open({ title, deeds: [deed], player: id, account: id });
  }

  private async seal(deed: "confirm" | "publish"): Promise<void> {
    const dialog = this.dialog("reason");
    const say = this.desk.words.say.bind(this.desk.words);
    const agreed = dialog && (await ask(dialog, { title: say(`${deed}.title`), text: say(`${deed}.text`), confirm: say(`${deed}.confirm`) }));
    if (agreed !== null) {
      // The server writes who it was from the ticket; these two are what the protocol asks for.
      await this.desk.command({ do: deed, user: Number(this.dataset["user"] ?? 0), name: this.dataset["me"] ?? "" });
    }
  }

  private dialog(name: string): HTMLDialogElement | null {
    return this.querySelector<HTMLDialogElement>(`dialog[data-dialog="${name}"]`);
  }
}

define("live-jury", LiveJury);
