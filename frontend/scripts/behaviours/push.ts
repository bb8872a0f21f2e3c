/** `[data-push-offer]`: after the receipt, "tell me on this phone?" The browser's own question comes only after a yes. */

import { meta, setMeta } from "../offline/store.ts";
import { decline, subscribe, wish } from "../offline/subscription.ts";
import { all, first, onClick, show } from "../page.ts";
import { known } from "./session.ts";

const RENEW = 24 * 3600_000;

let accepted = false;

/** Where a push can come, nobody has answered yet, and the case is not anonymous: an address would tell who it is. */
export async function offerPush(anonymous: boolean): Promise<void> {
  const wanted = !anonymous && isPossible() && Notification.permission !== "denied" && (await wish()) === "";
  if (accepted) return; // what came of it stays to be read, whatever else arrives on the page
  for (const offer of all("[data-push-offer]")) show(offer, wanted);
}

function isPossible(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

onClick("[data-push-yes]", async (button) => {
  accepted = true;
  button.setAttribute("aria-busy", "true");
  const done = await accept().catch(() => false);
  button.removeAttribute("aria-busy");
  show(button.parentElement, false);
  show(first("[data-push-done]"), done);
  show(first("[data-push-refused]"), !done);
});

onClick("[data-push-no]", async () => {
  await decline();
  for (const offer of all("[data-push-offer]")) show(offer, false);
});

async function accept(): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { genericTitle: title, genericBody: body } = first("[data-push-offer]")?.dataset ?? {};
  if (title && body) await setMeta("push_words", { title, body }); // for a push that cannot be read
  return tellServer();
}

async function tellServer(): Promise<boolean> {
  const told = await subscribe(await navigator.serviceWorker.ready);
  if (told) await setMeta("push_told_at", Date.now());
  return told;
}

/** A subscription can vanish, and a new complaint has a new key: told again once a day. */
async function renew(): Promise<void> {
  await known;
  if (!isPossible() || Notification.permission !== "granted" || (await wish()) !== "yes") return;
  const registration = await navigator.serviceWorker.ready;
  const isGone = (await registration.pushManager.getSubscription()) === null;
  if (isGone || Date.now() - (await meta("push_told_at", 0)) > RENEW) await tellServer();
}

void renew().catch(() => undefined);
