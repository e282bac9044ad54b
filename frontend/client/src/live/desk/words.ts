/** Sentences of a live desk, from the page's <script type="application/json" id="live-words">: translated there. */

export type Facts = Readonly<Record<string, string | number>>;

export class Words {
  private readonly sentences: Readonly<Record<string, string>>;

  constructor(sentences: Readonly<Record<string, string>>) {
    this.sentences = sentences;
  }

  static ofPage(root: Document = document): Words {
    const text = root.getElementById("live-words")?.textContent ?? "{}";
    return new Words(JSON.parse(text) as Record<string, string>);
  }

  /** The sentence with its {facts}; a missing one shows its key, so that it is noticed. */
  say(key: string, facts: Facts = {}): string {
    const pattern = this.sentences[key] ?? key;
    return pattern.replace(/\{(\w+)\}/g, (whole, fact: string) => String(facts[fact] ?? whole));
  }

  /** The sentence of a code, or the code itself made readable by its group's fallback. */
  of(group: string, code: string): string {
    return this.sentences[`${group}.${code}`] ?? code;
  }
}
