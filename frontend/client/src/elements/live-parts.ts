/**
 * <live-parts data-url="/to-chuc/vong/7/so-lieu/"> around what the server drew: fetches it anew every few seconds while the
 * page is looked at, and swaps each [data-part] that changed. A part that holds the focus waits. [data-live-state] says
 * how old the numbers are; words: data-msg-stale ("… {time} …"). Without script the page shows what it was sent.
 */
import { backoff } from "../shared/backoff";
import { define } from "../shared/define";
import { message } from "../shared/messages";
import { pace, swapParts } from "../live/parts";

class LiveParts extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private readonly seen = (): void => {
    if (document.visibilityState === "visible") {
      this.wait(0);
    }
  };

  connectedCallback(): void {
    document.addEventListener("visibilitychange", this.seen);
    this.wait(pace(0));
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.seen);
    clearTimeout(this.timer);
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), milliseconds);
  }

  private async refresh(): Promise<void> {
    if (document.visibilityState !== "visible") {
      return;
    }
    const began = performance.now();
    const found = await this.fetched();
    if (found === null) {
      this.failures += 1;
      this.tellStale();
      this.wait(backoff(this.failures));
      return;
    }
    this.failures = 0;
    swapParts(this, found);
    this.wait(pace(performance.now() - began));
  }

  /** The parts as the server draws them now; null when it cannot be reached or sends something else. */
  private async fetched(): Promise<Document | null> {
    try {
      const signal = AbortSignal.timeout(15_000);
      const reply = await fetch(this.dataset["url"] ?? "", { credentials: "same-origin", cache: "no-store", redirect: "error", signal });
      const page = reply.ok ? new DOMParser().parseFromString(await reply.text(), "text/html") : null;
      return page?.querySelector("[data-part]") ? page : null;
    } catch {
      return null;
    }
  }

  private tellStale(): void {
    const place = this.querySelector<HTMLElement>("[data-live-state]");
    if (place && place.dataset["state"] !== "stale") {
      place.textContent = message(this, "stale", { time: place.dataset["at"] ?? "" });
      place.dataset["state"] = "stale";
    }
  }
}

define("live-parts", LiveParts);
