/** The service worker: registered, asked to keep this page, and replaced when the person says so (`[data-update-banner]`). */

import { listen } from "../offline/events.ts";
import { all, onClick, show, whenShown } from "../page.ts";

const LOOK_AGAIN = 3600_000;
const MOST_AHEAD = 30;

interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

let asked = false;
let looked = Date.now();

/** Wakes the worker once there is signal, even with no page open; where the browser can. */
export async function wakeWorkerForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & WithSync) | undefined;
  await registration?.sync?.register("sambat-queue").catch(() => undefined);
}

async function register(): Promise<void> {
  const isFirst = navigator.serviceWorker.controller === null;
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (registration.waiting !== null) offer();
  registration.addEventListener("updatefound", () => watch(registration.installing));
  document.addEventListener("visibilitychange", () => lookForNew(registration));
  listen(({ type }) => {
    if (type === "outdated") void registration.update();
  });
  const { active } = await navigator.serviceWorker.ready;
  if (isFirst) {
    active?.postMessage({ type: "claim" }); // a page that was on its way when the worker took over is nobody's yet
    active?.postMessage({ type: "keep", urls: [location.pathname] });
  }
  whenShown(() => keepAhead(active));
}

function watch(installing: ServiceWorker | null): void {
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed" && navigator.serviceWorker.controller !== null) offer();
  });
}

function offer(): void {
  for (const banner of all("[data-update-banner]")) show(banner);
}

function lookForNew(registration: ServiceWorkerRegistration): void {
  if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN) return;
  looked = Date.now();
  void registration.update().catch(() => undefined);
}

/** The cases of a work list go along into the field, before anybody has opened them. */
function keepAhead(worker: ServiceWorker | null): void {
  const links = all("[data-poll] a[href^='/complaints/']").map((link) => link.getAttribute("href") ?? "");
  if (links.length > 0) worker?.postMessage({ type: "keep", urls: [...new Set(links)].slice(0, MOST_AHEAD) });
}

onClick("[data-update]", async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  asked = true;
  registration?.waiting?.postMessage({ type: "skip-waiting" });
});

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  void register().catch(() => undefined);
}
