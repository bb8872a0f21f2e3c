/** Small photos of the cases somebody has looked at: a few, per session, the longest unseen go first. */

import { current } from "../frontend/scripts/offline/session.ts";

const MOST = 80;

export async function answerPhoto(event: FetchEvent): Promise<Response> {
  const { scope } = await current();
  const cache = await caches.open(`photos-${scope}`);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const response = kept ?? (await fetch(event.request));
  const isForNoDisk = response.headers.get("X-Sambat-Scope") === "none";
  if (response.status === 200 && !isForNoDisk) event.waitUntil(keep(cache, event.request, response.clone()));
  return response;
}

/** Put again when seen again: the order of the cache is the order of use. */
async function keep(cache: Cache, request: Request, response: Response): Promise<void> {
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((old) => cache.delete(old)));
}
