/** For tests only: the browser's side of a WebSocket, with the test playing the server. */
export class FakeLine {
  static readonly OPEN = 1;
  static all: FakeLine[] = [];
  readonly url: string;
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeLine.all.push(this);
  }

  static get last(): FakeLine {
    const found = FakeLine.all.at(-1);
    if (found === undefined) {
      throw new Error("no socket was opened");
    }
    return found;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.hangUp(1000);
  }

  hangUp(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(value: unknown): void {
    this.onmessage?.({ data: JSON.stringify(value) });
  }

  /** Messages of a type that were sent here. */
  of(type: string): Record<string, unknown>[] {
    return this.sent.filter((message) => message["type"] === type);
  }
}
