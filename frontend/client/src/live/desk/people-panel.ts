/** The player panel: search without accents, filters with counts, a line a participant. */
import { wholeNumber } from "../../shared/format";
import type { HostView } from "../messages.gen";
import type { Room } from "../room-store";
import { MOST_LINES, scaled } from "./draw";
import { el, keyed, set, show, slot, write } from "./dom";
import { counts, FILTERS, type Filter, found, lines, OF_PRESENCE, type PersonLine } from "./people";
import type { Words } from "./words";

export class PeoplePanel {
  private readonly root: HTMLElement;
  private readonly words: Words;
  private room: Room<HostView> | null = null;
  private heard = false;
  private all: PersonLine[] = [];
  private filter: Filter = "all";
  private shown = MOST_LINES;
  private scale = 1;
  private scored = false;

  constructor(root: HTMLElement, words: Words, choose: (id: number) => void) {
    this.root = root;
    this.words = words;
    slot(root, "search")?.addEventListener("input", () => this.drawList());
    root.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const chip = target?.closest<HTMLElement>("[data-filter]");
      const person = target?.closest<HTMLElement>("[data-person]");
      if (chip) {
        this.filter = (chip.dataset["filter"] ?? "all") as Filter;
        this.shown = MOST_LINES;
        this.drawChips();
        this.drawList();
      } else if (person) {
        choose(Number(person.dataset["person"]));
      } else if (target?.closest("[data-more]")) {
        this.shown += MOST_LINES;
        this.drawList();
      }
    });
  }

  /** Whether ticks come to this desk now: without them nobody is called connected. */
  hears(heard: boolean): void {
    if (heard !== this.heard) {
      this.heard = heard;
      if (this.room !== null) {
        this.draw(this.room);
      }
    }
  }

  draw(room: Room<HostView>): void {
    this.room = room;
    const told = this.heard && room.tick !== null;
    this.filter = !told && OF_PRESENCE.includes(this.filter) ? "all" : this.filter;
    this.all = lines(room.view, room.tick, told);
    this.scored = Object.values(room.view.runs ?? {}).some((run) => run.revealed);
    this.scale = room.view.round.scale ?? 1;
    this.drawChips();
    this.drawList();
  }

  private drawChips(): void {
    const many = counts(this.all);
    const bell = this.all.some((line) => line.person.floor);
    for (const filter of FILTERS) {
      const chip = this.root.querySelector<HTMLElement>(`[data-filter="${filter}"]`);
      const always = filter === "all" || (filter === "connected" && this.heard && this.room?.tick !== null);
      show(chip, always || many[filter] > 0 || filter === this.filter || (bell && filter === "floor"));
      write(chip?.querySelector("[data-count]"), wholeNumber(many[filter]));
      set(chip , "aria-pressed", filter === this.filter ? "true" : "false");
    }
  }

  private drawList(): void {
    const query = (slot<HTMLInputElement>(this.root, "search")?.value ?? "").trim();
    const fitting = found(this.all, this.filter, query);
    const place = slot(this.root, "people");
    if (place) {
      keyed(place, fitting.slice(0, this.shown), (line) => String(line.id), makeLine, (row, line) => this.fill(row, line));
    }
    const nothing = this.all.length === 0 ? "people.nobody" : "people.not-found";
    write(slot(this.root, "no-people"), fitting.length === 0 ? this.words.say(nothing) : "");
    show(slot(this.root, "no-people"), fitting.length === 0);
    const rest = fitting.length - this.shown;
    show(this.root.querySelector("[data-more]"), rest > 0);
    write(this.root.querySelector("[data-more]"), this.words.say("people.more", { count: wholeNumber(Math.max(0, rest)) }));
  }

  private fill(row: HTMLElement, line: PersonLine): void {
    const { person } = line;
    const button = row.firstElementChild as HTMLElement;
    set(button, "data-person", line.id);
    set(button, "data-presence", line.presence);
    write(slot(row, "seat"), String(person.seat));
    write(slot(row, "name"), person.captain ? `${person.name} ★` : person.name);
    write(slot(row, "unit"), person.unit ?? "");
    const marks = [
      line.presence === "connected" || line.presence === "unknown" ? "" : this.words.of("presence", line.presence),
      line.unanswered ? this.words.say("people.unanswered") : "",
      person.floor === "out" || person.floor === "waiting" ? this.words.of("floor", person.floor) : "",
      (person.loss ?? []).length > 0 ? this.words.say("people.loss") : "",
    ].filter(Boolean);
    write(slot(row, "marks"), marks.join(" · "));
    write(slot(row, "score"), person.rank && this.scored ? this.words.say("people.score", { rank: person.rank, points: scaled(person.points ?? 0, this.scale) }) : "");
  }
}

function makeLine(): HTMLElement {
  const part = (name: string): HTMLElement => el("span", { class: `lh-person__${name}`, "data-slot": name });
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "lh-person" },
      part("seat"),
      el("span", { class: "lh-person__who" }, part("name"), part("unit"), part("marks")),
      part("score"),
    ),
  );
}
