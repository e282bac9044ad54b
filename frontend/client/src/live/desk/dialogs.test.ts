import { beforeEach, expect, test, vi } from "vitest";
import { ask, askIn } from "./dialogs";

const DIALOG = `<button id="opener">Hủy</button>
  <dialog><form method="get"><h2 data-slot="title"></h2><p data-slot="text"></p>
    <div class="field"><span data-slot="optional"></span><input name="reason"></div>
    <button type="submit" data-slot="confirm"></button><button type="button" data-leave>Thôi</button></form></dialog>`;
let dialog: HTMLDialogElement;
const part = <E extends HTMLElement>(selector: string): E => dialog.querySelector<E>(selector) as E;

beforeEach(() => {
  document.body.innerHTML = DIALOG;
  dialog = document.querySelector("dialog") as HTMLDialogElement;
});

test("the reason is given without the spaces around it", async () => {
  const asked = ask(dialog, { title: "Hủy câu 3?", confirm: "Hủy câu hỏi", reason: "needed" });
  expect(dialog.open).toBe(true);
  expect(part("h2").textContent).toBe("Hủy câu 3?");
  expect(part<HTMLInputElement>("input").required).toBe(true);
  part<HTMLInputElement>("input").value = "  in sai  ";
  part("[type=submit]").click();
  expect(await asked).toBe("in sai");
  expect(dialog.open).toBe(false);
});

test("who leaves has said nothing", async () => {
  const asked = ask(dialog, { title: "", confirm: "", reason: "optional" });
  part<HTMLInputElement>("input").value = "nháp";
  part("[data-leave]").click();
  expect(await asked).toBeNull();
});

test("a reason from the time before is not there again, and the field only where one is asked for", async () => {
  part<HTMLInputElement>("input").value = "lần trước";
  const asked = ask(dialog, { title: "Công bố?", confirm: "Công bố" });
  expect(part<HTMLInputElement>("input").value).toBe("");
  expect(part<HTMLInputElement>("input").required).toBe(false);
  expect(part(".field").hidden).toBe(true);
  part("[type=submit]").click();
  expect(await asked).toBe("");
});

test("opened by the mouse, the opener keeps no keys when it is over", async () => {
  const opener = document.querySelector<HTMLElement>("#opener") as HTMLElement;
  vi.spyOn(opener, "matches").mockReturnValue(false);
  opener.focus();
  const asked = askIn(dialog);
  part("[data-leave]").click();
  await asked;
  expect(document.activeElement).not.toBe(opener);
});
