/** A push is always shown, or the browser takes the permission away; also one that nobody can read. */

import { meta } from "../frontend/scripts/offline/store.ts";
import { subscribe, wish } from "../frontend/scripts/offline/subscription.ts";
import { worker } from "./scope.ts";

interface Message {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly url: string;
}

const ICON = "/assets/icon-192.png";
const BADGE = "/assets/badge-96.png";
const NAME = "Sambat Rene Ker";

export async function showPush(event: PushEvent): Promise<void> {
  const { title, body, tag, url } = read(event.data) ?? (await generic());
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag,
    renotify: tag !== "",
    icon: ICON,
    badge: BADGE,
    lang: "id",
    data: { url },
  };
  await worker.registration.showNotification(title, options);
}

export async function openNotification(event: NotificationEvent): Promise<void> {
  event.notification.close();
  const url = ownAddress((event.notification.data as { url?: unknown } | null)?.url);
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => new URL(client.url).pathname === url.pathname);
  if (there !== undefined) await there.focus();
  else await worker.clients.openWindow(url.href);
}

/** The browser has changed the address: tell the server, if the person still wants to hear. */
export async function renewSubscription(): Promise<void> {
  if ((await wish()) === "yes") await subscribe(worker.registration);
}

function read(data: PushMessageData | null): Message | undefined {
  try {
    const message = data?.json() as Partial<Message> | undefined;
    if (typeof message?.title !== "string" || typeof message.body !== "string") return undefined;
    return { title: message.title, body: message.body, tag: message.tag ?? "", url: message.url ?? "/complaints" };
  } catch {
    return undefined;
  }
}

/** Words of the page that asked for pushes (`data-generic-…`), so that they come from the catalogue too. */
async function generic(): Promise<Message> {
  const { title, body } = await meta("push_words", { title: NAME, body: "" });
  return { title, body, tag: "generic", url: "/complaints" };
}

/** Never to another site, whoever wrote the push. */
function ownAddress(given: unknown): URL {
  const { origin } = worker.location;
  const path = typeof given === "string" && /^\/(?!\/)/.test(given) ? given : "/complaints";
  return new URL(path, origin);
}
