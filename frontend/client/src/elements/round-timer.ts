/**
 * <round-timer data-remaining-ms="…"> around a button with [data-clock]: counts down, is corrected by `attempt:clock`
 * of the surrounding <autosave-form>, says 5 min, 1 min and 30 s aloud, sends `attempt:zero`.
 * The button hides the figure until the last minute. Sentences: data-msg-left="Còn {time}", data-msg-hidden,
 * data-msg-threshold-300, -60, -30.
 */
import { Clock, pageReceivedAt } from "../attempt/clock";
import { announce } from "../shared/announce";
import { define } from "../shared/define";
import { clockFace } from "../shared/format";
import { message } from "../shared/messages";

const THRESHOLDS_S = [300, 60, 30];
const LAST_MS = 60_000;

class RoundTimer extends HTMLElement {
  private clock: Clock | null = null;
  private ticking: number | undefined;
  private concealed = false;
  private lastSeen = Number.POSITIVE_INFINITY;

  connectedCallback(): void {
    this.clock = new Clock(Number(this.dataset["remainingMs"] ?? 0), () => performance.now(), pageReceivedAt());
    this.lastSeen = this.clock.remaining();
    this.querySelector("button")?.addEventListener("click", () => this.toggle());
    this.closest("autosave-form")?.addEventListener("attempt:clock", (event) => {
      const { remainingMs, sentAt, receivedAt } = (event as CustomEvent<Record<string, number>>).detail;
      this.clock?.correct(remainingMs ?? 0, sentAt ?? 0, receivedAt ?? 0);
      this.tick();
    });
    this.ticking = window.setInterval(() => this.tick(), 250);
    this.tick();
  }

  disconnectedCallback(): void {
    window.clearInterval(this.ticking);
  }

  private toggle(): void {
    this.concealed = !this.concealed;
    this.tick();
  }

  private tick(): void {
    const left = this.clock?.remaining() ?? 0;
    this.draw(left);
    for (const threshold of THRESHOLDS_S) {
      if (this.lastSeen > threshold * 1000 && left <= threshold * 1000 && left > 0) {
        announce(message(this, `threshold-${threshold}`), threshold <= 60);
      }
    }
    if (left === 0 && this.ticking !== undefined) {
      window.clearInterval(this.ticking);
      this.ticking = undefined;
      this.dispatchEvent(new CustomEvent("attempt:zero", { bubbles: true }));
    }
    this.lastSeen = left;
  }

  private draw(left: number): void {
    const hidden = this.concealed && left > LAST_MS;
    const face = clockFace(left);
    const place = this.querySelector<HTMLElement>("[data-clock]");
    const text = hidden ? message(this, "hidden") : face;
    if (place && place.textContent !== text) {
      place.textContent = text;
    }
    this.dataset["level"] = left <= LAST_MS ? "last" : left <= 300_000 ? "warning" : "calm";
    const button = this.querySelector("button");
    button?.setAttribute("aria-pressed", String(hidden));
  }
}

define("round-timer", RoundTimer);
