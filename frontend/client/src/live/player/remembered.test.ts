import { beforeEach, expect, test } from "vitest";
import { Remembered } from "./remembered";

const made = () => new Remembered(sessionStorage, "round-9");

beforeEach(() => sessionStorage.clear());

test("revealed questions and begun objections outlive a reload", () => {
  const first = made();
  first.keep(1, "Câu một");
  first.keep(1, "Câu một");
  first.keepDraft(1, "Đề sai");
  first.keepDraft(2, "x");
  first.keepDraft(2, "");

  expect(made().revealed).toEqual([{ run: 1, label: "Câu một" }]);
  expect([made().draft(1), made().draft(2)]).toEqual(["Đề sai", ""]);
});

test("what somebody else has written there is left out", () => {
  sessionStorage.setItem("round-9-drafts", '[[1,2],null,"x",[3,"tốt"]]');
  sessionStorage.setItem("round-9-revealed", "{");

  expect([made().draft(1), made().draft(3)]).toEqual(["", "tốt"]);
  expect(made().revealed).toEqual([]);
});

test("without a storage it lasts as long as the page", () => {
  const page = new Remembered(null, "round-9");
  page.keepDraft(4, "Đề sai");

  expect(page.draft(4)).toBe("Đề sai");
});
