/** For tests only: a desk in a room whose server is the test (see fake-line.ts). */
import { vi } from "vitest";
import { FakeLine } from "../fake-line";
import type { HostView, RoundView } from "../messages.gen";
import { DeskRoom } from "./desk-room";

export const ROUND: RoundView = { title: "Chung kết", mode: "official", items: 3, questions: 2, seconds: 20, answer: "first", chain: [] };

export function viewOf(more: Partial<HostView> = {}): HostView {
  return { round: ROUND, phase: "reveal", run: 1, can: [], ...more };
}

/** Stands in for WebSocket and fetch; `reply` answers what is fetched. */
export function stubServer(reply: (url: string, body: unknown) => Promise<Response> | Response): { url: string; body: unknown }[] {
  const asked: { url: string; body: unknown }[] = [];
  FakeLine.all = [];
  vi.stubGlobal("WebSocket", FakeLine);
  vi.stubGlobal("fetch", async (url: string, call: RequestInit = {}) => {
    const body = typeof call.body === "string" ? (JSON.parse(call.body) as unknown) : null;
    asked.push({ url, body });
    return reply(url, body);
  });
  return asked;
}

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });

/** Lets promises that are settled be heard. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The newest socket is greeted with this view. */
export function welcome(view: HostView, version = 5): void {
  FakeLine.last.accept();
  FakeLine.last.say({ type: "welcome", role: "host", version, at: Date.now(), host: view });
}

/** The commands that were sent, in their order. */
export function commands(): unknown[] {
  return FakeLine.all.flatMap((line) => line.of("command").map((message) => message["command"]));
}

/** The last command is done, or refused with this code. */
export function answer(code = "", text = ""): void {
  const id = FakeLine.last.of("command").at(-1)?.["id"];
  FakeLine.last.say(code === "" ? { type: "done", id, version: 6 } : { type: "refused", id, code, text });
}

/** A page with these words and this body, and a desk in its room. */
export async function enterDesk(html: string, words: Record<string, string>, view: HostView): Promise<{ desk: DeskRoom; root: HTMLElement }> {
  document.body.innerHTML = `<script type="application/json" id="live-words">${JSON.stringify(words)}</script><main data-round="7">${html}</main>`;
  const root = document.querySelector("main") as HTMLElement;
  const desk = new DeskRoom({ element: root, role: "host", token: async () => "ticket", draw: () => undefined });
  desk.client.open();
  await settle();
  welcome(view);
  return { desk, root };
}
