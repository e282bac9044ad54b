import { expect, test } from "vitest";
import { type Asked, commandOf } from "./adjustment";

const form = (fields: Record<string, string>): FormData => {
  const made = new FormData();
  Object.entries(fields).forEach(([name, value]) => made.set(name, value));
  return made;
};
const person = (more: Partial<Asked>): Asked => ({ title: "", deeds: ["adjust", "rescue", "mark-loss"], player: 7, account: 7, ...more });

test("points are the person's own, in teams the team's", () => {
  const given = form({ deed: "adjust", points: "-5", reason: " trả lời hộ " });
  expect(commandOf(person({}), given)).toEqual({ do: "adjust", player: 7, points: -5, reason: "trả lời hộ" });
  expect(commandOf(person({ account: 2 }), given)).toEqual({ do: "adjust", player: 2, points: -5, reason: "trả lời hộ" });
});

test.each([
  [{ deed: "adjust", points: "5", reason: "  " }],
  [{ deed: "adjust", points: "0", reason: "x" }],
  [{ deed: "adjust", points: "nhiều", reason: "x" }],
  [{ deed: "mark-loss", reason: "x" }],
  [{ deed: "eliminate", reason: "x" }],
  [{ reason: "x" }],
])("%j is no deed", (fields) => {
  expect(commandOf(person({}), form(fields as Record<string, string>))).toBeNull();
});

test("who is out comes back, a loss is noted for its run", () => {
  expect(commandOf(person({}), form({ deed: "rescue", reason: "x" }))).toEqual({ do: "rescue", players: [7], reason: "x" });
  expect(commandOf(person({}), form({ deed: "mark-loss", run: "3", reason: "x" }))).toEqual({ do: "mark-loss", player: 7, run: 3, reason: "x" });
});

test("where only one deed is asked about, it needs no choice", () => {
  expect(commandOf(person({ deeds: ["eliminate"] }), form({ deed: "adjust", reason: "x" }))).toEqual({ do: "eliminate", players: [7], reason: "x" });
});
