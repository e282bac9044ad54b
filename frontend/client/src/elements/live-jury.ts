/**
 * <live-jury data-round="7" data-appeals="…" data-receipts="…" data-me="Tên" data-user="3"> around the jury's page: the verdict with its
 * signatures, the questions asked with their corrections, those who wait, everybody's points, objections, receipts.
 */
import { timeInVietnam, wholeNumber } from "../shared/format";
import { define } from "../shared/define";
import { Adjustment, adjustOf } from "../live/desk/adjustment";
import { Correction } from "../live/desk/correction";
import { ask } from "../live/desk/dialogs";
import { DeskRoom, ticket } from "../live/desk/desk-room";
import { drawRanking } from "../live/desk/draw";
import { el, keyed, set, show, slot, write } from "../live/desk/dom";
import { Inquiry } from "../live/desk/inquiry";
import { PeoplePanel } from "../live/desk/people-panel";
import { verdictState } from "../live/desk/verdict";
import type { HostView, RunView } from "../live/messages.gen";
import type { Room } from "../live/room-store";

class LiveJury extends HTMLElement {
  private desk!: DeskRoom;
  private people!: PeoplePanel;
  private correction: Correction | null = null;
  private adjustment: Adjustment | null = null;
  private inquiry!: Inquiry;
  private readonly items = JSON.parse(document.getElementById("live-items")?.textContent ?? "{}") as Record<
    string,
    { number: number; stem: string }
  >;

  connectedCallback(): void {
    const round = this.dataset["round"] ?? "";
    this.desk = new DeskRoom({ element: this, role: "jury", token: () => ticket(round, "jury"), draw: (room) => this.draw(room) });
    this.people = new PeoplePanel(slot(this, "people-panel") ?? this, this.desk.words, (id) => void this.adjust(id));
    const correction = this.dialog("correction");
    const adjustment = this.dialog("adjustment");
    this.correction = correction && new Correction(correction, this.desk);
    this.adjustment = adjustment && new Adjustment(adjustment, this.desk);
    this.inquiry = new Inquiry(this, this.desk);
    this.addEventListener("click", (event) => this.pressed(event));
    this.inquiry.start();
    this.desk.client.open();
  }

  disconnectedCallback(): void {
    this.inquiry.stop();
    this.desk.client.close();
  }

  private draw(room: Room<HostView>): void {
    const view = room.view;
    show(slot(this, "waiting"), false);
    write(slot(this, "phase"), this.desk.words.of("phase", view.phase));
    this.drawVerdict(view);
    this.drawRuns(view);
    this.drawHeld(view);
    this.people.draw(room);
    drawRanking(slot(this, "ranking") ?? this, view.board ?? [], view.round.scale);
    show(slot(this, "no-ranking"), (view.board ?? []).length === 0);
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
      this.askedAgain(run) ? words.say("jury.again", { run: run.no }) : "",
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

  private askedAgain(run: RunView): boolean {
    return Object.values(this.desk.view?.runs ?? {}).some((other) => other.item === run.item && other.no !== run.no);
  }

  /** Rung chuông vàng: those who wait for the jury after a technical loss. */
  private drawHeld(view: HostView): void {
    const held = Object.entries(view.people ?? {}).filter(([, person]) => person.floor === "waiting");
    show(slot(this, "held-part"), held.length > 0);
    slot(this, "held")?.replaceChildren(
      ...held.map(([id, person]) => {
        const name = this.desk.words.say("jury.seat", { seat: person.seat, name: person.name });
        const button = (deed: string): HTMLElement =>
          el("button", { type: "button", class: "button button--small", "data-held": deed, "data-player": id }, this.desk.words.say(`held.${deed}`));
        return el("li", { class: "lh-run" }, el("span", { class: "lh-run__name" }, name), button("rescue"), button("eliminate"));
      }),
    );
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
      void this.desk.command({ do: "pause" });
    }
  }

  private async adjust(id: number): Promise<void> {
    const person = this.desk.view?.people?.[String(id)];
    if (person && (this.desk.view?.can ?? []).includes("adjust")) {
      const title = this.desk.words.say("jury.adjust-title", { name: person.name, seat: person.seat });
      await this.adjustment?.open({ title, points: true, command: (reason, points) => adjustOf(id, reason, points) });
    }
  }

  private async decideHeld(deed: "rescue" | "eliminate", id: number): Promise<void> {
    const name = this.desk.view?.people?.[String(id)]?.name ?? "";
    const title = this.desk.words.say(`held.${deed}-title`, { name });
    await this.adjustment?.open({ title, points: false, command: (reason) => ({ do: deed, players: [id], reason }) });
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
