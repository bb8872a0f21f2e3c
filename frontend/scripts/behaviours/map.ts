/** Maps: `[data-map-view]` beside its list, `[data-map-pick]` to pick a place. What draws them is fetched when one is wanted. */

import { all, first, onClick, show, whenShown } from "../page.ts";
import { position } from "./position.ts";

/** As coarse as places are shown: about 100 m. */
const DECIMALS = 3;
const PATIENCE = 2000;
const drawn = new WeakSet<HTMLElement>();

whenShown(() => {
  for (const view of all("[data-map-view]")) {
    if (drawn.has(view)) continue;
    drawn.add(view);
    whenIdle(() => void draw(view).catch(() => drawn.delete(view)));
  }
});

/** The list stands first. */
function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: PATIENCE });
  else setTimeout(act, PATIENCE / 10);
}

async function draw(view: HTMLElement): Promise<void> {
  const around = document.getElementById(view.dataset["mapView"] ?? "");
  if (around === null) return;
  const { showPoints } = await import("../map/map.ts");
  show(view);
  await showPoints(view, around, position);
}

onClick("[data-map-pick]", async (button) => {
  const place = button.closest<HTMLElement>("[data-place]");
  const dialog = place?.querySelector<HTMLDialogElement>("[data-map-dialog]");
  if (!place || !dialog || dialog.open) return;
  dialog.showModal();
  try {
    const { pickPoint } = await import("../map/map.ts");
    const picked = await pickPoint(dialog, place, position);
    if (picked !== null) place.dispatchEvent(new CustomEvent("point-picked", { bubbles: true, detail: picked }));
  } catch {
    const line = first("[data-map-said]", dialog);
    if (line !== null) line.textContent = dialog.dataset["wordsFailed"] ?? "";
  }
});

onClick("[data-map-close]", (button) => button.closest("dialog")?.close());

/** "Aduan di sekitar saya": the place goes into the address no finer than places are shown. */
onClick("[data-near-me]", async (button) => {
  const line = first("[data-near-problem]", button.parentElement ?? document);
  button.setAttribute("aria-busy", "true");
  const found = await position();
  button.removeAttribute("aria-busy");
  if (typeof found !== "string") {
    const { latitude, longitude } = found.coords;
    return location.assign(`${button.dataset["nearMe"]}?near=${latitude.toFixed(DECIMALS)},${longitude.toFixed(DECIMALS)}`);
  }
  if (line !== null) line.textContent = button.getAttribute(`data-words-${found}`) ?? "";
  show(line);
});
