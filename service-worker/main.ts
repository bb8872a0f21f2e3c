/** The service worker: each event, and who answers it. It never answers a request that changes something. */

import { listen } from "../frontend/scripts/offline/events.ts";
import { hurry } from "../frontend/scripts/offline/pauses.ts";
import { send } from "../frontend/scripts/offline/sender.ts";
import { dropOldAssets, keepAssets } from "./assets.ts";
import { strategyFor } from "./cache.ts";
import { keepAhead, refresh } from "./pages.ts";
import { openNotification, renewSubscription, showPush } from "./push.ts";
import { worker } from "./scope.ts";
import { dropOldShells, keepShells } from "./shells.ts";

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

type Message =
  | { readonly type: "skip-waiting" }
  | { readonly type: "claim" }
  | { readonly type: "keep"; readonly urls: readonly string[] }
  | { readonly type: "refresh"; readonly urls: readonly string[] };

worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepAssets(), keepShells()]));
});

worker.addEventListener("activate", (event) => {
  const preload = worker.registration.navigationPreload?.enable().catch(() => undefined);
  event.waitUntil(Promise.all([dropOldAssets(), dropOldShells(), preload, worker.clients.claim()]));
});

worker.addEventListener("fetch", (event) => {
  const answer = strategyFor(event.request)?.answer;
  if (answer) event.respondWith(answer(event, new URL(event.request.url)));
});

/**
 * The browser comes thrice and no more: none of its visits may fall into a pause of ours. Rejects while something is left that could be
 * sent, or the browser would think the work is done and forget us.
 */
worker.addEventListener("sync" as "message", (event) => {
  (event as unknown as SyncEvent).waitUntil(
    hurry()
      .then(sendAndRefresh)
      .then((remaining) => {
        if (remaining > 0) throw new Error(`${remaining} left`);
      }),
  );
});

worker.addEventListener("push", (event) => {
  event.waitUntil(Promise.all([showPush(event), sendAndRefresh().catch(() => undefined)]));
});

worker.addEventListener("notificationclick", (event) => event.waitUntil(openNotification(event)));

worker.addEventListener("pushsubscriptionchange" as "message", (event) => event.waitUntil(renewSubscription().catch(() => undefined)));

worker.addEventListener("message", (event) => {
  const message = event.data as Message;
  switch (message.type) {
    case "skip-waiting":
      return event.waitUntil(worker.skipWaiting());
    case "claim":
      return event.waitUntil(worker.clients.claim());
    case "keep":
      return event.waitUntil(keepAhead(message.urls));
    case "refresh":
      return event.waitUntil(refresh(message.urls));
  }
});

/** Sends, and fetches again what has changed meanwhile; gives how much is left. */
async function sendAndRefresh(): Promise<number> {
  const changed = new Set<string>();
  const deaf = listen((event) => {
    if (event.type === "changed") for (const url of event.urls) changed.add(url);
    if (event.type === "outdated") void worker.registration.update();
  });
  const { remaining } = await send();
  await new Promise((resolve) => setTimeout(resolve)); // its last word may still be on its way
  deaf();
  await refresh([...changed]);
  return remaining;
}
