/** "wss://host/ws/…" of a path on this site. */
export function socketAddress(path: string, location: Location = window.location): string {
  return path === "" ? "" : `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
}
