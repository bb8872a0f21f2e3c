/** The pages that are the same for everybody: kept with the build, so that they always find their own scripts. */

import { keepLater } from "./assets.ts";
import { isOutOfOrder, soon } from "./network.ts";
import { build } from "./scope.ts";

const PREFIX = "shell-";
const NEEDED = ["/complaints/new", "/queue", "/offline"];
const WELCOME = ["/receipt", "/claim"];

export const SHELLS: readonly string[] = [...NEEDED, ...WELCOME];

/** Without the first three there is no offline app, and no install; the others may come later. */
export async function keepShells(): Promise<void> {
  await Promise.all(NEEDED.map(keep));
  await keepMissingShells();
}

export async function keepMissingShells(): Promise<void> {
  const cache = await caches.open(PREFIX + build);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await Promise.allSettled(WELCOME.filter((path) => !there.has(path)).map(keep));
}

export async function dropOldShells(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + build);
  await Promise.all(old.map((name) => caches.delete(name)));
}

export async function answerShell(event: FetchEvent, url: URL): Promise<Response> {
  const preloaded = event.preloadResponse as Promise<Response | undefined>;
  const network = preloaded.then((response) => response ?? fetch(event.request));
  event.waitUntil(
    network
      .then(keepMissingShells)
      .then(keepLater)
      .catch(() => undefined),
  );
  const response = await soon(network);
  if (response instanceof Response && !isOutOfOrder(response)) return response;
  return (await keptShell(url.pathname)) ?? network;
}

export async function keptShell(path: string): Promise<Response | undefined> {
  const cache = await caches.open(PREFIX + build);
  return cache.match(path, { ignoreVary: true, ignoreSearch: true });
}

/** As a stranger gets it: nobody's session may colour what everybody will see. */
async function keep(path: string): Promise<void> {
  const response = await fetch(path, { credentials: "omit", cache: "no-cache", redirect: "error" });
  const isHtml = response.headers.get("Content-Type")?.startsWith("text/html") ?? false;
  if (!response.ok || !isHtml) throw new TypeError(`${path}: ${response.status}`);
  const cache = await caches.open(PREFIX + build);
  await cache.put(path, response);
}
