/** `data-owner`, `data-scope`: whose page this is. Signing out takes the kept pages away and leaves the queue. */

import * as session from "../offline/session.ts";
import { setMeta } from "../offline/store.ts";
import { unsubscribe } from "../offline/subscription.ts";
import { savedAt } from "./saved.ts";

const PATIENCE = 3000;
const { owner, scope } = document.documentElement.dataset;

/** What behaviours wait for before they ask who is here. */
export const known: Promise<void> = settle().catch(() => undefined);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.getAttribute("action") !== "/sign-out") return;
  event.preventDefault();
  void Promise.race([leave(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]).finally(() => form.submit());
});

async function settle(): Promise<void> {
  if (owner === undefined || scope === undefined || savedAt !== "") return;
  const before = await session.current();
  if (before.owner === owner && before.scope === scope && before.valid === (owner !== "")) return;
  await session.begin(owner, scope);
  await setMeta("news_at", 0);
  const isSomebodyElse = owner !== "" && before.owner !== "" && before.owner !== owner;
  if (isSomebodyElse) await forget(before.scope);
}

async function leave(): Promise<void> {
  const { scope: left } = await session.current();
  await session.end();
  await Promise.all([forget(left), goSilent()]);
}

/** The city forgets where to push before it forgets who was here: the address hangs on no session. */
async function goSilent(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration && "pushManager" in registration) await unsubscribe(registration);
}

async function forget(left: string): Promise<void> {
  if (left === "public" || !("caches" in window)) return;
  await Promise.all([caches.delete(`pages-${left}`), caches.delete(`photos-${left}`)]);
}
