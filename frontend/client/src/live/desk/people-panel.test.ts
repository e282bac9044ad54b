import { expect, test } from "vitest";
import type { HostView, TickMessage } from "../messages.gen";
import type { Room } from "../room-store";
import { viewOf } from "./fake-desk";
import { HealthStrip } from "./health-strip";
import { PeoplePanel } from "./people-panel";
import { Words } from "./words";

const HTML = `<script type="application/json" id="live-words">{}</script><div id="panel">
  <button data-filter="all"><span data-count></span></button><button data-filter="connected"><span data-count></span></button>
  <button data-filter="offline"><span data-count></span></button><ul data-slot="people"></ul></div>`;
const VIEW = viewOf({ people: { "1": { seat: 1, name: "An" }, "2": { seat: 2, name: "Bình" } } });
const room = (tick: TickMessage | null): Room<HostView> => ({ view: VIEW, tick }) as Room<HostView>;

test("who is connected is said only while the desk is told so", () => {
  document.body.innerHTML = HTML;
  const root = document.querySelector("#panel") as HTMLElement;
  const chip = (name: string): HTMLElement => root.querySelector(`[data-filter=${name}]`) as HTMLElement;
  const seats = (): string[] => [...root.querySelectorAll<HTMLElement>("[data-person]")].map((one) => one.dataset["presence"] ?? "");
  const panel = new PeoplePanel(root, Words.ofPage(), () => undefined);
  panel.draw(room(null));
  expect([chip("connected").hidden, seats()]).toEqual([true, ["unknown", "unknown"]]);

  panel.hears(true);
  panel.draw(room({ type: "tick", offline: [2] }));
  expect([chip("connected").hidden, chip("connected").textContent, seats()]).toEqual([false, "1", ["connected", "offline"]]);
  chip("offline").click();
  expect(seats()).toEqual(["offline"]);

  panel.hears(false);
  expect([chip("connected").hidden, chip("offline").hidden, seats()]).toEqual([true, true, ["unknown", "unknown"]]);
  expect(chip("all").getAttribute("aria-pressed")).toBe("true");
});

test.each([
  ["open", "40/60"],
  ["connecting", "40/60"],
  ["polling", "–/60"],
  ["lost", "–/60"],
] as const)("over a line that is %s the strip counts %s", (link, counted) => {
  document.body.innerHTML = '<script type="application/json" id="live-words">{}</script><p data-slot="connected"></p>';
  const strip = new HealthStrip(document.body, Words.ofPage());
  strip.draw({ view: viewOf({ joined: 60 }), tick: { type: "tick", connected: 40 } } as Room<HostView>, link);

  expect(document.querySelector("[data-slot=connected]")?.textContent).toBe(counted);
});
