/** The CSRF token of the page, from any form in it; the cookie's name differs between http and https. */
export function csrfToken(root: ParentNode = document): string {
  return root.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
