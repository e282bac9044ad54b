/**
 * What the server has not acknowledged yet, kept on the device by attempt.
 *
 * IndexedDB survives a reload and a dead battery; where it is missing or refused (private windows, some in-app
 * browsers) the same lives in memory, which survives neither but costs nobody the page.
 */
import type { Answer } from "./answers";

export interface Pending {
  answers: Record<string, Answer>;
  prediction: string | null;
  /** The highest revision this device has sent: tells our own lost acknowledgement from another device's save. */
  sentRevision: number;
}

export interface Outbox {
  /** False when answers would not survive a reload. */
  readonly durable: boolean;
  load(attempt: string): Promise<Pending | null>;
  store(attempt: string, pending: Pending): Promise<void>;
  clear(attempt: string): Promise<void>;
}

const DATABASE = "timhieu-attempts";
const STORE = "pending";
const PATIENCE_MS = 2000;

export async function openOutbox(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Outbox> {
  try {
    return factory === undefined ? memoryOutbox() : databaseOutbox(await openDatabase(factory));
  } catch {
    return memoryOutbox();
  }
}

export function memoryOutbox(): Outbox {
  const rows = new Map<string, Pending>();
  return {
    durable: false,
    load: async (attempt) => rows.get(attempt) ?? null,
    store: async (attempt, pending) => void rows.set(attempt, structuredCopy(pending)),
    clear: async (attempt) => void rows.delete(attempt),
  };
}

function databaseOutbox(database: IDBDatabase): Outbox {
  const fallback = memoryOutbox();
  const inStore = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  return {
    durable: true,
    load: async (attempt) => (await fallback.load(attempt)) ?? (await inStore("readonly", (s) => s.get(attempt))) ?? null,
    store: async (attempt, pending) => {
      try {
        await inStore("readwrite", (s) => s.put(structuredCopy(pending), attempt));
        await fallback.clear(attempt);
      } catch {
        await fallback.store(attempt, pending); // a full disk: better in memory than nowhere
      }
    },
    clear: async (attempt) => {
      await fallback.clear(attempt);
      await inStore("readwrite", (s) => s.delete(attempt)).catch(() => undefined);
    },
  };
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("outbox-timeout")), PATIENCE_MS);
    const request = factory.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}

function structuredCopy(pending: Pending): Pending {
  return JSON.parse(JSON.stringify(pending)) as Pending;
}

/**
 * What of a device's leftovers to put back into a freshly loaded page, whose answers the server holds at `revision`.
 *
 * Nobody else has saved since (revision <= sentRevision): all of it. Otherwise another device went on in between, its
 * answers are newer, and ours only fill the questions it left blank.
 */
export function restorable(
  pending: Pending,
  revision: number,
  isBlank: (no: string) => boolean,
): Pick<Pending, "answers" | "prediction"> {
  if (revision <= pending.sentRevision) {
    return { answers: pending.answers, prediction: pending.prediction };
  }
  const kept = Object.entries(pending.answers).filter(([no]) => isBlank(no));
  return { answers: Object.fromEntries(kept), prediction: isBlank("prediction") ? pending.prediction : null };
}
