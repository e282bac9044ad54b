/**
 * <live-board data-socket="/ws/vong/7/bang" data-poll="/api/v1/rounds/7/board"> around table.board as the server drew
 * it: keeps it current. Numbers change at once; rows wait 1.5 s and then move for 0.6 s, so that people can read before
 * they move. Inside: tbody[data-rows], [data-live-state], [data-entrants], [data-attempts], [data-policy-note].
 * Words: data-msg-live, -checked, -stale ("… {time} …"), -frozen, -own, -hidden, -empty, -withheld. -you. data-own-name marks own
 * row; [data-mine] with [data-mine-rank], -points and -duration holds one's own place, from data-own-url, always in sight.
 */
import { read, reduce, rowKeys, type BoardMessage, type BoardRow } from "../live/board";
import { Feed } from "../live/feed";
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { boardDuration, timeInVietnam, wholeNumber } from "../shared/format";
import { callJson } from "../shared/http";
import { message } from "../shared/messages";
import { socketAddress } from "../shared/socket-address";

const PAUSE_MS = 1500;
const MOVE_MS = 600;
const OWN_GAP_MS = 10_000;

class LiveBoard extends HTMLElement {
  private board: BoardMessage | null = null;
  private feed: Feed | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private fresh: boolean | null = null;
  private drawn = false;
  private ownWait: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.feed = new Feed({
      socketUrl: socketAddress(this.dataset["socket"] ?? ""),
      pollUrl: this.dataset["poll"] ?? "",
      onMessage: (value) => this.take(value),
      onFresh: (fresh) => this.tellFresh(fresh),
    });
    this.feed.open();
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.feed?.wake());
    window.addEventListener("online", () => this.feed?.wake());
  }

  disconnectedCallback(): void {
    this.feed?.close();
    clearTimeout(this.pause);
    clearTimeout(this.ownWait);
  }

  private take(value: unknown): void {
    const found = read(value);
    if (found === null) {
      return;
    }
    const step = reduce(this.board, found);
    this.board = step.board;
    if (step.resync) {
      this.feed?.resync();
    }
    if (!step.changed) {
      return;
    }
    this.drawNumbers(found);
    // Coalesced: a new message does not push the move away, it is what will be shown.
    this.pause ??= setTimeout(() => this.moveRows(), this.drawn ? PAUSE_MS : 0);
    this.askOwn();
  }

  private drawNumbers(board: BoardMessage): void {
    this.write("[data-entrants]", this.count(board.entrants));
    this.write("[data-attempts]", this.count(board.attempts));
    const note = this.querySelector<HTMLElement>("[data-policy-note]");
    if (note) {
      note.textContent = board.policy === "live" ? "" : message(this, board.policy, { time: timeInVietnam(board.at) });
      note.hidden = board.policy === "live";
    }
    if (this.fresh !== false) {
      this.write("[data-live-state]", this.current(timeInVietnam(board.at)));
    }
  }

  /** A board that stands still by its policy was looked at, not moved. */
  private current(time: string): string {
    return message(this, (this.board?.policy ?? "live") === "live" ? "live" : "checked", { time });
  }

  private count(value: number | null): string {
    return value === null ? message(this, "withheld") : wholeNumber(value);
  }

  private moveRows(): void {
    this.pause = undefined;
    const place = this.querySelector<HTMLElement>("[data-rows]");
    if (!place || this.board === null) {
      return;
    }
    const rows = [...place.querySelectorAll<HTMLTableRowElement>("tr[data-key]")];
    const before = new Map(rows.map((row) => [row.dataset["key"] ?? "", row.getBoundingClientRect().top]));
    const old = new Map(rows.map((row) => [row.dataset["key"] ?? "", row]));
    const keys = rowKeys(this.board.rows);
    const next = this.board.rows.map((row, index) => this.row(row, keys[index] ?? "", old.get(keys[index] ?? "")));
    place.replaceChildren(...next);
    this.querySelector("[data-empty]")?.toggleAttribute("hidden", next.length > 0);
    this.querySelector("table")?.toggleAttribute("hidden", next.length === 0);
    if (this.drawn) {
      slide(next, before);
      this.tellOwn(this.board.rows);
    }
    this.drawn = true;
  }

  /** One's own place moves with the others'; asked for at most once in ten seconds, spread over the crowd. */
  private askOwn(): void {
    const url = this.dataset["ownUrl"] ?? "";
    if (url !== "") {
      this.ownWait ??= setTimeout(() => void this.drawOwn(url), OWN_GAP_MS * Math.random());
    }
  }

  private async drawOwn(url: string): Promise<void> {
    const reply = await callJson(url).catch(() => null);
    this.ownWait = undefined;
    const { rank, points, duration_ms: duration } = reply?.status === 200 ? reply.body : {};
    if (typeof points === "number" && typeof duration === "number") {
      this.write("[data-mine-rank]", typeof rank === "number" ? wholeNumber(rank) : "–");
      this.write("[data-mine-points]", wholeNumber(points));
      this.write("[data-mine-duration]", boardDuration(duration));
      this.querySelector("[data-mine]")?.removeAttribute("hidden");
    }
  }

  private row(data: BoardRow, key: string, existing: HTMLTableRowElement | undefined): HTMLTableRowElement {
    const row = existing ?? emptyRow(key);
    const own = this.isOwn(data);
    row.dataset["rank"] = String(data.rank);
    row.classList.toggle("board__row--own", own);
    write(row, "rank", String(data.rank));
    row.querySelector("[data-cell=rank]")?.classList.toggle("board__medal", data.rank <= 3);
    write(row, "name", data.name);
    write(row, "own", own ? message(this, "you") : "");
    write(row, "unit", data.unit);
    write(row, "points", wholeNumber(data.points));
    write(row, "duration", boardDuration(data.duration_ms));
    return row;
  }

  private isOwn(row: BoardRow): boolean {
    const name = this.dataset["ownName"] ?? "";
    return name !== "" && row.name === name && row.unit === (this.dataset["ownUnit"] ?? row.unit);
  }

  /** Others' moves are for the eye; one's own is also said. */
  private tellOwn(rows: readonly BoardRow[]): void {
    const own = rows.find((row) => this.isOwn(row));
    const rank = String(own?.rank ?? "");
    if (own && this.dataset["ownRank"] !== rank) {
      announce(message(this, "own-moved", { rank }));
    }
    this.dataset["ownRank"] = rank;
  }

  private tellFresh(fresh: boolean): void {
    if (this.fresh === fresh) {
      return;
    }
    this.fresh = fresh;
    const time = this.board === null ? (this.dataset["at"] ?? "") : timeInVietnam(this.board.at);
    const text = fresh ? this.current(time) : message(this, "stale", { time });
    this.write("[data-live-state]", text);
    this.querySelector<HTMLElement>("[data-live-state]")?.setAttribute("data-state", fresh ? "live" : "stale");
    if (!fresh) {
      announce(text);
    }
  }

  private write(selector: string, text: string): void {
    const place = this.querySelector(selector);
    if (place && place.textContent !== text) {
      place.textContent = text;
    }
  }
}

