/** Everybody's own pages: from the network within three seconds, else as they were last seen in the same session, else `/offline`. */

import { current, settle } from "../frontend/scripts/offline/session.ts";
import { isOutOfOrder, soon } from "./network.ts";
import { keptShell } from "./shells.ts";

const PUBLIC = "public";
const SCOPE = "X-Sambat-Scope";
const OWNER = "X-Sambat-Owner";
const FOR_NO_DISK = "none";
const SAVED = "X-Sambat-Saved";
const MOST = 200;

/** What must come from the server, or not at all. */
const NEVER_KEPT = /^\/(?:sign-in|sign-out|account|invitation|reset|dev|styleguide|schema|healthz|readyz)(?:\/|$)/;

export async function answerPage(event: FetchEvent, url: URL): Promise<Response> {
  const preloaded = event.preloadResponse as Promise<Response | undefined>;
  const network = preloaded.then((response) => response ?? fetch(event.request));
  event.waitUntil(network.then((response) => Promise.all([hear(response), keep(url, response)])).catch(() => undefined));
  const response = await soon(network);
  if (response instanceof Response && !isOutOfOrder(response)) return response;
  const kept = await keptPage(url);
  if (kept !== undefined) return kept;
  if (response !== "dead") return network.catch(offline);
  return offline();
}

/** Pages whose content has moved on, if they are kept; one that is no longer open to this person goes. */
export async function refresh(paths: readonly string[]): Promise<void> {
  const { scope } = await current();
  const cache = await caches.open(cacheOf(scope));
  for (const path of paths) {
    if ((await cache.match(path, { ignoreVary: true })) === undefined) continue;
    const response = await fetchPage(path);
    if (response === undefined) continue;
    if (isGone(response)) await cache.delete(path, { ignoreVary: true });
    else await keep(new URL(path, location.origin), response);
  }
}

/** Pages wanted ahead, before anybody has opened them. */
export async function keepAhead(paths: readonly string[]): Promise<void> {
  const { scope } = await current();
  for (const path of paths) {
    const url = new URL(path, location.origin);
    const cache = await caches.open(cacheOf(scope));
    if ((await cache.match(path, { ignoreVary: true })) !== undefined) continue;
    const response = await fetchPage(path);
    if (response !== undefined && !response.redirected) await keep(url, response);
  }
}

/** Who is here, before the page's own script has come so far: somebody in a hurry may already be in the next form. */
async function hear({ headers }: Response): Promise<void> {
  const [owner, scope] = [headers.get(OWNER), headers.get(SCOPE)];
  if (owner !== null && scope !== null && scope !== FOR_NO_DISK) await settle(owner, scope);
}

/** No longer open to this person, or confidential since: what was kept of it goes. */
function isGone(response: Response): boolean {
  return response.redirected || response.status === 403 || response.status === 404 || response.headers.get(SCOPE) === FOR_NO_DISK;
}

/**
 * A page without a scope does not want to be kept; one for no phone's disk takes what was kept of it along. A redirect is none of ours:
 * it has been followed by nobody yet.
 */
async function keep(url: URL, response: Response): Promise<void> {
  const scope = response.headers.get(SCOPE);
  if (scope === FOR_NO_DISK) return drop(url);
  const isHtml = response.headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (scope === null || !isHtml || response.status !== 200 || response.redirected || NEVER_KEPT.test(url.pathname)) return;
  const copy = await dated(response.clone());
  const cache = await caches.open(cacheOf(scope));
  await cache.put(url.pathname + url.search, copy);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((old) => cache.delete(old)));
}

async function drop({ pathname, search }: URL): Promise<void> {
  const { scope } = await current();
  for (const name of new Set([cacheOf(scope), cacheOf(PUBLIC)])) {
    await (await caches.open(name)).delete(pathname + search, { ignoreVary: true });
  }
}

/** The page itself tells when it was kept: `<meta name="saved-at">`, which a script shows as "Disimpan pukul …". */
async function dated(response: Response): Promise<Response> {
  const now = new Date().toISOString();
  const html = (await response.text()).replace(/<head>/i, `<head><meta name="saved-at" content="${now}">`);
  const headers = new Headers(response.headers);
  headers.set(SAVED, now);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(html, { status: 200, headers });
}

async function keptPage({ pathname, search }: URL): Promise<Response | undefined> {
  const { scope } = await current();
  for (const name of new Set([cacheOf(scope), cacheOf(PUBLIC)])) {
    const kept = await (await caches.open(name)).match(pathname + search, { ignoreVary: true });
    if (kept !== undefined) return kept;
  }
  return undefined;
}

async function fetchPage(path: string): Promise<Response | undefined> {
  try {
    return await fetch(path, { headers: { Accept: "text/html" }, cache: "no-store" });
  } catch {
    return undefined;
  }
}

async function offline(): Promise<Response> {
  return (await keptShell("/offline")) ?? Response.error();
}

function cacheOf(scope: string): string {
  return `pages-${scope}`;
}
