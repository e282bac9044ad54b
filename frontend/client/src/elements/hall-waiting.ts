/** <hall-waiting data-again="10"> around the words of a room that is not open yet: looks again every so many seconds. */
import { define } from "../shared/define";

class HallWaiting extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    const seconds = Number(this.dataset["again"] ?? 10);
    this.timer = window.setInterval(() => window.location.reload(), seconds * 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
  }
}

define("hall-waiting", HallWaiting);
