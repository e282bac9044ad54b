/** Installs the service worker once the page is there; browsers without one, and plain http, do without. */
export function keepOfflinePage(): void {
  if ("serviceWorker" in navigator) {
    // The server says how long the worker's script may be kept: not every page needs to ask for it anew.
    const install = () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "all" });
    window.addEventListener("load", () => void install().catch(() => undefined));
  }
}
