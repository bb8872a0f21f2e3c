/** `[data-saved-at]`: says that this page was kept on the phone, and since when. */

import { clockTime, dayOf, fill, first, sentence, show } from "../page.ts";

/** When the service worker kept this page; empty if it has just come from the server. */
export const savedAt = document.querySelector<HTMLMetaElement>('meta[name="saved-at"]')?.content ?? "";

const strip = first("[data-saved-at]");
if (savedAt !== "" && strip !== null) {
  const isToday = dayOf(savedAt) === dayOf(new Date().toISOString());
  const time = isToday ? clockTime(savedAt) : `${clockTime(savedAt)}, ${dayOf(savedAt)}`;
  fill(strip, "saved", sentence(strip.dataset["words"] ?? "{time}", { time }));
  show(strip);
}
