import { beforeEach, expect, test, vi } from "vitest";
import type { MeView, PlayerView, QuestionView } from "../messages.gen";
import { inMode, question, result, room, words } from "./fixtures";
import { type Answering, type Deeds, mayAnswer, type Model, sceneOf, timingOf } from "./model";
import type { Part } from "./part";
import { isUrgent, sayScene, together } from "./sayings";
import { draw } from "./scenes";

const free: Answering = { state: "free", value: null, at: 0, receipt: "", text: "", again: false };
const recorded: Answering = { ...free, state: "recorded", value: "b", at: 0, receipt: "K7Q2" };
const deeds = { give: vi.fn(), retry: vi.fn(), appeal: vi.fn(), draft: vi.fn((_run: number) => ""), keepDraft: vi.fn() };

function model(changes: Partial<PlayerView> = {}, own: Partial<MeView> = {}, answering = free, now = 5_000): Model {
  const { state, value, at, receipt } = answering;
  const onDisk = state === "recorded" ? { run: 1, key: "k", value, at, receipt } : null;
  const made = { ...room(changes, own), answer: onDisk };
  const timing = timingOf(made.view, now);
  return {
    room: made,
    scene: sceneOf(made),
    answering,
    timing,
    mayAnswer: mayAnswer(made, answering, timing),
    link: "open",
    live: true,
    words,
    revealed: [],
    objections: [],
  };
}

function shown(made: Model): Part {
  const part = draw(made, deeds as unknown as Deeds);
  document.body.replaceChildren(part.element);
  return part;
}

const texts = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
const one = <E extends HTMLElement = HTMLElement>(selector: string) => document.querySelector<E>(selector) as E;
const asked = (changes: Partial<QuestionView>) => ({ question: { ...question, ...changes } });

beforeEach(() => {
  vi.clearAllMocks();
  deeds.appeal.mockResolvedValue({ taken: true, text: "appeal-sent" });
});

test("lobby: in, with name, seat, unit and team", () => {
  const part = shown(model({ phase: "lobby" }, { unit: "Chi đoàn 1", team: "Sông Thao", captain: true }));
  expect(texts(".live-here, .live-name, .live-place, .live-team")).toEqual([
    "in-room",
    "Nguyễn Thị Phương Thảo",
    "seat(seat=12) · Chi đoàn 1",
    "team-captain(team=Sông Thao)",
  ]);
  part.update(model({ phase: "lobby" }, { name: "Đổi Tên" }));
  expect(texts(".live-name")).toEqual(["Đổi Tên"]);
});

test("title and reading: no options yet", () => {
  shown(model({ phase: "title" }));
  expect(one("h1").textContent).toBe("question-number(number=3,total=20)");
  shown(model({ phase: "reading", ...asked({ options: [] }) }));
  expect(one("h1").textContent).toBe(question.stem);
  expect(texts(".live-target")).toEqual([]);
});

test("open: colour, shape, letter and the whole text; nothing before the moment they open everywhere", () => {
  const part = shown(model({}, {}, free, 0));
  expect(one(".live-foot").hidden).toBe(true);
  part.update(model());
  expect(one(".live-foot").hidden).toBe(false);
  expect(texts(".live-target")).toEqual(["AHà Nội", "BHuế", "CĐà Nẵng", "DCần Thơ"]);
  expect(one(".live-target").className).toContain("opt--a");
  expect(one(".live-target svg")).not.toBeNull();
});

test("a tap gives the answer; it is chosen while it is sent and green only when recorded", () => {
  const part = shown(model());
  one(".live-target:nth-child(2)").click();
  expect(deeds.give).toHaveBeenCalledWith("b");
  part.update(model({}, {}, { ...free, state: "sending", value: "b" }));
  expect(one(".live-target:nth-child(2)").getAttribute("aria-pressed")).toBe("true");
  expect(one(".live-status").dataset["state"]).toBe("sending");
  expect(texts(".live-status__text")).toEqual(["sending"]);
  part.update(model({}, {}, recorded));
  expect(one(".live-status").dataset["state"]).toBe("recorded");
  expect(texts(".live-status__text")[0]).toContain("receipt=K7Q2");
});

