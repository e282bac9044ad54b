/** Whether this page would come if it were loaded again: a browser's own error page would never look again by itself. */
export async function isReachable(url = window.location.href): Promise<boolean> {
  try {
    const reply = await fetch(url, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(8_000) });
    return reply.ok;
  } catch {
    return false;
  }
}
