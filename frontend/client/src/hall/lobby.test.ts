import { expect, test, vi } from "vitest";
import { model, round, view } from "./fixtures";
import { LobbyScene } from "./lobby";

const lobby = (parts = {}) => model(view("lobby", { joined: 0, ...parts }));
const text = (made: LobbyScene, selector: string): string => made.element.querySelector(selector)?.textContent ?? "";

test("it tells how to get in", () => {
  const made = new LobbyScene({ ...lobby(), venue: { pin: "482913", address: "hoi-thi.vn/phong", qr: "/ma.svg", wifi: "Hội trường" } });

  expect(text(made, ".hall-lobby__pin")).toBe("482 913");
  expect(text(made, ".hall-lobby__address")).toBe("hoi-thi.vn/phong");
  expect(text(made, ".hall-lobby__wifi")).toBe("wifi Hội trường");
  expect(made.element.querySelector("img")?.getAttribute("src")).toBe("/ma.svg");
});

test("without Wi-Fi there is no line for it", () => {
  expect(new LobbyScene(lobby()).element.querySelector(".hall-lobby__wifi")).toBeNull();
});

test("up to sixty people have chips, the newest first", () => {
  const made = new LobbyScene(lobby({ joined: 2, names: ["Hà", "Tú"] }));

  expect([...made.element.querySelectorAll(".hall-chip:not([hidden])")].map((chip) => chip.textContent)).toEqual(["Tú", "Hà"]);
  expect(text(made, ".hall-lobby__count")).toBe("joined 2");
});

test("more than sixty pack down to a number and the newest", () => {
  const names = Array.from({ length: 60 }, (_, index) => `Người ${index}`);
  const made = new LobbyScene(lobby({ joined: 300, names }));

  expect(made.element.querySelectorAll(".hall-chip:not([data-more])")).toHaveLength(12);
  expect(text(made, ".hall-chip")).toBe("Người 59");
  expect(text(made, ".hall-chip--more:not([hidden])")).toBe("+ 288");
  expect(made.element.querySelector(".hall-lobby__count")?.hasAttribute("data-large")).toBe(true);
});

test("a locked room says so", () => {
  const made = new LobbyScene(lobby());
  expect(made.element.querySelector<HTMLElement>(".hall-lobby__locked")?.hidden).toBe(true);

  made.update(lobby({ locked: true }));
  expect(made.element.querySelector<HTMLElement>(".hall-lobby__locked")?.hidden).toBe(false);
});

test("teams stand there with their members", () => {
  const made = new LobbyScene(lobby({ joined: 2, teams: { "Đội 1": ["Hà", "Tú"] } }));

  expect(text(made, ".hall-team")).toBe("Đội 1Hà, Tú");
});

test("a few teams stand large until they do not fit", () => {
  const made = new LobbyScene(lobby({ joined: 2, teams: { "Đội 1": ["Hà", "Tú"] } }));
  const [box, list] = ["people", "people > .hall-teams"].map((name) => made.element.querySelector<HTMLElement>(`.hall-lobby__${name}`));
  expect(list?.dataset["size"]).toBe("large");

  const heights = { clientHeight: 100, scrollHeight: 140 };
  for (const [name, height] of Object.entries(heights)) {
    Object.defineProperty(box, name, { get: () => (list?.dataset["size"] === "close" ? 100 : height) });
  }
  made.update(lobby({ joined: 2, teams: { "Đội 1": ["Hà", "Tú"] } }));
  expect(list?.dataset["size"]).toBe("close");
  expect(text(made, ".hall-team")).toBe("Đội 1Hà, Tú");
});

test("a window that grows shows again what had no room", () => {
  const resized: (() => void)[] = [];
  const left: unknown[] = [];
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: () => void) {
        resized.push(callback);
      }
      observe(): void {}
      disconnect(): void {
        left.push(this);
      }
    },
  );
  const made = new LobbyScene(lobby({ joined: 3, names: ["Hà", "Tú", "An"] }));
  const box = made.element.querySelector(".hall-lobby__people") as HTMLElement;
  const chips = (): number => box.querySelectorAll(".hall-chip:not([data-more])").length;
  let room = 2;
  Object.defineProperty(box, "clientHeight", { get: () => room * 10 });
  Object.defineProperty(box, "scrollHeight", { get: () => (chips() + 1) * 10 });
  const resize = (to: number): void => {
    room = to;
    resized[0]?.();
  };
  resize(2);
  expect([chips(), text(made, ".hall-chip--more")]).toEqual([1, "+ 2"]);
  made.element.querySelector<HTMLElement>(".hall-rules")?.setAttribute("data-size", "small");

  resize(9);
  expect([chips(), text(made, ".hall-chip--more:not([hidden])")]).toEqual([3, ""]);
  expect(made.element.querySelector<HTMLElement>(".hall-rules")?.dataset["size"]).toBe("large");
  made.leave();
  expect(left).toHaveLength(1);
  vi.unstubAllGlobals();
});

test("the rules say mode, what counts, chain and the bound of the lag", () => {
  const made = new LobbyScene(lobby({ round: { ...round, lag_ms: 250, answer: "last" } }));
  const rules = text(made, ".hall-rules");

  for (const told of ["mode-official", "rules-size 20 20", "rules-last", "chain-right", "rules-lag 250"]) {
    expect(rules).toContain(told);
  }
  expect(rules).not.toContain("rules-game");
});

test("the rules of the mode stand there too", () => {
  const bell = { ...round, mode: "bell", terms: { last: 3, to_bell: true, late_floor: true } };
  const rules = text(new LobbyScene(lobby({ round: bell })), ".hall-rules");

  for (const told of ["terms-all-stay", "terms-to-bell 3", "terms-late-on"]) {
    expect(rules).toContain(told);
  }
});

test("a game is labelled as one", () => {
  const made = new LobbyScene(lobby({ round: { ...round, mode: "game", game: true } }));

  expect(text(made, ".hall-badge")).toBe("game");
  expect(text(made, ".hall-rules")).toContain("rules-game");
});

test("hostile names are inert", () => {
  const made = new LobbyScene(lobby({ joined: 1, names: ["<img src=x>"], teams: { "<svg onload=x>": ["<b>"] } }));

  expect(made.element.querySelectorAll("img[src=x], .hall-team svg, .hall-team__members b")).toHaveLength(0);
});
