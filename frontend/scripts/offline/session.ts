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

/** The server no longer knows the session; its owner's entries wait for the next sign-in. */
export async function lost(): Promise<void> {
  await setMeta("session", { ...(await current()), valid: false } satisfies Session);
}
