/**
 * The service worker: shows the kept "no network" page when a page can't be reached, and does nothing else.
 *
 * It keeps the files it is told of (that page, its styles and its script, which hold nothing of anybody) and never
 * what a visit brings: no paper, no answer, no result, no page of staff, nothing below /api/. A phone passes from hand
 * to hand. Answers that could not be sent are in the outbox of the attempt page, which sends them when it opens again.
 */

export interface Kept {
  /** Name of the cache: another set of files has another name. */
  name: string;
  /** Address of the "no network" page. */
  page: string;
  files: string[];
}

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LastingEvent {
  request: Request;
  preloadResponse?: Promise<Response | undefined>;
  respondWith(reply: Promise<Response>): void;
}

/** What of a worker's global scope is used here. */
export interface Scope {
  caches: CacheStorage;
  fetch(request: Request): Promise<Response>;
  location: { origin: string };
  clients: { claim(): Promise<void> };
  registration: { navigationPreload?: { enable(): Promise<void> } };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: LastingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

const PREFIX = "offline-";

export function serve(scope: Scope, kept: Kept): void {
  scope.addEventListener("install", (event) => event.waitUntil(install(scope, kept)));
  scope.addEventListener("activate", (event) => event.waitUntil(activate(scope, kept)));
  scope.addEventListener("fetch", (event) => {
    if (event.request.mode === "navigate") {
      event.respondWith(page(scope, kept, event));
    } else if (isKept(scope, kept, event.request)) {
      event.respondWith(file(scope, kept, event.request));
    }
  });
}

async function install(scope: Scope, kept: Kept): Promise<void> {
  const store = await scope.caches.open(PREFIX + kept.name);
  // Without cookies the page is the same for everybody.
  await store.addAll([kept.page, ...kept.files].map((path) => new Request(absolute(scope, path), { credentials: "omit" })));
  await scope.skipWaiting();
}

async function activate(scope: Scope, kept: Kept): Promise<void> {
  const names = await scope.caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + kept.name);
  await Promise.all(old.map((name) => scope.caches.delete(name)));
  // The browser asks for the page while this worker still wakes up.
  await scope.registration.navigationPreload?.enable();
  await scope.clients.claim();
}

async function page(scope: Scope, kept: Kept, event: FetchEvent): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await scope.fetch(event.request));
  } catch {
    const found = await copy(scope, kept, kept.page);
    return found ? notReached(found, event.request.method !== "GET") : Response.error();
  }
}

async function file(scope: Scope, kept: Kept, request: Request): Promise<Response> {
  try {
    return await scope.fetch(request);
  } catch {
    return (await copy(scope, kept, new URL(request.url).pathname)) ?? Response.error();
  }
}

/** The page as a 503; `data-sent` tells it that what was lost on the way was a form. */
async function notReached(found: Response, sent: boolean): Promise<Response> {
  const text = await found.text();
  const headers = new Headers(found.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(sent ? text.replace("<html ", "<html data-sent ") : text, { status: 503, headers });
}

async function copy(scope: Scope, kept: Kept, path: string): Promise<Response | undefined> {
  const store = await scope.caches.open(PREFIX + kept.name);
  // The server varies pages by language and compression, which do not matter here.
  return store.match(absolute(scope, path), { ignoreVary: true });
}

function isKept(scope: Scope, kept: Kept, request: Request): boolean {
  const address = new URL(request.url);
  return request.method === "GET" && address.origin === scope.location.origin && kept.files.includes(address.pathname);
}

function absolute(scope: Scope, path: string): string {
  return new URL(path, scope.location.origin).href;
}
