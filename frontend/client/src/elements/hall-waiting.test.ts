import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./hall-waiting";

const reach = vi.fn<() => Promise<Response>>();
let reload: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", reach);
  reload = vi.spyOn(window.location, "reload").mockImplementation(() => undefined);
  reach.mockImplementation(async () => new Response("", { status: 200 }));
  document.body.innerHTML = '<hall-waiting data-again="10"></hall-waiting>';
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a room that is not open is looked at again until the words are gone", async () => {
  await vi.advanceTimersByTimeAsync(9_999);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(reload).toHaveBeenCalledTimes(1);
  document.body.innerHTML = "";
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledTimes(1);
});

test("while the server is away the page stays, and looks again", async () => {
  reach.mockRejectedValueOnce(new TypeError("away")).mockImplementationOnce(async () => new Response("", { status: 502 }));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reload).toHaveBeenCalledTimes(1);
});
