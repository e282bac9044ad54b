/** <print-page> around a hidden button: opens the browser's own printing. */
import { define } from "../shared/define";

class PrintPage extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>("button");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  }
}

define("print-page", PrintPage);
