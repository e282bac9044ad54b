/** Who has the word at the buzzer, and the two buttons for what was heard: the operator's and the jury's alike. */
import type { AnyCommand, BuzzView, HostView } from "../messages.gen";
import { el, keyed, set, show, slot, write } from "./dom";
import type { Words } from "./words";

interface Presser {
  id: number;
  name: string;
}

export class BuzzPanel {
  private readonly place: HTMLElement | null;
  private readonly words: Words;

  /** `root` holds the slot `buzz` with `buzz-title` and `buzz-list`. */
  constructor(root: ParentNode, words: Words) {
    this.place = slot(root, "buzz");
    this.words = words;
  }

  draw(view: HostView): void {
    show(this.place, Boolean(view.buzz));
    if (!this.place || !view.buzz) {
      return;
    }
    const pressers = pressersOf(view.buzz);
    const may = (view.can ?? []).includes("judge-buzz") && !view.clock?.paused;
    write(slot(this.place, "buzz-title"), this.words.say(pressers.length > 1 ? "buzz.tie" : "buzz.one"));
    const list = slot(this.place, "buzz-list");
    if (list) {
      keyed(list, pressers, ({ id }) => `${view.run}-${id}`, (one) => this.line(one), (row, one) => this.fill(row, one, may));
    }
  }

  private line({ id, name }: Presser): HTMLElement {
    const button = (verdict: "right" | "wrong", look: string): HTMLElement => {
      const text = this.words.say(`buzz.${verdict}`);
      const label = `${text}: ${name}`;
      return el("button", { type: "button", class: `button button--small ${look}`, "data-judge": verdict, "data-player": id, "aria-label": label }, text);
    };
    return el(
      "li",
      { class: "lh-buzz__line" },
      el("strong", {}, name),
      button("right", "lh-right"),
      button("wrong", "button--danger"),
    );
  }

  private fill(row: HTMLElement, one: Presser, may: boolean): void {
    write(row.firstElementChild, one.name);
    for (const button of row.querySelectorAll("[data-judge]")) {
      set(button, "disabled", !may);
    }
  }
}

/** What pressing one of the panel's buttons asks for; null for any other button. */
export function judgement(button: HTMLElement, view: HostView): AnyCommand | null {
  const { judge, player } = button.dataset;
  return judge ? { do: "judge-buzz", run: view.run ?? 0, player: Number(player), right: judge === "right" } : null;
}

function pressersOf(buzz: BuzzView): Presser[] {
  return (buzz.ids ?? []).map((id, index) => ({ id, name: buzz.names?.[index] ?? "" }));
}
