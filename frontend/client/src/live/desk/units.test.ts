import { expect, test } from "vitest";
import { drawUnits } from "./units";
import { Words } from "./words";

test("units have their mean, and how many they are", () => {
  const place = document.createElement("tbody");
  const said = new Words({ "unit.people": "{count} people" });
  drawUnits(place, [{ rank: 1, name: "Chi đoàn <b>", points: 8250, right: 41, ms: 61_234, people: 7 }], said);
  expect([...place.querySelectorAll("td")].map((cell) => cell.textContent)).toEqual(["1", "Chi đoàn <b>7 people", "41", "82,5", "01:01,2"]);
  drawUnits(place, [], said);
  expect(place.children).toHaveLength(0);
});
