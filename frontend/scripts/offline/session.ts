/** Who uses this phone, as the last page from the server said. The queue outlives every session. */

import { NOBODY, type Session } from "./lanes.ts";
import { meta, type Reading, setMeta } from "./store.ts";

export function current(): Promise<Session> {
  return meta("session", NOBODY);
}

export async function currentIn(tx: Reading): Promise<Session> {
  return ((await tx.objectStore("meta").get("session")) as Session | undefined) ?? NOBODY;
}

/** A page of `owner` has come: what waited for this account may go on. */
export async function begin(owner: string, scope: string): Promise<void> {
  await setMeta("session", { owner, scope, valid: owner !== "" } satisfies Session);
}

export function end(): Promise<void> {
  return begin("", NOBODY.scope);
}

/** What a page of the server says of who is here: its script hears it, and the worker, which is not kept waiting by a slow phone. */
export async function settle(owner: string, scope: string): Promise<void> {
  const before = await current();
  if (before.owner === owner && before.scope === scope && before.valid === (owner !== "")) return;
  await begin(owner, scope);
  await setMeta("news_at", 0);
  const isSomebodyElse = owner !== "" && before.owner !== "" && before.owner !== owner;
  if (isSomebodyElse) await forget(before.scope);
}

/** The pages and photos kept for who was here before. */
export async function forget(left: string): Promise<void> {
  if (left === NOBODY.scope || !("caches" in globalThis)) return;
  await Promise.all([caches.delete(`pages-${left}`), caches.delete(`photos-${left}`)]);
}

/** The server no longer knows the session; its owner's entries wait for the next sign-in. */
export async function lost(): Promise<void> {
  await setMeta("session", { ...(await current()), valid: false } satisfies Session);
}
