/** One's own objections and the jury's word on them: asked for while one is open, shown below the answers and at the end. */
import type { Reply } from "../../shared/http";
import { el } from "./dom";
import type { Model } from "./model";
import type { Part } from "./part";

export interface Objection {
  run: number;
  /** "" while it is open; granted or rejected. */
  decision: string;
  remark: string;
}

const LOOK_MS = 10_000;

export class Objections {
  all: readonly Objection[] = [];
  private readonly read: () => Promise<Reply | null>;
  private readonly changed: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private over = false;

  constructor(read: () => Promise<Reply | null>, changed: () => void) {
    this.read = read;
    this.changed = changed;
  }

  /** Looks now, and again until the jury has decided all of them. */
  async look(): Promise<void> {
    const reply = await this.read();
    const found = reply?.body["appeals"];
    if (Array.isArray(found)) {
      this.all = found.filter(isObjection);
      this.changed();
    }
    clearTimeout(this.timer);
    const waits = reply === null || reply.status >= 500 || reply.status === 429 || this.all.some((one) => one.decision === "");
    if (waits && !this.over) {
      this.timer = setTimeout(() => void this.look(), LOOK_MS);
    }
  }

  stop(): void {
    this.over = true;
    clearTimeout(this.timer);
  }
}

function isObjection(one: Partial<Objection> | null): one is Objection {
  return typeof one?.run === "number" && typeof one.decision === "string" && typeof one.remark === "string";
}

/** What is said of one's objections, a sentence each. */
export function saidOf({ objections, revealed, words }: Pick<Model, "objections" | "revealed" | "words">): string[] {
  return objections.map(({ run, decision, remark }) => {
    const question = revealed.find((one) => one.run === run)?.label ?? words("run", { run });
    return words(`appeal-${decision || "open"}`, { question, remark });
  });
}

export function objected(model: Model): Part {
  const element = el("ul", { class: "live-objected", role: "list" });
  let drawn = "";
  const update = (next: Model): void => {
    const lines = saidOf(next);
    if (lines.join("\n") !== drawn) {
      drawn = lines.join("\n");
      element.replaceChildren(...lines.map((line) => el("li", { class: "notice" }, line)));
    }
    element.hidden = lines.length === 0;
  };
  update(model);
  return { element, update };
}
