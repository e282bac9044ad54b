/** JSON over fetch with a time limit. A reply of any status is a value; only a lost connection throws. */

export interface Reply {
  status: number;
  body: Record<string, unknown>;
  /** Seconds of the Retry-After header, or null. */
  retryAfter: number | null;
  etag: string | null;
}

export interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  timeoutMs?: number;
}

export async function callJson(url: string, call: Call = {}): Promise<Reply> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), call.timeoutMs ?? 15_000);
  try {
    const found = await fetch(url, {
      method: call.method ?? "GET",
      headers: {
        Accept: "application/json",
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...call.headers,
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      keepalive: call.keepalive ?? false,
      credentials: "same-origin",
      cache: "no-store",
      signal: aborter.signal,
    });
    return {
      status: found.status,
      body: await readObject(found),
      retryAfter: seconds(found.headers.get("Retry-After")),
      etag: found.headers.get("ETag"),
    };
  } finally {
    clearTimeout(timer);
  }
}

/** The JSON object of a reply; {} when it is something else, such as the page of a proxy. */
async function readObject(reply: Response): Promise<Record<string, unknown>> {
  const text = await reply.text();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function seconds(header: string | null): number | null {
  const value = header === null ? Number.NaN : Number(header);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
