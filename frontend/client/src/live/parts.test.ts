import { beforeEach, describe, expect, it } from "vitest";
import { pace, swapParts } from "./parts";

function drawn(people: number, unit: string): string {
  return `<section data-part="arrivals">${people}</section><section data-part="units"><a href="#">${unit}</a></section>`;
}

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html");
}

describe("swapping parts", () => {
  beforeEach(() => {
    document.body.innerHTML = drawn(3, "Đoàn xã");
  });

  it("takes what changed and leaves what did not", () => {
    const link = document.querySelector("a");
    swapParts(document.body, parsed(drawn(4, "Đoàn xã")));
    expect(document.querySelector("[data-part=arrivals]")?.textContent).toBe("4");
    expect(document.querySelector("a")).toBe(link);
  });

  it("leaves the part in which somebody is", () => {
    document.querySelector("a")?.focus();
    swapParts(document.body, parsed(drawn(4, "Đoàn phường")));
    expect(document.querySelector("a")?.textContent).toBe("Đoàn xã");
    expect(document.querySelector("[data-part=arrivals]")?.textContent).toBe("4");
  });

  it("keeps a part that the server no longer sends", () => {
    swapParts(document.body, parsed("<p>khác</p>"));
    expect(document.querySelector("[data-part=arrivals]")?.textContent).toBe("3");
  });
});

describe("pace", () => {
  it("is five seconds for a quick server and slower for a slow one", () => {
    expect(pace(40)).toBe(5_000);
    expect(pace(1_000)).toBe(20_000);
  });
});
