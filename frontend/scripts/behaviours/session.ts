/** `data-owner`, `data-scope`: whose page this is. Signing out takes the kept pages away and leaves the queue. */

import * as session from "../offline/session.ts";
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
  await session.settle(owner, scope);
}

async function leave(): Promise<void> {
  const { scope: left } = await session.current();
  await session.end();
  await Promise.all([session.forget(left), goSilent()]);
}

/** The city forgets where to push before it forgets who was here: the address hangs on no session. */
async function goSilent(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration && "pushManager" in registration) await unsubscribe(registration);
}
