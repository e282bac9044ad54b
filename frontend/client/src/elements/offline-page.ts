/**
 * <offline-page> around the words of the "no network" page, which stands in for a page that could not be reached.
 * Shows [data-when="attempt"], [data-when="kept"] (with {count} in data-msg-kept) or [data-when="sent"] where they are
 * true, and opens the page itself as soon as the server answers. On the page of an attempt the outbox of this device
 * is counted, never shown: the phone may be somebody else's by now.
 */
import { openOutbox } from "../attempt/outbox";
import { backoff } from "../shared/backoff";
import { define } from "../shared/define";

const ATTEMPT = /^\/bai-thi\/([^/]+)\/$/;

class OfflinePage extends HTMLElement {
  private tries = 0;

  connectedCallback(): void {
    void this.tell();
    if (document.documentElement.hasAttribute("data-sent")) {
      this.show("sent");
      return; // a form is never sent twice by itself
    }
    this.show("page");
    window.addEventListener("online", () => void this.knock());
    this.wait();
  }

  private async tell(): Promise<void> {
    const attempt = ATTEMPT.exec(window.location.pathname)?.[1];
    if (attempt === undefined) {
      return;
    }
    this.show("attempt");
    const left = await (await openOutbox()).load(attempt).catch(() => null);
    const count = left === null ? 0 : Object.keys(left.answers).length + (left.prediction === null ? 0 : 1);
    if (count > 0) {
      this.show("kept", count);
    }
  }

  private show(when: string, count = 0): void {
    for (const words of this.querySelectorAll<HTMLElement>(`[data-when="${when}"]`)) {
      words.textContent = (words.textContent ?? "").replace("{count}", String(count));
      words.hidden = false;
    }
  }

  private wait(): void {
    window.setTimeout(() => void this.knock(), backoff(this.tries, Math.random, 4000));
    this.tries += 1;
  }

  private async knock(): Promise<void> {
    const reached = await fetch("/livez", { cache: "no-store" }).then((reply) => reply.ok, () => false);
    if (reached) {
      window.location.replace(window.location.href);
    } else {
      this.wait();
    }
  }
}

define("offline-page", OfflinePage);
