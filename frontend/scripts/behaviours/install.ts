/** `[data-install]`: puts the app on the phone's screen, where the browser offers that. */

import { all, onClick, show } from "../page.ts";

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallPrompt | null = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = event as InstallPrompt;
  toggle(true);
});

addEventListener("appinstalled", () => toggle(false));

onClick("[data-install]", async () => {
  await offered?.prompt();
  offered = null;
  toggle(false);
});

function toggle(visible: boolean): void {
  for (const element of all("[data-install-offer], [data-install]")) show(element, visible);
}
