import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commandOf } from "./adjustment";
import { answer, commands, enterDesk, json, settle, stubServer, viewOf } from "./fake-desk";
import { Weighing } from "./weighing";

const HTML = `<dialog data-preview="/xem-truoc"><form method="get">
  <input name="points"><input name="reason"><div data-slot="preview"></div>
  <button type="button" data-preview disabled></button><button type="submit" data-apply disabled></button>
  <button type="button" data-leave></button></form></dialog>`;
const ASKED = { title: "", deeds: ["adjust"] as const, player: 7, account: 7 };
const SWING = { id: 7, name: "Bình", before: { rank: 2, points: 0 }, after: { rank: 1, points: 5 } };
let asked: { url: string; body: unknown }[];
let reply: () => Promise<Response> | Response;
let dialog: HTMLDialogElement;
let done: Promise<void>;
const button = (name: string): HTMLButtonElement => dialog.querySelector<HTMLButtonElement>(`button[data-${name}]`) as HTMLButtonElement;

function type(name: string, text: string): void {
  const field = dialog.querySelector<HTMLInputElement>(`[name=${name}]`) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(async () => {
  reply = () => json({ changed: [SWING], lines: 12, back: 0, scale: 1, reopens: false });
  asked = stubServer(() => reply());
  const { desk, root } = await enterDesk(HTML, {}, viewOf());
  dialog = root.querySelector("dialog") as HTMLDialogElement;
  done = new Weighing(dialog, desk, (form) => commandOf(ASKED, form)).ask();
});

afterEach(() => vi.unstubAllGlobals());

test("nothing can be weighed before everything is there, and nothing applied before it was weighed", async () => {
  expect([button("preview").disabled, button("apply").disabled]).toEqual([true, true]);
  type("points", "5");
  expect(button("preview").disabled).toBe(true);
  type("reason", "đọc sai câu hỏi");
  expect([button("preview").disabled, button("apply").disabled]).toEqual([false, true]);
  button("preview").click();
  await settle();
  expect(asked.at(-1)).toMatchObject({ url: "/xem-truoc", body: { command: { do: "adjust", player: 7, points: 5 } } });
  expect(dialog.querySelector("tbody")?.textContent).toContain("Bình");
  button("apply").click();
  await settle();
  expect(commands()).toEqual([{ do: "adjust", player: 7, points: 5, reason: "đọc sai câu hỏi" }]);
  answer();
  await done;
});

test("units are weighed too, in hundredths; where none moves it is said", async () => {
  const unit = { name: "Xã Tân Tiến", before: { rank: 2, points: 1000 }, after: { rank: 1, points: 1250 } };
  reply = () => json({ changed: [SWING], lines: 12, units: [unit], unit_lines: 3 });
  type("points", "5");
  type("reason", "x");
  button("preview").click();
  await settle();
  const tables = [...dialog.querySelectorAll("tbody")].map((body) => [...body.querySelectorAll("td")].map((cell) => cell.textContent));
  expect(tables).toEqual([["Bình", "2", "1", "0", "5"], ["Xã Tân Tiến", "2", "1", "10", "12,5"]]);
  type("points", "6");
  reply = () => json({ changed: [SWING], lines: 12, units: [], unit_lines: 3 });
  button("preview").click();
  await settle();
  expect(dialog.querySelectorAll("tbody")).toHaveLength(1);
  expect(dialog.querySelector("[data-slot=preview] p:last-child")?.textContent).toContain("units-same");
});

test("what is typed after the weighing takes it back", async () => {
  type("points", "5");
  type("reason", "x");
  button("preview").click();
  await settle();
  expect(button("apply").disabled).toBe(false);
  type("points", "50");
  expect(button("apply").disabled).toBe(true);
  expect(dialog.querySelector("[data-slot=preview]")?.childElementCount).toBe(0);
  button("leave").click();
  await done;
  expect(commands()).toEqual([]);
});

test("an effect that comes after something else was typed is not shown", async () => {
  let arrive: (found: Response) => void = () => undefined;
  reply = () => new Promise<Response>((resolve) => (arrive = resolve));
  type("points", "5");
  type("reason", "x");
  button("preview").click();
  await settle();
  type("points", "50");
  arrive(json({ changed: [SWING], lines: 12 }));
  await settle();
  expect(button("apply").disabled).toBe(true);
});

test("a refusal is told in words and nothing can be applied", async () => {
  reply = () => json({ code: "reason-missing", detail: "Xin ghi lý do." }, 409);
  type("points", "5");
  type("reason", "x");
  button("preview").click();
  await settle();
  expect(dialog.querySelector("[role=alert]")?.textContent).toBe("Xin ghi lý do.");
  expect(button("apply").disabled).toBe(true);
});