test("once an answer is given no other can be, where the first counts", () => {
  shown(model({}, {}, recorded));
  one(".live-target").click();
  expect(deeds.give).not.toHaveBeenCalled();
  expect(one(".live-target").getAttribute("aria-disabled")).toBe("true");
});

test("where the last counts another may be given, the same not again", () => {
  const last = { round: { ...model().room.view.round, answer: "last" } };
  shown(model(last, {}, recorded));
  one(".live-target:nth-child(2)").click();
  expect(deeds.give).not.toHaveBeenCalled();
  one(".live-target:nth-child(3)").click();
  expect(deeds.give).toHaveBeenCalledWith("c");
});

test("a failure keeps the choice and offers to send it again", () => {
  const part = shown(model({}, {}, { ...free, state: "late", value: "b", again: true }));
  expect(one(".live-target:nth-child(2)").getAttribute("aria-pressed")).toBe("true");
  one(".live-status__again").click();
  expect(deeds.retry).toHaveBeenCalled();
  part.update(model({}, {}, { ...free, state: "refused", value: "b", text: "Vòng thi đang tạm dừng.", again: true }));
  expect(texts(".live-status__text")).toEqual(["Vòng thi đang tạm dừng."]);
  one(".live-status__again").click();
  expect(deeds.give).toHaveBeenCalledWith("b");
});

test("keys 1-9 and letters choose", () => {
  const part = shown(model());
  expect(part.key?.("2")).toBe(true);
  expect(part.key?.("c")).toBe(true);
  expect(part.key?.("z")).toBe(false);
  expect(deeds.give.mock.calls).toEqual([["b"], ["c"]]);
});

test("several choices are sent together, in the order of the options", () => {
  shown(model(asked({ kind: "multi" })));
  expect(one<HTMLButtonElement>(".live-send").disabled).toBe(true);
  one(".live-target:nth-child(3)").click();
  one(".live-target:nth-child(1)").click();
  one(".live-target:nth-child(2)").click();
  one(".live-target:nth-child(2)").click();
  expect(deeds.give).not.toHaveBeenCalled();
  one(".live-send").click();
  expect(deeds.give).toHaveBeenCalledWith(["a", "c"]);
});

test("what is said of the answer takes the focus of a button that is gone, the question when nothing is said", () => {
  const part = shown(model(asked({ kind: "multi" })));
  one(".live-target").click();
  one(".live-send").focus();
  part.update(model(asked({ kind: "multi" }), {}, { ...free, state: "sending", value: ["a"] }));
  expect(document.activeElement).toBe(one(".live-status"));
  part.update(model(asked({ kind: "multi" }), {}, { ...free, state: "late", value: ["a"], again: true }));
  one(".live-status__again").focus();
  part.update(model(asked({ kind: "multi" }), {}, { ...recorded, value: ["a"] }));
  expect(document.activeElement).toBe(one(".live-status"));
  const entries = [{ key: "x", text: "X" }];
  const match = asked({ kind: "match", options: [], left: entries, right: entries });
  const pairs = shown(model(match));
  one("select").focus();
  pairs.update(model(match, {}, free, 99_000));
  expect(document.activeElement).toBe(one("h1"));
});

test("what was picked and not sent yet outlives a reconnection", () => {
  const several = { ...asked({ kind: "multi" }), round: { ...model().room.view.round, answer: "last" } };
  const given = () => ({ ...recorded, value: ["a", "b"] });
  const part = shown(model(several, {}, given()));
  one(".live-target:nth-child(3)").click();
  part.update(model(several, {}, given()));
  expect(texts("[aria-pressed=true] .opt__letter")).toEqual(["A", "B", "C"]);
  part.update(model(several, {}, { ...recorded, value: ["d"] }));
  expect(texts("[aria-pressed=true] .opt__letter")).toEqual(["D"]);
});

