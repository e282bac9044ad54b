/** How long to wait before try number `failures` + 1: doubling, capped, spread so that a crowd does not return at once. */
export function backoff(failures: number, random: () => number = Math.random, firstMs = 1000, capMs = 30_000): number {
  const full = Math.min(capMs, firstMs * 2 ** Math.min(failures, 16));
  return Math.round(full / 2 + (full / 2) * random());
}
