import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enterDesk, json, settle, stubServer, viewOf } from "./fake-desk";
import { type Appeal, Inquiry } from "./inquiry";

const HTML = `<div data-slot="trouble" hidden><p data-slot="trouble-text"></p></div><form data-receipts><input name="receipt"><button></button></form><ul data-slot="receipts"></ul><p data-slot="no-receipts"></p>
  <p data-slot="open-appeals"></p><ul data-slot="appeals"></ul><p data-slot="no-appeals"></p>
  <dialog data-dialog="reason"><form method="get"><p data-slot="title"></p><p data-slot="text"></p><div class="field"><input name="reason"></div>
  <button type="submit" data-slot="confirm"></button></form></dialog>`;
const WORDS = { "appeals.who": "{name} · {question}", "appeals.open": "{count} đơn", "receipts.line": "{name} · {question}", "receipts.none": "không có {query}", "appeals.was-granted": "nhận: {remark}", "refused.connection-lost": "không tới được" };
const APPEAL: Appeal = { id: 1, run: 4, name: "An", seat: 3, text: "Xin xem lại", at: 2000, decision: "", remark: "" };
const DECIDED: Appeal = { ...APPEAL, id: 2, name: "Bình", at: 1000, decision: "granted", remark: "đúng" };
let appeals: Appeal[];
let receipts: (query: string) => Promise<Response> | Response;
let asked: { url: string; body: unknown }[];
let root: HTMLElement;
let inquiry: Inquiry;
let called: (run: number) => string;
const texts = (name: string): string[] => [...root.querySelectorAll(`[data-slot=${name}] > li`)].map((row) => row.textContent ?? "");

function search(query: string): void {
  (root.querySelector("[name=receipt]") as HTMLInputElement).value = query;
  root.querySelector("form[data-receipts]")?.dispatchEvent(new Event("submit", { cancelable: true }));
}

beforeEach(async () => {
  appeals = [DECIDED, APPEAL];
  called = (run) => `Câu ${run - 1}`;
  receipts = () => json({ receipts: [{ receipt: "K7Q2", run: 4, name: "An", seat: 3, lines: ["Đúng"], at: 1000, ms: 1500 }] });
  asked = stubServer((url) => (url.startsWith("/don") ? json({ appeals }) : receipts(new URL(url, "http://x").searchParams.get("q") ?? "")));
  const made = await enterDesk(HTML, WORDS, viewOf());
  root = made.root;
  root.dataset["appeals"] = "/don";
  root.dataset["receipts"] = "/bien-nhan";
  inquiry = new Inquiry(root, made.desk, (run) => called(run));
  inquiry.start();
  await settle();
});

afterEach(() => {
  inquiry.stop();
  vi.unstubAllGlobals();
});

test("open objections come first, each with its question as the jury calls it", () => {
  expect(texts("appeals").map((text) => text.slice(0, 10))).toEqual(["An · Câu 3", "Bình · Câu"]);
  expect(root.querySelector("[data-slot=open-appeals]")?.textContent).toBe("1 đơn");
  expect(texts("appeals")[1]).toContain("nhận: đúng");
});

test("a question that gets another name is called by it", () => {
  called = () => "Câu 3, lần hỏi 2";
  inquiry.draw();
  expect(texts("appeals")[0]).toContain("An · Câu 3, lần hỏi 2");
});

test("a decision goes with its remark, and only with one", async () => {
  const decide = (): void => root.querySelector<HTMLElement>('[data-appeal="1"][data-decide=rejected]')?.click();
  decide();
  const dialog = root.querySelector("dialog") as HTMLDialogElement;
  dialog.close();
  await settle();
  expect(asked.filter(({ body }) => body !== null)).toEqual([]);
  decide();
  (dialog.querySelector("input") as HTMLInputElement).value = "đáp án đúng";
  dialog.querySelector<HTMLElement>("[type=submit]")?.click();
  await settle();
  expect(asked.find(({ body }) => body !== null)?.body).toEqual({ appeal: 1, decision: "rejected", remark: "đáp án đúng" });
});

test("receipts are found, or it is said that there are none", async () => {
  search("K7Q2");
  await settle();
  expect(texts("receipts")[0]).toContain("An · Câu 3");
  receipts = () => json({ receipts: [] });
  search("zz");
  await settle();
  expect(texts("receipts")).toEqual([]);
  expect(root.querySelector("[data-slot=no-receipts]")?.textContent).toBe("không có zz");
});

test.each([
  ["the page to sign in", () => new Response("<html>Đăng nhập</html>")],
  ["nothing", () => Promise.reject(new TypeError())],
])("%s is no verdict about a receipt, and the last one is gone", async (_, answer) => {
  search("K7Q2");
  await settle();
  receipts = answer;
  search("zz");
  await settle();
  expect(texts("receipts")).toEqual([]);
  expect(root.querySelector("[data-slot=no-receipts]")?.textContent).toBe("");
  expect(root.querySelector("[data-slot=trouble-text]")?.textContent).toBe("không tới được");
});

test("a decision that came to no jury's page is not taken for done", async () => {
  root.querySelector<HTMLElement>('[data-appeal="1"][data-decide=rejected]')?.click();
  const dialog = root.querySelector("dialog") as HTMLDialogElement;
  (dialog.querySelector("input") as HTMLInputElement).value = "đáp án đúng";
  root.dataset["appeals"] = "/dang-nhap";
  receipts = () => new Response("<html>Đăng nhập</html>");
  dialog.querySelector<HTMLElement>("[type=submit]")?.click();
  await settle();
  expect(root.querySelector("[data-slot=trouble-text]")?.textContent).toBe("không tới được");
});

test("the reply to an earlier search does not replace the later one's", async () => {
  const waiting = new Map<string, (found: Response) => void>();
  receipts = (query) => new Promise((resolve) => waiting.set(query, resolve));
  search("a");
  search("ab");
  await settle();
  const one = (name: string): Response => json({ receipts: [{ receipt: name, run: 1, name, seat: 1, lines: [], at: 0, ms: 0 }] });
  waiting.get("ab")?.(one("AB"));
  await settle();
  waiting.get("a")?.(one("A"));
  await settle();
  expect(texts("receipts").map((text) => text.slice(0, 2))).toEqual(["AB"]);
});