test("true and false are said in the reader's language", () => {
  shown(model(asked({ kind: "truefalse", options: [{ key: "true", text: "Đúng" }, { key: "false", text: "Sai" }] })));
  expect(texts(".live-target__text")).toEqual(["true", "false"]);
  one(".live-target:nth-child(2)").click();
  expect(deeds.give).toHaveBeenCalledWith("false");
});

test("a typed answer is sent clean; nothing is sent for nothing", () => {
  shown(model(asked({ kind: "fill", options: [] })));
  const field = one<HTMLInputElement>("input");
  field.value = "   ";
  field.dispatchEvent(new Event("input"));
  one("form").dispatchEvent(new Event("submit", { cancelable: true }));
  expect(deeds.give).not.toHaveBeenCalled();
  field.value = "  Xây   dựng Đảng ";
  field.dispatchEvent(new Event("input"));
  one("form").dispatchEvent(new Event("submit", { cancelable: true }));
  expect(deeds.give).toHaveBeenCalledWith("Xây dựng Đảng");
});

test("an order is sent as it is shown, a match when every entry has its partner", () => {
  const entries = [{ key: "x", text: "X" }, { key: "y", text: "Y" }];
  shown(model(asked({ kind: "order", options: [], entries })));
  one(".live-send").click();
  expect(deeds.give).toHaveBeenCalledWith(["x", "y"]);
  shown(model(asked({ kind: "match", options: [], left: entries, right: [{ key: "r1", text: "1" }, { key: "r2", text: "2" }] })));
  const selects = [...document.querySelectorAll("select")];
  selects[0]!.value = "r2";
  selects[0]!.dispatchEvent(new Event("input", { bubbles: true }));
  expect(one<HTMLButtonElement>(".live-send").disabled).toBe(true);
  selects[1]!.value = "r1";
  selects[1]!.dispatchEvent(new Event("input", { bubbles: true }));
  one(".live-send").click();
  expect(deeds.give).toHaveBeenLastCalledWith([["x", "r2"], ["y", "r1"]]);
});

test("the buzzer is one button, shut for who is locked out", () => {
  shown(model(inMode("buzzer")));
  one(".live-buzzer").click();
  expect(deeds.give).toHaveBeenCalledWith(true);
  shown(model(inMode("buzzer"), { locked: true }));
  one(".live-buzzer").click();
  expect(deeds.give).toHaveBeenCalledTimes(1);
  expect(texts(".live-status__text")).toEqual(["locked-out"]);
});

test("who pressed and answered wrong sees no green any more", () => {
  shown(model(inMode("buzzer"), { locked: true }, recorded));
  expect(one(".live-status").dataset["state"]).toBe("free");
  expect(one(".live-buzzer").dataset["state"]).toBe("free");
  expect(texts(".live-status__text")).toEqual(["beaten"]);
});

test("who watches is told so", () => {
  shown(model({}, { watching: true }));
  one(".live-target").click();
  expect(deeds.give).not.toHaveBeenCalled();
  expect(texts(".live-status__text")).toEqual(["watching"]);
});

test("judging: who answers, a tie, oneself", () => {
  shown(model(inMode("buzzer", { phase: "judging", buzz: { ids: [3], names: ["Tú"] } })));
  expect(texts(".live-judged")).toEqual(["buzz-other(names=Tú)"]);
  shown(model(inMode("buzzer", { phase: "judging", buzz: { ids: [7], names: ["Thảo"] } })));
  expect(texts(".live-judged")[0]).toContain("buzz-own");
  shown(model(inMode("buzzer", { phase: "judging", buzz: { ids: [3, 7], names: ["Tú", "Thảo"] } })));
  expect(texts(".live-judged")[0]).toContain("buzz-tie-own");
});

