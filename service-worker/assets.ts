/** Scripts, styles, drawings: the build's own, cache first. The two builds before stay, because kept pages still ask for theirs. */

import { assets, build, later } from "./scope.ts";

const PREFIX = "assets-";
const BUILDS_KEPT = 3;
const IMMUTABLE = /-[0-9A-Za-z]{8,10}\.\w+$/;

export async function keepAssets(): Promise<void> {
  const cache = await caches.open(PREFIX + build);
  await Promise.all(
    assets.map(async (url) => {
      const known = IMMUTABLE.test(url) ? await caches.match(url, { ignoreVary: true }) : undefined;
      const response = known ?? (await fetch(url, { cache: IMMUTABLE.test(url) ? "default" : "no-cache" }));
      if (!response.ok) throw new TypeError(`${url}: ${response.status}`);
      await cache.put(url, response);
    }),
  );
}

/** What few want and nobody waits for: maps. Fetched once the app is there, so that they open without signal too. */
export async function keepLater(): Promise<void> {
  const cache = await caches.open(PREFIX + build);
  for (const url of later) {
    if ((await cache.match(url)) !== undefined) continue;
    const response = (await caches.match(url, { ignoreVary: true })) ?? (await fetch(url));
    if (response.ok) await cache.put(url, response);
  }
}

export async function dropOldAssets(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + build);
  const old = builds.slice(0, Math.max(0, builds.length - (BUILDS_KEPT - 1)));
  await Promise.all(old.map((name) => caches.delete(name)));
}

export async function answerAsset(event: FetchEvent): Promise<Response> {
  const current = await caches.open(PREFIX + build);
  const kept = (await current.match(event.request, { ignoreVary: true })) ?? (await caches.match(event.request, { ignoreVary: true }));
  return kept ?? fetch(event.request);
}
