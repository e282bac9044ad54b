import { beforeEach, expect, test } from "vitest";
import { model, question, round, view } from "./fixtures";
import { QuestionScene } from "./question";

const OPEN = view("open", { clock: { opens_at: 10_000, closes_at: 30_000 } });
let cues: string[];

beforeEach(() => {
  cues = [];
});

function scene(shown = OPEN, parts = {}): QuestionScene {
  const made = new QuestionScene(model(shown, parts));
  made.onCue = (cue) => cues.push(cue);
  return made;
}

const at = (made: QuestionScene, now: number): void => made.frame({ now, mono: now });
const place = (made: QuestionScene, selector: string): HTMLElement => {
  const found = made.element.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(`no ${selector}`);
  }
  return found;
};

test("while it is read there are no options on the screen", () => {
  const made = scene(view("reading", { question: { ...question, options: [] } }));
  at(made, 5);

  expect(place(made, "h1").textContent).toBe("Cơ quan nào?");
  expect(made.element.querySelectorAll(".hall-opt")).toHaveLength(0);
  expect(place(made, ".hall-question__hint").textContent).toBe("read-first");
});

test("options lie ready and are seen from their moment on", () => {
  const made = scene();
  at(made, 9_999);
  expect(place(made, ".hall-question__choices").hasAttribute("data-waiting")).toBe(true);
  expect(place(made, ".hall-clock").hidden).toBe(true);

  at(made, 10_000);
  expect(place(made, ".hall-question__choices").hasAttribute("data-waiting")).toBe(false);
  expect(place(made, ".hall-clock__figure").textContent).toBe("20");
});

test("an option has colour, shape and letter", () => {
  const [first, second] = scene().element.querySelectorAll(".hall-opt");

  expect(first?.classList.contains("opt--a")).toBe(true);
  expect(second?.querySelector(".hall-opt__letter")?.textContent).toBe("B");
  expect(second?.querySelector("svg path")).not.toBeNull();
});

test("the last five seconds beat once each, then the gong", () => {
  const made = scene();
  for (let now = 24_000; now <= 31_000; now += 100) {
    at(made, now);
  }

  expect(cues).toEqual(["tick", "tick", "tick", "tick", "last-tick", "gong"]);
  expect(place(made, ".hall-clock").dataset["state"]).toBe("over");
});

test("a question that was over when the page came is silent", () => {
  const made = scene(view("closed"), { live: false });
  at(made, 99_000);
  made.update(model(view("closed", { joined: 3 })));
  at(made, 99_100);

  expect(cues).toEqual([]);
  expect(place(made, ".hall-question__hint").textContent).toBe("closed");
});

test("a pause stops the ring and the beat", () => {
  const made = scene(view("open", { clock: { opens_at: 10_000, closes_at: 30_000, paused: true, left_ms: 3_400 } }));
  at(made, 27_000);
  at(made, 29_000);

  expect(place(made, ".hall-clock").dataset["state"]).toBe("paused");
  expect(place(made, ".hall-clock__figure").textContent).toBe("4");
  expect(cues).toEqual([]);
});

test("the counter tells how many, for this run alone", () => {
  const tick = { type: "tick" as const, run: 7, answered: 184, of: 203 };
  const made = scene(OPEN, { tick });
  expect(place(made, ".hall-answered").textContent).toContain("answered 184 203");

  made.update(model(view("open", { run: 8, clock: OPEN.clock ?? {} }), { tick }));
  expect(place(made, ".hall-answered").hidden).toBe(true);
});

test.each([
  [{ kind: "fill", options: [] }, ".hall-fill", "how-fill-long"],
  [{ kind: "order", options: [], entries: [{ key: "x", text: "Đổi mới" }] }, ".hall-entry", "Đổi mới"],
  [{ kind: "match", options: [], left: [{ key: "x", text: "1930" }], right: [{ key: "y", text: "Huế" }] }, ".hall-pairs", "11930AHuế"],
])("%j is shown in its own way", (parts, selector, text) => {
  const made = scene(view("open", { question: { ...question, ...parts } }));

  expect(place(made, selector).textContent).toBe(text);
});

test("the buzzer names who answers; several are a tie", () => {
  const first = scene(view("judging", { buzz: { ids: [1], names: ["Hà"] } }));
  const tied = scene(view("judging", { buzz: { ids: [1, 2], names: ["Hà", "Tú"] } }));

  expect(place(first, ".hall-buzz").textContent).toBe("buzz-firstHà");
  expect(place(tied, ".hall-buzz").textContent).toBe("buzz-tieHàTú");

  const many = scene(view("judging", { buzz: { ids: [1, 2], names: ["Hà", "Tú"], more: 1234 } }));
  expect(place(many, ".hall-buzz").textContent).toBe("buzz-tieHàTúand-more 1.234");
});

