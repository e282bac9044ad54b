import { describe, expect, test } from "vitest";
import type { HostView, TickMessage } from "../messages.gen";
import { bySeats, counts, fold, found, lines } from "./people";
import { asText, deal, parse } from "./teams";

const VIEW: HostView = {
  round: { title: "", mode: "teams", items: 1, questions: 1, seconds: 20, answer: "first", chain: [] },
  phase: "open",
  run: 3,
  people: {
    "11": { seat: 1, name: "Đặng Thị Hoà", unit: "Đoàn xã Đồng Mít", team: 1, captain: true },
    "12": { seat: 2, name: "Nguyễn Văn Anh", team: 2, captain: true },
    "13": { seat: 3, name: "Trần Hòa", team: 1 },
    "14": { seat: 14, name: "Lê Vi", status: "kicked", team: 2 },
  },
  teams: [
    { id: 1, name: "Đội Đỏ" },
    { id: 2, name: "Đội Vàng" },
  ],
};
const TICK: TickMessage = { type: "tick", run: 3, silent: [12], offline: [13], unanswered: [11, 13] };
const names = (filter: Parameters<typeof found>[1], query = ""): string[] =>
  found(lines(VIEW, TICK), filter, query).map((line) => line.person.name);

describe("the player panel", () => {
  test("finds without accents, by unit and by the whole seat number", () => {
    expect(fold("Đặng  Thị HOÀ")).toBe("dang thi hoa");
    expect(names("all", "hoa")).toEqual(["Đặng Thị Hoà", "Trần Hòa"]);
    expect(names("all", "dong mit")).toEqual(["Đặng Thị Hoà"]);
    expect(names("all", "1")).toEqual(["Đặng Thị Hoà"]);
    expect(names("all", "hoa dang")).toEqual(["Đặng Thị Hoà"]);
  });

  test("filters by what the last tick said", () => {
    expect(names("connected")).toEqual(["Đặng Thị Hoà", "Nguyễn Văn Anh"]);
    expect(names("silent")).toEqual(["Nguyễn Văn Anh"]);
    expect(names("offline")).toEqual(["Trần Hòa"]);
    expect(names("unanswered")).toEqual(["Đặng Thị Hoà", "Trần Hòa"]);
    expect(names("removed")).toEqual(["Lê Vi"]);
    expect(counts(lines(VIEW, TICK))).toMatchObject({ all: 3, connected: 2, removed: 1 });
  });

  test.each([
    ["no tick has come", null, true],
    ["the line is lost", TICK, false],
  ])("calls nobody connected while %s", (_, tick, heard) => {
    const all = lines(VIEW, tick, heard);
    expect(new Set(all.map((line) => line.presence))).toEqual(new Set(["unknown", "kicked"]));
    expect(counts(all)).toMatchObject({ all: 3, connected: 0, silent: 0, offline: 0, unanswered: 0, removed: 1 });
  });

  test("forgets who has not answered once the question is another", () => {
    expect(found(lines({ ...VIEW, run: 4 }, TICK), "unanswered", "")).toEqual([]);
  });

  test("reads seats however they are written", () => {
    expect(bySeats(VIEW, "3, 1 và 3; 99")).toEqual({ ids: [13, 11], unknown: [99] });
  });
});

describe("forming teams", () => {
  test("what is formed reads back as it was", () => {
    expect(asText(VIEW)).toBe("Đội Đỏ: 1, 3\nĐội Vàng: 2");
    expect(parse(VIEW, asText(VIEW)).command).toEqual({
      do: "form-teams",
      teams: [
        { id: 1, name: "Đội Đỏ" },
        { id: 2, name: "Đội Vàng" },
      ],
      members: { "1": [11, 13], "2": [12] },
    });
  });

  test.each([
    ["", "teams.none"],
    ["Đội Đỏ 1, 2", "teams.bad-line"],
    [": 1", "teams.bad-line"],
    ["Đội Đỏ:", "teams.bad-line"],
    ["Đội Đỏ: 1\nĐội Vàng: 1", "teams.twice"],
    ["Đội Đỏ: 1, 1", "teams.twice"],
    ["Đội Đỏ: 77", "teams.unknown-seat"],
    ["Đội Đỏ: 1\nđội  đỏ: 2", "teams.same-name"],
  ])("%o is not sound", (text, word) => {
    expect(parse(VIEW, text)).toMatchObject({ command: null, problem: { word } });
  });

  test("the same seed deals the same teams to everybody who is in, as evenly as can be", () => {
    const people = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [String(index + 1), { seat: index + 1, name: `N${index}` }]));
    const hall = { ...VIEW, people: { ...people, "99": { seat: 99, name: "Ra rồi", status: "kicked" } } };
    const name = (number: number): string => `Đội ${number}`;
    const dealt = deal(hall, 3, "2026", name);
    expect(deal(hall, 3, " 2026 ", name)).toBe(dealt);
    expect(deal(hall, 3, "2027", name)).not.toBe(dealt);
    const sizes = dealt.split("\n").map((line) => line.split(",").length);
    expect(sizes).toEqual([4, 4, 3]);
    const seats = (dealt.replace(/Đội \d+:/g, "").match(/\d+/g) ?? []).map(Number).sort((a, b) => a - b);
    expect(seats).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    expect(parse(hall, dealt).problem).toBeNull();
  });
});
