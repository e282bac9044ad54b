/** Keeps the screen on while the page is looked at, where the browser can. */
export function stayAwake(): void {
  const lock = (): void => {
    if (document.visibilityState === "visible") {
      void navigator.wakeLock?.request("screen").catch(() => undefined);
    }
  };
  document.addEventListener("visibilitychange", lock);
  // Some browsers want a touch before they grant it.
  document.addEventListener("pointerdown", lock, { once: true });
  lock();
}
