/** What the jury looks up: receipts, and the objections of participants with its decisions about them. */
import { tenths, timeInVietnam } from "../../shared/format";
import { callJson } from "../../shared/http";
import { ask } from "./dialogs";
import { type DeskRoom, postJson, toldBy } from "./desk-room";
import { el, keyed, set, show, slot, write } from "./dom";

export interface Appeal {
  id: number;
  run: number;
  name: string;
  seat: number;
  text: string;
  at: number;
  decision: string;
  remark: string;
}

export interface Receipt {
  receipt: string;
  run: number;
  name: string;
  seat: number;
  lines: string[];
  at: number;
  ms: number;
}

const APPEALS_MS = 10_000;

export class Inquiry {
  private readonly root: HTMLElement;
  private readonly room: DeskRoom;
  private appeals: Appeal[] = [];
  private search = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly called: (run: number) => string;

  /** `called`: what the jury calls the question of a run. */
  constructor(root: HTMLElement, room: DeskRoom, called: (run: number) => string) {
    this.root = root;
    this.room = room;
    this.called = called;
    root.querySelector("form[data-receipts]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find();
    });
    slot(root, "appeals")?.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-decide]") : null;
      const appeal = this.appeals.find((one) => String(one.id) === button?.dataset["appeal"]);
      if (button && appeal) {
        void this.decide(appeal, button.dataset["decide"] === "granted" ? "granted" : "rejected");
      }
    });
  }

  start(): void {
    void this.load();
    this.timer = setInterval(() => document.visibilityState === "visible" && void this.load(), APPEALS_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async load(): Promise<void> {
    const reply = await callJson(this.root.dataset["appeals"] ?? "").catch(() => null);
    const found = reply?.body["appeals"];
    if (Array.isArray(found)) {
      this.appeals = found as Appeal[];
      this.draw();
    }
  }

  /** Also whenever a run may be called something else. */
  draw(): void {
    const place = slot(this.root, "appeals");
    const ordered = [...this.appeals].sort((a, b) => Number(a.decision !== "") - Number(b.decision !== "") || a.at - b.at);
    if (place) {
      keyed(place, ordered, (appeal) => String(appeal.id), () => this.line(), (row, appeal) => this.fill(row, appeal));
    }
    const open = this.appeals.filter((appeal) => appeal.decision === "").length;
    show(slot(this.root, "no-appeals"), this.appeals.length === 0);
    write(slot(this.root, "open-appeals"), open > 0 ? this.room.words.say("appeals.open", { count: open }) : "");
    show(slot(this.root, "open-appeals"), open > 0);
  }

  private line(): HTMLElement {
    const button = (decision: string, look: string): HTMLElement =>
      el("button", { type: "button", class: `button button--small ${look}`, "data-decide": decision }, this.room.words.say(`appeals.${decision}`));
    return el(
      "li",
      { class: "card lh-appeal" },
      el("p", { class: "small muted", "data-slot": "who" }),
      el("p", { "data-slot": "text" }),
      el("p", { class: "small", "data-slot": "decision" }),
      el("div", { class: "actions", "data-slot": "buttons" }, button("granted", ""), button("rejected", "button--quiet")),
    );
  }

  private fill(row: HTMLElement, appeal: Appeal): void {
    const words = this.room.words;
    const facts = { name: appeal.name, seat: appeal.seat, question: this.called(appeal.run), time: timeInVietnam(new Date(appeal.at).toISOString()) };
    write(slot(row, "who"), words.say("appeals.who", facts));
    write(slot(row, "text"), appeal.text);
    const decided = appeal.decision !== "";
    write(slot(row, "decision"), decided ? words.say(`appeals.was-${appeal.decision}`, { remark: appeal.remark }) : "");
    show(slot(row, "decision"), decided);
    show(slot(row, "buttons"), !decided);
    for (const button of row.querySelectorAll("[data-decide]")) {
      set(button, "data-appeal", appeal.id);
    }
  }

  private async decide(appeal: Appeal, decision: "granted" | "rejected"): Promise<void> {
    const dialog = document.querySelector<HTMLDialogElement>('dialog[data-dialog="reason"]');
    const words = this.room.words;
    const facts = { name: appeal.name };
    const remark =
      dialog &&
      (await ask(dialog, { title: words.say(`appeals.${decision}-title`, facts), text: appeal.text, confirm: words.say(`appeals.${decision}`), reason: "needed" }));
    if (!remark) {
      return;
    }
    const reply = await postJson(this.root.dataset["appeals"] ?? "", { appeal: appeal.id, decision, remark }).catch(() => null);
    if (reply?.status !== 200 || !Array.isArray(reply.body["appeals"])) {
      this.room.tell(toldBy(reply, words));
    }
    await this.load();
  }

  private async find(): Promise<void> {
    const query = this.root.querySelector<HTMLInputElement>("[name=receipt]")?.value.trim() ?? "";
    const mine = ++this.search;
    this.showReceipts([], "");
    if (query === "") {
      return;
    }
    const reply = await callJson(`${this.root.dataset["receipts"] ?? ""}?q=${encodeURIComponent(query)}`).catch(() => null);
    if (mine !== this.search) {
      return;
    }
    const found = reply?.status === 200 ? reply.body["receipts"] : null;
    if (Array.isArray(found)) {
      this.showReceipts(found as Receipt[], found.length === 0 ? this.room.words.say("receipts.none", { query }) : "");
    } else {
      this.room.tell(toldBy(reply, this.room.words));
    }
  }

  /** Nothing but the verdict of the last query stands there: in a dispute an older one would speak for it. */
  private showReceipts(found: readonly Receipt[], none: string): void {
    const words = this.room.words;
    slot(this.root, "receipts")?.replaceChildren(
      ...found.map((one) =>
        el(
          "li",
          { class: "lh-receipt" },
          el("strong", { class: "code" }, one.receipt),
          el("span", {}, words.say("receipts.line", { name: one.name, seat: one.seat, question: this.called(one.run) })),
          el("span", {}, one.lines.join(" – ")),
          el("span", { class: "muted small" }, words.say("receipts.time", { time: timeInVietnam(new Date(one.at).toISOString()), seconds: tenths(one.ms / 1000) })),
        ),
      ),
    );
    write(slot(this.root, "no-receipts"), none);
    show(slot(this.root, "no-receipts"), none !== "");
  }
}