test("true and false are said in the screen's language", () => {
  const options = [{ key: "true", text: "Đúng" }, { key: "false", text: "Sai" }];
  const made = scene({ ...OPEN, question: { ...question, kind: "truefalse", options } });
  at(made, 10_000);

  expect([...made.element.querySelectorAll(".hall-opt__text")].map((card) => card.textContent)).toEqual(["true", "false"]);
});

const BUZZER = { round: { ...round, mode: "buzzer" }, clock: OPEN.clock ?? {} };
const TICK = { type: "tick" as const, run: 7, answered: 2, of: 5 };

test("at the buzzer phones press", () => {
  const made = scene(view("open", BUZZER), { tick: TICK });
  at(made, 10_000);

  expect(place(made, ".hall-question__hint").textContent).toBe("how-buzzer");
  expect(place(made, ".hall-answered").textContent).toBe("pressed 2 5");
});

test("at the buzzer nobody is asked to type", () => {
  const made = scene(view("open", { ...BUZZER, question: { ...question, kind: "fill", options: [] } }));

  expect(made.element.querySelector(".hall-fill")).toBeNull();
});

const CLOSED = view("closed", { round: BUZZER.round });

test("when the jury has heard the answer no time was up", () => {
  const made = scene(view("open", BUZZER));
  at(made, 12_000);
  made.update(model(view("judging", { ...BUZZER, clock: {}, buzz: { ids: [1], names: ["Hà"] } })));
  at(made, 13_000);
  made.update(model(CLOSED));
  at(made, 14_000);

  expect(place(made, ".hall-question__hint").textContent).toBe("closed-buzzer");
  expect(place(made, ".hall-clock").hidden).toBe(true);
  expect(cues).toEqual([]);
});

test("when nobody has pressed in time, it was", () => {
  const made = scene(view("open", BUZZER));
  at(made, 30_010);
  made.update(model(CLOSED));
  at(made, 30_300);

  expect(place(made, ".hall-question__hint").textContent).toBe("closed");
  expect(place(made, ".hall-clock").dataset["state"]).toBe("over");
  expect(cues).toEqual(["gong"]);
});

test("the time to answer runs on the screen, without a beat", () => {
  const terms = { answer_s: 10 };
  const judging = { round: { ...BUZZER.round, terms }, buzz: { ids: [1], names: ["Hà"], until: 20_000 } };
  const made = scene(view("judging", { ...judging, clock: { due_at: 20_000 } }));
  at(made, 12_500);
  expect(place(made, ".hall-clock__figure").textContent).toBe("8");
  for (let now = 13_000; now <= 20_000; now += 100) {
    at(made, now);
  }
  expect(place(made, ".hall-clock").dataset["state"]).toBe("over");
  expect(place(made, ".hall-question__hint").textContent).toBe("judging");
  expect(cues).toEqual([]);
});

test("a jury without a hurry has no clock", () => {
  const made = scene(view("judging", { round: BUZZER.round, clock: {}, buzz: { ids: [1, 2], names: ["Hà", "Tú"] } }));
  at(made, 12_500);

  expect(place(made, ".hall-clock").hidden).toBe(true);
});

test("a poll is answered at the buzzer too", () => {
  const made = scene(view("open", { ...BUZZER, question: { ...question, type: "poll" } }), { tick: TICK });
  at(made, 10_000);

  expect(place(made, ".hall-question__hint").textContent).toBe("how-single");
  expect(place(made, ".hall-answered").textContent).toBe("answered 2 5");
});

test("names and texts are inert", () => {
  const bad = '<img src=x onerror="alert(1)">';
  const hostile = { ...question, stem: bad, options: [{ key: "a", text: bad }] };
  const made = scene(view("judging", { question: hostile, buzz: { ids: [1], names: [bad] } }));

  expect(made.element.querySelectorAll("img")).toHaveLength(0);
  expect(place(made, ".hall-buzz__name").textContent).toBe(bad);
  expect(place(made, "h1").textContent).toBe(bad);
});

test("a picture is shown, and what it shows where it can not be loaded", () => {
  const media = [{ kind: "picture", url: "/tep/a", alt: "Lá cờ" }];
  const made = scene(view("reading", { question: { ...question, media } }));
  const picture = place(made, ".hall-media__picture") as HTMLImageElement;
  expect(picture.alt).toBe("Lá cờ");
  expect(place(made, ".hall-media__alt").hidden).toBe(true);

  picture.dispatchEvent(new Event("error"));
  expect(place(made, ".hall-media__alt").textContent).toBe("media-missing Lá cờ");
  expect(place(made, ".hall-media__alt").hidden).toBe(false);
});
