import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { forgetFinished } from "./finished";
import { openOutbox } from "./outbox";

test("the result of an attempt drops what was kept of it, and nothing else", async () => {
  const outbox = await openOutbox();
  const pending = { answers: { "1": "a" }, prediction: null, sentRevision: 1 };
  await outbox.store("done", pending);
  await outbox.store("open", pending);

  await forgetFinished("/bai-thi/open/");
  await forgetFinished("/bai-thi/done/ket-qua/");

  expect(await outbox.load("done")).toBeNull();
  expect(await outbox.load("open")).toEqual(pending);
});
