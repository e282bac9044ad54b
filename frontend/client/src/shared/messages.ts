/** Sentences come from the page, so that they are translated there: `data-msg-saved="Đã lưu {time}"`. */

export function message(element: HTMLElement, name: string, facts: Record<string, string | number> = {}): string {
  const key = `msg${name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")}`;
  const pattern = element.dataset[key] ?? "";
  return pattern.replace(/\{(\w+)\}/g, (whole, fact: string) => String(facts[fact] ?? whole));
}
