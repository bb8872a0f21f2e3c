/** This phone's address for pushes, told to the server; only after the person said yes. */

import { guestKeys } from "./claims.ts";
import { type Answer, ask, isRecord } from "./http.ts";
import { meta, setMeta } from "./store.ts";

const LIMIT = 20_000;
const WISH = "push_wanted";

export type Wish = "yes" | "no" | "";

export function wish(): Promise<Wish> {
  return meta<Wish>(WISH, "");
}

export function decline(): Promise<void> {
  return setMeta(WISH, "no" satisfies Wish);
}

/** Subscribes, or makes sure that the server still knows where to. Throws what the browser throws. */
export async function subscribe(registration: ServiceWorkerRegistration): Promise<boolean> {
  const key = await applicationKey();
  if (key === undefined) return false;
  const known = await registration.pushManager.getSubscription();
  const subscription = known ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await setMeta(WISH, "yes" satisfies Wish);
  const { endpoint, keys } = subscription.toJSON();
  const answer = await call("POST", { endpoint, keys, claims: await guestKeys() });
  return answer.status === 200 || answer.status === 201;
}

/** Somebody signs out: pushes for them must not come to this phone any more. */
export async function unsubscribe(registration: ServiceWorkerRegistration): Promise<void> {
  await setMeta(WISH, "" satisfies Wish); // whoever comes next is asked again
  const subscription = await registration.pushManager.getSubscription();
  if (subscription === null) return;
  await call("DELETE", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

async function applicationKey(): Promise<string | undefined> {
  const { status, body } = await ask("/api/push/key", { credentials: "same-origin" }, LIMIT);
  return status === 200 && isRecord(body) && typeof body["key"] === "string" ? body["key"] : undefined;
}

function call(method: string, body: unknown): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  return ask("/api/push", { method, headers, body: JSON.stringify(body), credentials: "same-origin", keepalive: true }, LIMIT);
}