test("judging: of a great tie the first and how many more, and oneself among them", () => {
  const tie = { phase: "judging", buzz: { ids: [3, 4], names: ["Tú", "Hà"], more: 9 } };
  shown(model(inMode("buzzer", tie)));
  expect(texts(".live-judged")).toEqual(["buzz-tie(names=buzz-more(names=Tú, Hà,more=9))"]);
  shown(model(inMode("buzzer", tie), { first: true }));
  expect(texts(".live-judged")[0]).toContain("buzz-tie-own");
});

test("closed: what was given, its receipt, and nothing of right and wrong", () => {
  shown(model({ phase: "closed", clock: {} }, {}, recorded));
  expect(texts(".live-over, .live-given")).toEqual(["time-up", "Huế"]);
  expect(texts(".live-status__text")[0]).toContain("K7Q2");
  shown(model({ phase: "closed", clock: {} }));
  expect(document.body.textContent).toContain("no-answer");
});

test("closed: a tap that was refused is not one's answer", () => {
  const late = { ...free, state: "refused" as const, value: "c", text: "Đã hết giờ" };
  shown(model({ phase: "closed", clock: {} }, {}, late));
  expect(one(".live-card").hidden).toBe(true);
  expect(texts(".live-wait, .live-status__text")).toEqual(["no-answer", "Đã hết giờ"]);
});

test("closed: what is on disk comes to stand there, whenever the server tells it", () => {
  const part = shown(model({ phase: "closed", clock: {} }, {}, { ...free, state: "sending", value: "c" }));
  expect(one(".live-card").hidden).toBe(true);
  part.update(model({ phase: "closed", clock: {} }, {}, recorded));
  expect(texts(".live-given")).toEqual(["Huế"]);
});

test("closed: who has only watched has missed nothing", () => {
  shown(model({ phase: "closed", clock: {} }, { watching: true }));
  expect(texts(".live-over")).toEqual(["time-up"]);
  expect(one(".live-wait").hidden).toBe(true);
});

test("closed at the buzzer: no time was up, and nobody was asked to press", () => {
  const made = model(inMode("buzzer", { phase: "closed", clock: {} }));
  shown(made);
  expect(texts(".live-over")).toEqual(["buzz-over"]);
  expect(one(".live-wait").hidden).toBe(true);
  expect(sayScene(made)).toBe("buzz-over. wait-reveal");
});

const solution = { right: ["a"], lines: ["Hà Nội"], explanation: "Vì thế.", source: "I.1" };
const revealed = { phase: "reveal", clock: {}, solution };

test("reveal: in words, with points, rank, the one ahead, the right option, why and where", () => {
  shown(model(revealed, { result }, { ...recorded, value: "a" }));
  expect(one(".live-verdict").dataset["state"]).toBe("right");
  expect(texts(".live-verdict")).toEqual(["rightearned(points=+10)"]);
  expect(texts(".live-standing")[0]).toBe("rank(rank=3,of=37) · total(points=20)");
  expect(texts(".live-ahead")).toEqual(["behind(name=Trần Anh,points=10)"]);
  expect(texts("[data-state=right] .live-option__note")).toEqual(["option-right · option-own"]);
  expect(texts(".live-why")[0]).toBe("whyVì thế.source(source=I.1)");
});

test("reveal: wrong, and not answered", () => {
  shown(model(revealed, { result: { ...result, right: false, points: 0 } }, recorded));
  expect(texts(".live-verdict")).toEqual(["wrong"]);
  expect(texts("[data-state=wrong] .live-option__note")).toEqual(["option-own"]);
  shown(model(revealed, { result: { ...result, right: false, answered: false, points: 0 } }));
  expect(texts(".live-verdict")).toEqual(["unanswered"]);
});

test("reveal: who only watched has missed nothing", () => {
  shown(model(revealed, { watching: true, result: { ...result, right: false, answered: false, points: 0 } }));
  expect(texts(".live-verdict")).toEqual(["not-pressed"]);
});

test("reveal: a tap that was refused is not marked as one's choice", () => {
  const part = shown(model(revealed, { result }, { ...free, state: "refused", value: "b" }));
  expect(texts(".live-option__note")).toEqual(["option-right"]);
  part.update(model(revealed, { result }, { ...recorded, value: "a" }));
  expect(texts(".live-option__note")).toEqual(["option-right · option-own"]);
});

