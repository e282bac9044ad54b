/** <hall-waiting data-again="10"> around the words of a room that is not open yet: looks again every so many seconds. */
import { define } from "../shared/define";
import { isReachable } from "../shared/reachable";

class HallWaiting extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    const seconds = Number(this.dataset["again"] ?? 10);
    this.timer = window.setInterval(() => void this.look(), seconds * 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if ((await isReachable()) && this.isConnected) {
      window.location.reload();
    }
  }
}

define("hall-waiting", HallWaiting);
