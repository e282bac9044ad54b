import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands, json, settle, stubServer, viewOf, welcome } from "../live/desk/fake-desk";
import { FakeLine } from "../live/fake-line";
import type { HostView, PersonView } from "../live/messages.gen";
import "./live-jury";

const slots = (...names: string[]): string => names.map((name) => `<div data-slot="${name}"></div>`).join("");
const PAGE = `<script type="application/json" id="live-words">{"jury.seat":"Số {seat} · {name}","jury.team-member":"{team} · {name}","jury.person":"{name}",
    "jury.question":"Câu {number}","jury.a-poll":"Thăm dò","jury.again":"lần {time}","jury.key":"Đáp án: {key}","appeals.who":"{question}"}</script>
  <script type="application/json" id="live-items">{"1":{"number":0,"stem":"Thăm dò"},"2":{"number":1,"stem":"Một"}}</script>
  <live-jury data-round="7" data-user="5" data-appeals="/don">
    ${slots("waiting", "phase", "verdict", "signatures", "held-part", "runs", "no-runs", "appeals", "open-appeals", "no-appeals", "paused", "clock")}
    <div data-slot="buzz"><p data-slot="buzz-question"></p><details data-slot="buzz-answer"><p data-slot="buzz-key"></p></details><h3 data-slot="buzz-title"></h3><ul data-slot="buzz-list"></ul></div>
    <ul data-slot="held"></ul>
    <div data-slot="people-panel"><ul data-slot="people"></ul></div>
    <table><tbody data-slot="ranking"></tbody><tbody data-slot="units"></tbody></table>
    <dialog data-dialog="adjustment" data-preview="/xem"><form method="get"><h2 data-slot="title"></h2>
      <fieldset data-slot="deeds">${["adjust", "rescue", "mark-loss"].map((deed) => `<label><input type="radio" name="deed" value="${deed}"></label>`).join("")}</fieldset>
      <p data-slot="points-part"><input name="points" type="number"></p><p data-slot="run-part"><select name="run"></select></p><input name="reason">
      <div data-slot="preview"></div><button type="button" data-preview></button><button type="submit" data-apply></button></form></dialog>
  </live-jury>`;
const one = <E extends HTMLElement = HTMLElement>(selector: string): E => document.querySelector<E>(selector) as E;
let asked: { url: string; body: unknown }[];
let appeals: unknown[];

async function enter(view: Partial<HostView>): Promise<void> {
  const holder = document.createElement("div");
  holder.innerHTML = PAGE;
  document.body.replaceChildren(...holder.childNodes);
  await settle();
  welcome(viewOf({ can: ["adjust", "rescue", "mark-loss", "eliminate", "judge-buzz"], ...view }));
}

const person = (seat: number, name: string, more: Partial<PersonView> = {}): PersonView => ({ seat, name, ...more });
const deeds = (): string[] => [...document.querySelectorAll<HTMLInputElement>("[name=deed]")].filter((one) => !one.closest("label")?.hidden).map((one) => one.value);

function type(name: string, text: string): void {
  one<HTMLInputElement>(`dialog [name=${name}]`).value = text;
  one(`dialog [name=${name}]`).dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  appeals = [];
  asked = stubServer((url) => (url === "/don" ? json({ appeals }) : url === "/xem" ? json({ changed: [], lines: 2 }) : json({ ticket: "t" })));
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
});

test("the jury's screen stays on until the buzzer, and its people are told apart by ticks alone", async () => {
  const locks: string[] = [];
  Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { request: async (kind: string) => locks.push(kind) } });
  await enter({ people: { "2": person(1, "An"), "3": person(2, "Bình") } });
  const presence = (): string[] => [...document.querySelectorAll<HTMLElement>("[data-person]")].map((seat) => seat.dataset["presence"] ?? "");
  expect(locks).toEqual(["screen"]);
  expect(presence()).toEqual(["unknown", "unknown"]);

  FakeLine.last.say({ type: "tick", offline: [3] });
  expect(presence()).toEqual(["connected", "offline"]);
});

