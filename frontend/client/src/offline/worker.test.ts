import { expect, test } from "vitest";
import { serve, type Kept, type Scope } from "./worker";

const ORIGIN = "https://thi.example.vn";
const KEPT: Kept = { name: "new", page: "/ngoai-tuyen/", files: ["/static/a.css"] };

/** A browser of one worker: its cache, its network, and the events it would send. */
class Site implements Scope {
  stores = new Map<string, Map<string, string>>([["offline-old", new Map()], ["somebody-elses", new Map()]]);
  asked: { url: string; credentials: string }[] = [];
  online = true;
  location = { origin: ORIGIN };
  clients = { claim: async () => undefined };
  registration = {};
  private readonly listeners = new Map<string, (event: never) => void>();

  skipWaiting = async () => undefined;

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }

  fetch = async (request: { url: string }): Promise<Response> => {
    if (!this.online) {
      throw new TypeError("network");
    }
    return new Response(`live ${request.url}`);
  };

  caches = {
    keys: async () => [...this.stores.keys()],
    delete: async (name: string) => this.stores.delete(name),
    open: async (name: string) => {
      const rows = this.stores.get(name) ?? new Map<string, string>();
      this.stores.set(name, rows);
      return {
        addAll: async (requests: Request[]) => {
          for (const request of requests) {
            this.asked.push({ url: request.url, credentials: request.credentials });
            rows.set(request.url, `<html lang="vi">kept ${request.url}</html>`);
          }
        },
        match: async (url: string) => (rows.has(url) ? new Response(rows.get(url)) : undefined),
      };
    },
  } as unknown as CacheStorage;

  async lasting(type: "install" | "activate"): Promise<void> {
    let work: Promise<unknown> = Promise.resolve();
    this.listeners.get(type)?.({ waitUntil: (given: Promise<unknown>) => (work = given) } as never);
    await work;
  }

  /** The worker's reply, or null when it leaves the request alone. */
  async ask(path: string, mode = "no-cors", method = "GET"): Promise<Response | null> {
    let reply: Promise<Response> | null = null;
    const request = { url: ORIGIN + path, mode, method };
    this.listeners.get("fetch")?.({ request, respondWith: (given: Promise<Response>) => (reply = given) } as never);
    return reply;
  }
}

async function installed(): Promise<Site> {
  const site = new Site();
  serve(site, KEPT);
  await site.lasting("install");
  await site.lasting("activate");
  return site;
}

test("it keeps the page and its files, asked for without cookies, and drops what it kept before", async () => {
  const site = await installed();
  expect(site.asked).toEqual([
    { url: `${ORIGIN}/ngoai-tuyen/`, credentials: "omit" },
    { url: `${ORIGIN}/static/a.css`, credentials: "omit" },
  ]);
  expect([...site.stores.keys()]).toEqual(["somebody-elses", "offline-new"]);
});

test("a page that is reached passes through and is not kept", async () => {
  const site = await installed();
  expect(await (await site.ask("/bai-thi/x/", "navigate"))?.text()).toBe(`live ${ORIGIN}/bai-thi/x/`);
  expect([...(site.stores.get("offline-new")?.keys() ?? [])]).toEqual([`${ORIGIN}/ngoai-tuyen/`, `${ORIGIN}/static/a.css`]);
});

test("a page that is not reached is a 503 with the kept words", async () => {
  const site = await installed();
  site.online = false;
  const reply = await site.ask("/bai-thi/x/", "navigate");
  expect(reply?.status).toBe(503);
  expect(await reply?.text()).toBe(`<html lang="vi">kept ${ORIGIN}/ngoai-tuyen/</html>`);
});

test("a form that did not get through is told from a page", async () => {
  const site = await installed();
  site.online = false;
  expect(await (await site.ask("/cuoc-thi/x/dang-ky/", "navigate", "POST"))?.text()).toContain("<html data-sent lang");
});

test("kept files come from the network while there is one, and from the cache when there is none", async () => {
  const site = await installed();
  expect(await (await site.ask("/static/a.css"))?.text()).toContain("live");
  site.online = false;
  expect(await (await site.ask("/static/a.css"))?.text()).toContain("kept");
});

test.each(["/api/v1/attempts/x/answers", "/static/b.css", "/livez"])("%s is left alone", async (path) => {
  const site = await installed();
  expect(await site.ask(path, "cors")).toBeNull();
});

test("a file is never sent to", async () => {
  const site = await installed();
  expect(await site.ask("/static/a.css", "cors", "POST")).toBeNull();
});
