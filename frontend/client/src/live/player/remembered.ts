/** The questions revealed so far, kept over a reload: at the end one may object to any of them. */
import type { Revealed } from "./model";

export class Remembered {
  private readonly storage: Pick<Storage, "getItem" | "setItem"> | null;
  private readonly place: string;
  revealed: readonly Revealed[];

  constructor(storage: Pick<Storage, "getItem" | "setItem"> | null, place: string) {
    this.storage = storage;
    this.place = `${place}-revealed`;
    this.revealed = this.read();
  }

  keep(run: number, label: string): void {
    if (run === 0 || this.revealed.some((known) => known.run === run)) {
      return;
    }
    this.revealed = [...this.revealed, { run, label }];
    try {
      this.storage?.setItem(this.place, JSON.stringify(this.revealed));
    } catch {
      // Without room the list only lives as long as the page.
    }
  }

  private read(): Revealed[] {
    try {
      const found: unknown = JSON.parse(this.storage?.getItem(this.place) ?? "[]");
      return Array.isArray(found) ? found.filter((one) => typeof one?.run === "number" && typeof one?.label === "string") : [];
    } catch {
      return [];
    }
  }
}