test("in teams the points are weighed for the team, though a member bears its number", async () => {
  const round = { ...viewOf().round, mode: "teams", scale: 100 };
  const people = { "2": person(1, "An", { team: 9 }), "9": person(2, "Bình", { team: 2 }), "11": person(3, "Chi") };
  await enter({ round, people, teams: [{ id: 2, name: "Sao Mai" }, { id: 9, name: "Lúa Vàng" }] });
  one("[data-person='2']").click();
  expect(one("dialog h2").textContent).toBe("Lúa Vàng · An");
  type("points", "5");
  type("reason", "đọc sai");
  one("dialog [data-preview]").click();
  await settle();
  expect(asked.at(-1)?.body).toEqual({ command: { do: "adjust", player: 9, points: 5, reason: "đọc sai" } });
  one("dialog [data-apply]").click();
  await settle();
  expect(commands()).toEqual([{ do: "adjust", player: 9, points: 5, reason: "đọc sai" }]);
});

test("who is in no team has no points to give", async () => {
  const round = { ...viewOf().round, mode: "teams" };
  await enter({ round, people: { "11": person(3, "Chi") }, teams: [{ id: 2, name: "Sao Mai" }] });
  one("[data-person='11']").click();
  expect(one<HTMLDialogElement>("dialog").open).toBe(false);
});

test("who is out may be brought back, a loss noted for a run that has none yet", async () => {
  const runs = { "1": { no: 1, item: 1 }, "2": { no: 2, item: 2, replaced: true }, "3": { no: 3, item: 2 } };
  await enter({ runs, people: { "7": person(1, "An", { floor: "out", loss: [1] }) } });
  one("[data-person='7']").click();
  expect(deeds()).toEqual(["adjust", "rescue", "mark-loss"]);
  expect(one("dialog select").textContent).toBe("Câu 1, lần 2");
  one<HTMLInputElement>("[value=rescue]").checked = true;
  type("reason", "mất điện cả dãy");
  one("dialog [data-preview]").click();
  await settle();
  expect(asked.at(-1)?.body).toEqual({ command: { do: "rescue", players: [7], reason: "mất điện cả dãy" } });
});

test("those who wait keep the focus while others come and the room ticks", async () => {
  const waiting = { "7": person(4, "Bình", { floor: "waiting" }), "8": person(2, "An", { floor: "in" }) };
  await enter({ people: waiting });
  const button = one("[data-held=eliminate][data-player='7']");
  button.focus();
  FakeLine.last.say({ type: "moved", base: 5, version: 6, at: 1, patch: { people: { "8": { floor: "waiting" }, "7": { name: "Bình An" } } } });
  FakeLine.last.say({ type: "tick", connected: 2 });
  expect(document.activeElement).toBe(button);
  expect(button.isConnected).toBe(true);
  expect(one("[data-slot=held]").textContent).toContain("Số 4 · Bình An");
  expect(document.querySelectorAll("[data-slot=held] > li").length).toBe(2);
});

test("at the buzzer the jury hears the answer and says whether it is right", async () => {
  const question = { no: 2, type: "question", number: 1, stem: "Năm nào?" };
  await enter({ phase: "judging", run: 3, question, key: { lines: ["1930"] }, buzz: { ids: [7, 8], names: ["An", "Bình"], until: Date.now() + 9000 } });
  expect(one("[data-slot=buzz]").hidden).toBe(false);
  expect([one("[data-slot=buzz-question]").textContent, one("[data-slot=buzz-key]").textContent]).toEqual(["Năm nào?", "Đáp án: 1930"]);
  expect(one("[data-slot=clock]").hidden).toBe(false);
  one("[data-judge=wrong][data-player='8']").click();
  expect(commands()).toEqual([{ do: "judge-buzz", run: 3, player: 8, right: false }]);
  FakeLine.last.say({ type: "moved", base: 5, version: 6, at: 1, patch: { phase: "closed", buzz: null } });
  expect(one("[data-slot=buzz]").hidden).toBe(true);
});

test("an objection is called by its question, not by the number of its run", async () => {
  appeals = [{ id: 1, run: 2, name: "An", seat: 1, text: "", at: 0, decision: "", remark: "" }];
  await enter({ runs: { "1": { no: 1, item: 1 }, "2": { no: 2, item: 2 } } });
  await settle();
  expect(one("[data-slot=who]").textContent).toBe("Câu 1");
  FakeLine.last.say({ type: "moved", base: 5, version: 6, at: 1, patch: { runs: { "3": { no: 3, item: 2 } } } });
  expect(one("[data-slot=who]").textContent).toBe("Câu 1, lần 1");
});
