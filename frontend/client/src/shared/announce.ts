/** Says a sentence to people who listen to the page, through one polite live region per page. */

let region: HTMLElement | null = null;

export function announce(text: string, urgent = false): void {
  if (!region?.isConnected) {
    region = document.createElement("div");
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.setAttribute("aria-live", urgent ? "assertive" : "polite");
  region.textContent = text;
}