test("reveal: the result may come after the answer; another run's is not shown", () => {
  const part = shown(model(revealed, { result: { ...result, run: 9 } }));
  expect(texts(".live-verdict")).toEqual(["counting"]);
  part.update(model(revealed, { result }));
  expect(texts(".live-verdict")[0]).toContain("right");
});

test("reveal: a question that counts for nobody says why", () => {
  shown(model({ ...revealed, solution: { ...solution, voided: "Đề sai" } }, { result }));
  expect(texts(".live-verdict")).toEqual(["voidedĐề sai"]);
});

test("reveal: hidden ranks are not guessed, the first is told so, equals are equals", () => {
  shown(model(revealed, { result: { ...result, rank: 0, ahead: "", gap: 0 } }));
  expect(texts(".live-standing, .live-ahead")).toEqual(["total(points=20)"]);
  shown(model(revealed, { result: { ...result, rank: 1, ahead: "", gap: 0 } }));
  expect(texts(".live-ahead")).toEqual(["leading"]);
  shown(model(revealed, { result: { ...result, rank: 1, ahead: "", gap: 0, total: 0 } }));
  expect(texts(".live-ahead")).toEqual([""]);
  shown(model(revealed, { result: { ...result, gap: 0 } }));
  expect(texts(".live-ahead")[0]).toContain("level");
});

test("the words of a game stand in a game only", () => {
  shown(model(revealed, { result: { ...result, streak: 3 } }));
  expect(document.body.textContent).not.toContain("streak");
  const game = inMode("game", revealed);
  shown(model({ ...game, round: { ...game.round, terms: { streak_step: 100 } } }, { result: { ...result, streak: 3, bonus: 100 } }));
  expect(texts(".live-streak")).toEqual(["streak(count=3) · streak-bonus(points=+100)"]);
});

test("a poll has shares and no right answer", () => {
  const poll = { ...revealed, ...asked({ type: "poll" }), solution: { counts: { a: 3, b: 1 }, answered: 4 } };
  shown(model(poll, {}, recorded));
  expect(texts(".live-option__note")).toEqual(["3 · 75%", "option-own · 1 · 25%", "0 · 0%", "0 · 0%"]);
  expect(texts("[data-state=right]")).toEqual([]);
});

const board = [
  { id: 1, rank: 1, name: "Trần Anh", points: 30 },
  { id: 7, rank: 2, name: "Nguyễn Thị Phương Thảo", unit: "Chi đoàn 1", points: 20 },
];

test("board: own line is marked, own place below; a team's points have decimals", () => {
  shown(model({ phase: "board", board }, { result }));
  expect(texts("[data-own] .live-board__own")).toEqual(["you"]);
  expect(texts(".live-board__row").length).toBe(2);
  expect(texts(".live-card .live-standing")[0]).toContain("rank=3");
  const teams = model({ phase: "board", board: [{ id: 7, rank: 1, name: "Hạ Hòa", points: 1250 }] }, { team: "Sông Thao" });
  teams.room.view.round = { ...teams.room.view.round, scale: 100 };
  shown(teams);
  expect(texts("[data-own]")).toEqual([]);
  expect(texts(".live-board__points")).toEqual(["points(points=12,5)"]);
});

test("a board that is hidden says so", () => {
  shown(model({ phase: "board", board: [] }, { result: { ...result, rank: 0 } }));
  expect(texts(".live-wait, .live-standing")).toEqual(["board-hidden", "total(points=20)"]);
});

