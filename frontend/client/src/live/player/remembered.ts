/**
 * What a phone keeps over a reload: the questions revealed so far, for at the end one may object to any of them, and the
 * objections that were typed and not sent.
 */
import type { Revealed } from "./model";

type Keeper = Pick<Storage, "getItem" | "setItem">;

export class Remembered {
  private readonly storage: Keeper | null;
  private readonly place: string;
  private readonly drafts: Map<number, string>;
  revealed: readonly Revealed[];

  constructor(storage: Keeper | null, place: string) {
    this.storage = storage;
    this.place = place;
    this.revealed = this.read<Revealed>("revealed", (one) => typeof one?.run === "number" && typeof one.label === "string");
    this.drafts = new Map(this.read<[number, string]>("drafts", (one) => typeof one?.[0] === "number" && typeof one[1] === "string"));
  }

  keep(run: number, label: string): void {
    if (run !== 0 && !this.revealed.some((known) => known.run === run)) {
      this.revealed = [...this.revealed, { run, label }];
      this.write("revealed", this.revealed);
    }
  }

  /** Whether an objection was sent: only then is it worth asking what became of it. */
  get objected(): boolean {
    return this.read<true>("objected", (one) => one === true).length > 0;
  }

  keepObjected(): void {
    this.write("objected", [true]);
  }

  /** The objection to a run that was begun; "" for none. */
  draft(run: number): string {
    return this.drafts.get(run) ?? "";
  }

  keepDraft(run: number, text: string): void {
    if (text === "") {
      this.drafts.delete(run);
    } else {
      this.drafts.set(run, text);
    }
    this.write("drafts", [...this.drafts]);
  }

  private write(name: string, value: unknown): void {
    try {
      this.storage?.setItem(`${this.place}-${name}`, JSON.stringify(value));
    } catch {
      // Without room it only lives as long as the page.
    }
  }

  private read<T>(name: string, isGood: (one: Partial<T> | null) => boolean): T[] {
    try {
      const found: unknown = JSON.parse(this.storage?.getItem(`${this.place}-${name}`) ?? "[]");
      return Array.isArray(found) ? found.filter(isGood) : [];
    } catch {
      return [];
    }
  }
}
