import type { AckMessage, RoomRefusedMessage } from "../messages.gen";

/** What a POST of an answer brought, as the socket would have said it; null when it says nothing for or against it. */
export function replyOf(
  reply: { status: number; body: Record<string, unknown> } | null,
  key: string,
): AckMessage | RoomRefusedMessage | null {
  if (reply === null || reply.status >= 500 || reply.status === 429) {
    return null;
  }
  if (reply.status < 300) {
    return { ...(reply.body as unknown as AckMessage), type: "ack" };
  }
  const { code, detail, text } = reply.body;
  return { type: "refused", code: String(code ?? "fault"), text: String(detail ?? text ?? ""), key };
}