test("podium and end are provisional until the jury has confirmed", () => {
  const part = shown(model({ phase: "podium", step: 1, board: [] }, { result }));
  expect(texts(".live-verdict-line")).toEqual(["verdict-provisional"]);
  part.update(model({ phase: "podium", step: 4, board }, { result }));
  expect(texts(".live-board__row").length).toBe(2);
  const end = shown(model({ phase: "ended", verdict: "provisional", board }, { result }));
  expect(texts("dt")).toEqual(["fact-rank", "fact-right", "fact-points", "fact-time"]);
  expect(texts("dd")).toEqual(["3/37", "2/20", "20", "01:01,2"]);
  expect(texts(".live-verdict-line")).toEqual(["verdict-provisional"]);
  end.update(model({ phase: "ended", verdict: "published", board }, { result }));
  expect(texts(".live-verdict-line")).toEqual(["verdict-published"]);
  expect(one(".live-appeal").hidden).toBe(true);
});

const third = { id: 3, rank: 3, name: "Tú", points: 10 };
const places = () => texts(".live-board__rank");

test("a place on the podium is told when the projector's drum has rolled", () => {
  vi.useFakeTimers();
  const part = shown(model({ phase: "podium", step: 1, board: [third] }));
  expect(texts(".live-wait")).toEqual(["podium-wait"]);
  vi.advanceTimersByTime(1_599);
  expect(places()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(places()).toEqual(["3"]);
  part.update(model({ phase: "podium", step: 2, board: [board[1]!, third] }));
  part.update(model({ phase: "podium", step: 2, joined: 5, board: [board[1]!, third] }));
  expect(places()).toEqual(["3"]);
  vi.advanceTimersByTime(1_600);
  expect(places()).toEqual(["2", "3"]);
  part.update(model({ phase: "podium", step: 1, board: [third] }));
  expect(places()).toEqual(["3"]); // the host took it back
  part.update(model({ phase: "podium", step: 4, board: [...board, third] }));
  expect(places()).toEqual(["1", "2", "3"]);
  vi.useRealTimers();
});

test("a phone that comes later shows the places that the hall has seen", () => {
  shown({ ...model({ phase: "podium", step: 2, board: [board[1]!, third] }), live: false });
  expect(places()).toEqual(["2", "3"]);
});

test("the last card tells the place of the own unit once it is out", () => {
  const end = shown(model({ phase: "ended", verdict: "provisional", board }, { result, unit_rank: 2, units: 14 }));
  expect(texts("dt").at(-1)).toBe("fact-unit");
  expect(texts("dd").at(-1)).toBe("2/14");
  end.update(model({ phase: "ended", verdict: "provisional", board }, { result }));
  expect(texts("dt")).not.toContain("fact-unit");
});

test("an objection goes to the jury, and the screen says so", async () => {
  shown(model(revealed, { result }));
  one<HTMLTextAreaElement>("textarea").value = "Đề sai";
  one("form").dispatchEvent(new Event("submit", { cancelable: true }));
  expect(deeds.appeal).toHaveBeenCalledWith(1, "Đề sai");
  await vi.waitFor(() => expect(texts(".live-appeal__note")).toEqual(["appeal-sent"]));
  expect(deeds.keepDraft).toHaveBeenLastCalledWith(1, "");
});

test("an objection that was begun is kept for its question, and found again at the end", () => {
  shown(model(revealed, { result }));
  const field = one<HTMLTextAreaElement>("textarea");
  field.value = "Đề sai";
  field.dispatchEvent(new Event("input"));
  expect(deeds.keepDraft).toHaveBeenCalledWith(1, "Đề sai");
  deeds.draft.mockImplementation((run: number) => (run === 1 ? "Đề sai" : ""));
  shown({ ...model({ phase: "ended" }, { result }), revealed: [{ run: 1, label: "Câu một" }, { run: 2, label: "Câu hai" }] });
  expect(one<HTMLDetailsElement>("details").open).toBe(true);
  expect([one<HTMLSelectElement>("select").value, one<HTMLTextAreaElement>("textarea").value]).toEqual(["1", "Đề sai"]);
  one<HTMLSelectElement>("select").value = "2";
  one("select").dispatchEvent(new Event("change"));
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("");
});

test("at the end one chooses the question to object to", () => {
  shown({ ...model({ phase: "ended" }, { result }), revealed: [{ run: 1, label: "Câu một" }, { run: 2, label: "Câu hai" }] });
  one<HTMLTextAreaElement>("textarea").value = "Đề sai";
  one<HTMLSelectElement>("select").value = "1";
  one("form").dispatchEvent(new Event("submit", { cancelable: true }));
  expect(deeds.appeal).toHaveBeenCalledWith(1, "Đề sai");
});

test("who listens hears whose turn it is, the board, and why a reveal has no result", () => {
  const own = model(inMode("buzzer", { phase: "judging", buzz: { ids: [7], names: ["Thảo"] } }));
  const other = model(inMode("buzzer", { phase: "judging", buzz: { ids: [3], names: ["Tú"] } }));
  expect([own, other].map((one) => [sayScene(one), isUrgent(one)])).toEqual([["buzz-own(names=Thảo)", true], ["buzz-other(names=Tú)", false]]);
  expect(sayScene(model({ phase: "board", board }, { result }))).toBe("board. rank(rank=3,of=37). behind(name=Trần Anh,points=10)");
  expect(sayScene(model({ phase: "board", board: [] }, { result: { ...result, rank: 0 } }))).toBe("board-hidden");
  expect(sayScene(model({ ...revealed, ...asked({ type: "poll" }) }))).toBe("poll-result");
  expect(sayScene(model({ ...revealed, solution: { ...solution, voided: "Đề sai" } }, { result }))).toBe("voided. Đề sai");
  expect(together(["Vòng thi tiếp tục.", "", "Còn 5 giây"])).toBe("Vòng thi tiếp tục. Còn 5 giây");
});

test("numbers are written as the hall writes them", () => {
  shown(model({ phase: "title", question: { ...question, points: 1000 } }));
  expect(texts(".live-title__labels li")[0]).toBe("points(points=1.000)");
  shown(model({ phase: "lobby", joined: 1203 }));
  expect(document.body.textContent).toContain("joined(count=1.203)");
});

test("whoever was sent out is told so with dignity", () => {
  shown(model({}, { status: "kicked" }));
  expect(document.body.textContent).toContain("kicked");
  expect(texts(".live-target")).toEqual([]);
});

test("names and questions are text, never markup", () => {
  const evil = "<img src=x onerror=alert(1)>";
  const { options: _options, ...rest } = question;
  for (const phase of ["lobby", "reading", "open", "closed", "reveal", "board", "podium", "ended", "slide", "title"]) {
    shown(
      model(
        {
          phase,
          question: { ...rest, stem: evil, topic: evil, text: evil, options: [{ key: "a", text: evil }] },
          solution: { lines: [evil], right: ["a"], explanation: evil, source: evil, voided: evil },
          board: [{ id: 1, rank: 1, name: evil, unit: evil }],
        },
        { name: evil, unit: evil, team: evil, result: { ...result, ahead: evil } },
      ),
    );
    expect(document.querySelector("img"), phase).toBeNull();
  }
});

test("what became of one's objections stands at the reveal and at the end", () => {
  const open = { run: 1, decision: "", remark: "" };
  const known = [{ run: 1, label: "Câu 3" }];
  const part = shown({ ...model(revealed, { result }), objections: [open], revealed: known });
  expect(texts(".live-objected li")).toEqual(["appeal-open(question=Câu 3,remark=)"]);
  const decided = [{ ...open, decision: "rejected", remark: "Đúng luật" }];
  part.update({ ...model(revealed, { result }), objections: decided, revealed: known });
  expect(texts(".live-objected li")).toEqual(["appeal-rejected(question=Câu 3,remark=Đúng luật)"]);
  shown({ ...model({ phase: "ended", verdict: "published" }, { result }), objections: decided });
  expect(texts(".live-objected li")).toEqual(["appeal-rejected(question=run(run=1),remark=Đúng luật)"]);
  shown(model(revealed, { result }));
  expect(one(".live-objected").hidden).toBe(true);
});
