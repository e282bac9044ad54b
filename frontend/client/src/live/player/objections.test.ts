import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Objections } from "./objections";

const reply = (status: number, appeals: unknown) => ({ status, body: { appeals }, etag: null });
const objection = (decision: string) => ({ id: 1, run: 2, text: "x", at: 0, decision, remark: "" });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("asks again until the jury has decided all", async () => {
  const read = vi.fn().mockResolvedValueOnce(reply(200, [objection("")])).mockResolvedValueOnce(null).mockResolvedValue(reply(200, [objection("granted")]));
  const changed = vi.fn();
  const objections = new Objections(read, changed);
  await objections.look();
  expect(objections.all.map((one) => one.decision)).toEqual([""]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(objections.all.map((one) => one.decision)).toEqual(["granted"]);
  expect(changed).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(3);
});

test("a refusal ends the asking, and so does leaving", async () => {
  const refused = vi.fn().mockResolvedValue(reply(401, undefined));
  await new Objections(refused, vi.fn()).look();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(refused).toHaveBeenCalledTimes(1);
  const read = vi.fn().mockResolvedValue(reply(200, [objection("")]));
  const left = new Objections(read, vi.fn());
  await left.look();
  left.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});
