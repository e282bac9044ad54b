/** Commands on their way: each has an id, and its promise ends with `done`, with a refusal, or with the line. */
import type { DoneMessage, RoomRefusedMessage } from "./messages.gen";

/** Why a command was not taken. `connection-lost`: it may have been, nobody knows. `message` is for the person. */
export class RoomRefusal extends Error {
  readonly code: string;

  constructor(code: string, text = "") {
    super(text);
    this.code = code;
  }
}

export interface Done {
  version: number;
}

interface Waiting {
  resolve(done: Done): void;
  reject(refusal: RoomRefusal): void;
}

export class RoomCommands {
  private readonly waiting = new Map<string, Waiting>();

  /** The promise of the command sent with this id. */
  wait(id: string): Promise<Done> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  isWaiting(id: string): boolean {
    return this.waiting.has(id);
  }

  settle(message: DoneMessage | RoomRefusedMessage): void {
    const found = this.take(message.id ?? "");
    if (message.type === "done") {
      found?.resolve({ version: message.version });
    } else {
      found?.reject(new RoomRefusal(message.code, message.text));
    }
  }

  /** The line is gone. */
  abandon(): void {
    for (const id of [...this.waiting.keys()]) {
      this.take(id)?.reject(new RoomRefusal("connection-lost"));
    }
  }

  private take(id: string): Waiting | undefined {
    const found = this.waiting.get(id);
    this.waiting.delete(id);
    return found;
  }
}

export function newCommandId(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => (byte % 36).toString(36)).join("");
}
