import { expect, test } from "vitest";
import { pieces } from "./confetti";

test("pieces begin above the screen and fall", () => {
  for (const piece of pieces()) {
    expect(piece.y).toBeLessThan(0);
    expect(piece.fall).toBeGreaterThan(0);
  }
});
