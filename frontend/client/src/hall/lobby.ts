/** The lobby: how to get in, large; who is here; the rules. */
import { wholeNumber } from "../shared/format";
import { el, LOCK, Part, sign, write } from "./dom";
import { onFonts } from "./fit";
import { joiningIsOpen, pinFace, type Model } from "./model";
import { rulesPanel } from "./rules-panel";
import type { Scene } from "./scene";

const CHIPS = 60;
const NEWEST = 12;
const LARGE = 12;
const MIDDLE = 30;
/** The size that follows where the rules, or a few teams, do not fit. */
const RULES: Readonly<Record<string, string>> = { large: "middle", middle: "small" };
const FEW_TEAMS: Readonly<Record<string, string>> = { large: "middle", middle: "close" };

export class LobbyScene implements Scene {
  readonly element: HTMLElement;
  private readonly count = el("p", "hall-lobby__count");
  private readonly people = new Part(el("div", "hall-lobby__people"));
  private readonly locked = el("p", "hall-lobby__locked");
  private readonly rules: HTMLElement;
  private readonly low: HTMLElement;
  private readonly fonts: () => void;
  private readonly observer: ResizeObserver | null;
  private model: Model;

  constructor(model: Model) {
    this.model = model;
    const { view, words, venue } = model;
    this.locked.append(sign(LOCK), el("span", "", words("locked")));
    const ways = el(
      "div",
      "hall-lobby__ways",
      el("p", "hall-lobby__lead", words("join-at")),
      el("p", "hall-lobby__address", venue.address),
      el("p", "hall-lobby__lead", words("pin")),
      el("p", "hall-lobby__pin", pinFace(venue.pin)),
      venue.wifi ? el("p", "hall-lobby__wifi", words("wifi", { wifi: venue.wifi })) : null,
    );
    const door = el("div", "hall-lobby__door", venue.qr ? code(model) : null, ways, this.locked);
    const crowd = el("div", "hall-lobby__crowd", this.count, this.people.element);
    this.rules = rulesPanel(view.round, words);
    this.low = el("div", "hall-lobby__low", crowd, this.rules);
    const badge = view.round.game ? el("span", "hall-badge", words("game")) : null;
    const top = el("div", "hall-lobby__top", badge, el("h1", "hall-lobby__title", view.round.title));
    this.element = el("section", "hall-scene hall-lobby", top, door, this.low);
    this.fonts = onFonts(() => this.again());
    this.observer = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.again()) : null;
    this.observer?.observe(this.element);
    this.update(model);
  }

  /** Everything has another size, or another room: what was made smaller or left out may fit now. */
  private again(): void {
    this.rules.dataset["size"] = "large";
    delete this.low.dataset["rules"];
    this.people.reset();
    this.update(this.model);
  }

  update(model: Model): void {
    this.model = model;
    const { view, words } = model;
    const joined = view.joined ?? 0;
    write(this.count, joined === 0 ? words("nobody-yet") : words("joined", { joined: wholeNumber(joined) }));
    this.count.toggleAttribute("data-large", joined > CHIPS);
    this.locked.hidden = !view.locked;
    this.element.toggleAttribute("data-locked", !joiningIsOpen(view));
    const names = view.names ?? [];
    const shown = joined > CHIPS ? names.slice(-NEWEST) : names;
    this.people.draw([shown, view.teams, joined], () => {
      const teams = Object.entries(view.teams ?? {});
      return teams.length > 0 ? teamList(teams) : shown.length > 0 ? chips([...shown].reverse(), joined) : null;
    });
    this.fitRules();
    this.pack();
  }

  private fitRules(): void {
    const overflows = (): boolean => this.low.clientHeight > 0 && this.rules.offsetHeight > this.low.clientHeight;
    for (let next = RULES[this.rules.dataset["size"] ?? ""]; next && overflows(); next = RULES[next]) {
      this.rules.dataset["size"] = next;
      this.low.dataset["rules"] = next;
    }
  }

  leave(): void {
    this.fonts();
    this.observer?.disconnect();
  }

  /** What does not fit is counted instead: the newest stay in sight. */
  private pack(): void {
    const [box, list] = [this.people.element, this.people.element.firstElementChild];
    const more = list?.querySelector<HTMLElement>("[data-more]");
    const overflows = (): boolean => box.clientHeight > 0 && box.scrollHeight > box.clientHeight + 1;
    if (list instanceof HTMLElement && list.matches(".hall-teams")) {
      while (overflows() && FEW_TEAMS[list.dataset["size"] ?? ""]) {
        list.dataset["size"] = FEW_TEAMS[list.dataset["size"] ?? ""];
      }
    }
    for (let last = more?.previousElementSibling; more && last && overflows(); last = more.previousElementSibling) {
      last.remove();
      leaveOut(more, Number(more.dataset["more"]) + 1);
    }
  }
}

/** So many have no place of their own. */
function leaveOut(more: HTMLElement, count: number): void {
  more.dataset["more"] = String(count);
  more.textContent = count > 0 ? `+ ${wholeNumber(count)}` : "";
  more.hidden = count === 0;
}

/** The newest first; `data-more` counts those without a chip. */
function chips(names: readonly string[], joined: number): HTMLElement {
  const more = el("li", "hall-chip hall-chip--more");
  leaveOut(more, Math.max(0, joined - names.length));
  const list = el("ul", "hall-chips", ...names.map((name) => el("li", "hall-chip", name)), more);
  list.dataset["size"] = names.length > MIDDLE ? "small" : names.length > LARGE ? "middle" : "large";
  return list;
}

function teamList(teams: readonly [string, readonly string[]][]): HTMLElement {
  const more = el("li", "hall-team hall-team--more");
  leaveOut(more, 0);
  const list = el("ul", "hall-teams", ...teams.map(([name, members]) => team(name, members)), more);
  list.dataset["size"] = teams.length > 6 ? "small" : "large";
  return list;
}

/** The QR code; pressing it fills the screen with it. */
function code({ venue, words }: Model): HTMLElement {
  const picture = (className: string, alt: string): HTMLImageElement => {
    const made = el("img", className);
    made.src = venue.qr;
    made.alt = alt;
    return made;
  };
  const alt = words("qr-alt", { address: venue.address });
  const dialog = el(
    "dialog",
    "hall-enlarged",
    picture("hall-enlarged__code", alt),
    el("p", "hall-enlarged__address", venue.address),
    el("p", "hall-enlarged__pin", pinFace(venue.pin)),
    el("p", "hall-enlarged__close", words("qr-close")),
  );
  dialog.addEventListener("click", () => dialog.close());
  const button = el("button", "hall-lobby__code", picture("hall-lobby__picture", alt));
  button.type = "button";
  button.setAttribute("aria-label", words("qr-enlarge"));
  button.addEventListener("click", () => dialog.showModal());
  return el("div", "hall-lobby__qr", button, dialog);
}

function team(name: string, members: readonly string[]): HTMLElement {
  return el("li", "hall-team", el("b", "hall-team__name", name), el("span", "hall-team__members", members.join(", ")));
}
