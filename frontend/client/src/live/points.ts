import { plainNumber } from "../shared/format";
import type { RoundView } from "./messages.gen";

/** Points of a board, which are kept in steps of 1/scale (teams: hundredths), as people write them: "12,5". */
export function boardPoints(points: number | undefined, { scale = 1 }: RoundView): string {
  return plainNumber((points ?? 0) / scale);
}

/** Points of a unit, a mean in hundredths: "82,5". */
export function unitPoints(points: number | undefined): string {
  return plainNumber((points ?? 0) / 100);
}

/** "+10" or "−5". */
export function signed(points: number): string {
  return points < 0 ? `−${plainNumber(-points)}` : `+${plainNumber(points)}`;
}
