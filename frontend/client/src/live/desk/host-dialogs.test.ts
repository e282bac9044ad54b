import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLine } from "../fake-line";
import type { HostView } from "../messages.gen";
import { answer, commands, enterDesk, json, settle, stubServer, viewOf } from "./fake-desk";
import { HostDialogs } from "./host-dialogs";

const HTML = `<div data-slot="trouble" hidden><p data-slot="trouble-text"></p></div>
  <dialog data-dialog="reason"><form method="get"><h2 data-slot="title"></h2><p data-slot="text"></p><div class="field"><input name="reason"></div>
    <button type="submit" data-slot="confirm"></button><button type="button" data-leave></button></form></dialog>
  <dialog data-dialog="person"><form method="get"><h2 data-slot="title"></h2><p data-slot="text"></p>
    <input name="name"><button type="submit" name="deed" value="rename"></button>
    <p data-slot="problem" hidden></p><input name="reason"><p data-slot="code"></p>
    ${["loss", "rescue", "readmit", "kick", "ban"].map((deed) => `<button type="submit" name="deed" value="${deed}"></button>`).join("")}
    <button type="button" data-leave></button></form></dialog>`;
const WORDS = { "person.reason-missing": "Xin ghi lý do.", "undo.title": "{what}?", "undo.remarked": "chấm lại", "undo.changed": "đã khác", "void.title": "Hủy câu {no}?", "void.title-poll": "Hủy câu thăm dò?" };
const PEOPLE = { "7": { seat: 3, name: "Bình" } };
let dialogs: HostDialogs;
let root: HTMLElement;
let view: HostView;
const open = (): HTMLDialogElement => root.querySelector<HTMLDialogElement>("dialog[open]") as HTMLDialogElement;
const find = <E extends HTMLElement = HTMLElement>(selector: string): E => open().querySelector<E>(selector) as E;

async function enter(more: Partial<HostView>): Promise<void> {
  view = viewOf({ people: PEOPLE, can: ["mark-loss", "undo", "void"], ...more });
  const made = await enterDesk(HTML, WORDS, view);
  root = made.root;
  dialogs = new HostDialogs(root, made.desk);
}

beforeEach(() => {
  stubServer(() => json({}, 503));
});

afterEach(() => vi.unstubAllGlobals());

test("Enter in the reason presses none of the person's buttons", async () => {
  await enter({});
  const done = dialogs.person(7, view);
  const key = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  find("[name=reason]").dispatchEvent(key);
  expect(key.defaultPrevented).toBe(true);
  const other = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  find("[name=name]").dispatchEvent(other);
  expect(other.defaultPrevented).toBe(false);
  find("[data-leave]").click();
  await done;
});

test.each(["loss", "kick", "ban"])("%s without a reason leaves the dialog open and says so", async (deed) => {
  await enter({});
  const done = dialogs.person(7, view);
  find(`[value=${deed}]`).click();
  await settle();
  expect(find("[data-slot=problem]").textContent).toBe("Xin ghi lý do.");
  find<HTMLInputElement>("[name=reason]").value = "mất điện";
  find(`[value=${deed}]`).click();
  await settle();
  answer();
  await done;
  expect(commands()).toMatchObject([{ player: 7, reason: "mất điện" }]);
});

test("a rename needs no reason", async () => {
  await enter({});
  const done = dialogs.person(7, view);
  find<HTMLInputElement>("[name=name]").value = "Bình An";
  find("[value=rename]").click();
  await settle();
  answer();
  await done;
  expect(commands()).toEqual([{ do: "rename", player: 7, name: "Bình An" }]);
});

test("the operator's own last deed is taken back at once", async () => {
  await enter({ undo: "player-renamed", undo_at: 4 });
  const done = dialogs.open("undo", view);
  await settle();
  answer();
  await done;
  expect(commands()).toEqual([{ do: "undo", seen: 4 }]);
});

test("the jury's is asked about first", async () => {
  await enter({ undo: "remarked", undo_at: 4 });
  const left = dialogs.open("undo", view);
  expect(find("[data-slot=title]").textContent).toBe("chấm lại?");
  find("[data-leave]").click();
  await left;
  expect(commands()).toEqual([]);
  const done = dialogs.open("undo", view);
  find("[type=submit]").click();
  await settle();
  answer();
  await done;
  expect(commands()).toEqual([{ do: "undo", seen: 4 }]);
});

test("another deed that came in between is not taken back instead", async () => {
  await enter({ undo: "remarked", undo_at: 4 });
  const done = dialogs.open("undo", view);
  FakeLine.last.say({ type: "moved", base: 5, version: 6, at: 1, patch: { undo_at: 6 } });
  find("[type=submit]").click();
  await done;
  expect(commands()).toEqual([]);
  expect(root.querySelector("[data-slot=trouble-text]")?.textContent).toBe("đã khác");
});

test("a poll is not called by the number of a question", async () => {
  const question = { no: 3, type: "poll", stem: "Bạn biết hội thi từ đâu?" };
  await enter({ question, item: 3 });
  const left = dialogs.open("void", view);
  expect(find("[data-slot=title]").textContent).toBe("Hủy câu thăm dò?");
  find("[data-leave]").click();
  await left;
});
