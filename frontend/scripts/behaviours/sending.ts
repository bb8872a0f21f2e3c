/** When to send: now, on signal, when somebody looks or taps `[data-send-now]`, and by a timer while a page is open. */

import { forgetOld } from "../offline/claims.ts";
import { listen } from "../offline/events.ts";
import { hurry } from "../offline/pauses.ts";
import { send } from "../offline/sender.ts";
import { onClick } from "../page.ts";
import { known } from "./session.ts";
import { wakeWorkerForSync } from "./worker.ts";

const AFTER_A_FAULT = 60_000;
const SOONEST = 500;

let timer: ReturnType<typeof setTimeout> | undefined;

export async function sendNow(): Promise<void> {
  clearTimeout(timer);
  try {
    const { remaining, nextAt } = await send();
    if (remaining > 0) await wakeWorkerForSync();
    if (nextAt !== null) again(nextAt - Date.now());
  } catch {
    again(AFTER_A_FAULT);
  }
}

export async function sendAtOnce(): Promise<void> {
  await hurry();
  await sendNow();
}

function again(wait: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sendNow(), Math.max(SOONEST, wait));
}

onClick("[data-send-now]", async (button) => {
  button.setAttribute("aria-busy", "true");
  await sendAtOnce().finally(() => button.removeAttribute("aria-busy"));
});

addEventListener("online", () => void sendAtOnce());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void sendNow();
});

listen((event) => {
  if (event.type !== "changed" || document.visibilityState !== "visible") return;
  navigator.serviceWorker?.controller?.postMessage({ type: "refresh", urls: event.urls });
});

void known.then(sendNow).then(() => forgetOld());
