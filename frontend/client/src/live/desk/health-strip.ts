/** The health strip: connected, median round trip, how late answers are acknowledged, last commit; red with advice when it lags. */
import { timeInVietnam, wholeNumber } from "../../shared/format";
import type { HostView } from "../messages.gen";
import type { Link } from "../room-socket";
import type { Room } from "../room-store";
import { set, show, slot, write } from "./dom";
import { health, hearsTicks } from "./health";
import type { Words } from "./words";

export class HealthStrip {
  private readonly root: HTMLElement;
  private readonly words: Words;

  constructor(root: HTMLElement, words: Words) {
    this.root = root;
    this.words = words;
  }

  draw(room: Room<HostView>, link: Link): void {
    const tick = hearsTicks(link) ? room.tick : null;
    const found = health(tick, link);
    set(this.root, "data-level", found.level);
    const none = this.words.say("health.none");
    const { connected = 0, rtt_ms: rtt = 0, ack_ms: ack = 0, commit_at: commit = 0 } = tick ?? {};
    const joined = wholeNumber(room.view.joined ?? 0);
    write(slot(this.root, "connected"), tick ? `${wholeNumber(connected)}/${joined}` : `–/${joined}`);
    write(slot(this.root, "rtt"), rtt ? this.words.say("health.ms", { ms: wholeNumber(rtt) }) : none);
    write(slot(this.root, "ack"), ack ? this.words.say("health.ms", { ms: wholeNumber(ack) }) : none);
    write(slot(this.root, "commit"), commit ? timeInVietnam(new Date(commit).toISOString()) : none);
    const advice = slot(this.root, "advice");
    write(advice, found.advice ? this.words.say(found.advice) : "");
    show(advice, found.advice !== "");
  }
}
