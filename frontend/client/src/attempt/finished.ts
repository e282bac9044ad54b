/** On the page of a result nothing is left to send: what the device still kept of that attempt is dropped. */
import { openOutbox } from "./outbox";

const RESULT = /^\/bai-thi\/([^/]+)\/ket-qua\/$/;

export async function forgetFinished(path: string = window.location.pathname): Promise<void> {
  const attempt = RESULT.exec(path)?.[1];
  if (attempt !== undefined) {
    await (await openOutbox()).clear(attempt);
  }
}
