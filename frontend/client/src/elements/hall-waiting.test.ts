import { afterEach, expect, test, vi } from "vitest";
import "./hall-waiting";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a room that is not open is looked at again until the words are gone", () => {
  vi.useFakeTimers();
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => undefined);
  document.body.innerHTML = '<hall-waiting data-again="10"></hall-waiting>';
  vi.advanceTimersByTime(9_999);
  expect(reload).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(reload).toHaveBeenCalledTimes(1);
  document.body.innerHTML = "";
  vi.advanceTimersByTime(60_000);
  expect(reload).toHaveBeenCalledTimes(1);
});