function emptyRow(key: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.dataset["key"] = key;
  const rank = row.insertCell();
  rank.className = "board__rank";
  rank.append(cell("rank", ""));
  const who = row.insertCell();
  who.className = "board__name";
  who.append(cell("name", ""), cell("own", "board__own"), cell("unit", "board__unit"));
  for (const name of ["points", "duration"]) {
    const number = row.insertCell();
    number.dataset["number"] = "";
    number.append(cell(name, ""));
  }
  return row;
}

function cell(name: string, className: string): HTMLElement {
  const element = document.createElement("span");
  element.dataset["cell"] = name;
  element.className = className;
  return element;
}

function write(row: HTMLElement, name: string, text: string): void {
  const place = row.querySelector(`[data-cell="${name}"]`);
  if (place && place.textContent !== text) {
    place.textContent = text;
  }
}

/** First, last, invert, play: each row starts where it was and goes to where it is. */
function slide(rows: HTMLElement[], before: Map<string, number>): void {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  for (const row of rows) {
    const was = before.get(row.dataset["key"] ?? "");
    const by = was === undefined ? 0 : was - row.getBoundingClientRect().top;
    if (was === undefined) {
      row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOVE_MS, easing: "ease-out" });
    } else if (by !== 0) {
      const frames = [{ transform: `translateY(${by}px)` }, { transform: "none" }];
      row.animate(frames, { duration: MOVE_MS, easing: "ease-out" });
    }
  }
}

define("live-board", LiveBoard);
