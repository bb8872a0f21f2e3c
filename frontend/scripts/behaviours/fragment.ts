/** What a link or a QR code brings behind the `#`: it leaves the address, and with it history, before anything else runs. */

import { normalise } from "../offline/ids.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const fragment = decoded(location.hash.slice(1));

/** `/claim#KEY`. */
export const scannedKey = location.pathname === "/claim" ? normalise(fragment) : "";

/** `/complaints/new#again=ID`: the complaint a new one goes on from. */
export const again = location.pathname === "/complaints/new" ? idIn(fragment) : "";

/** An invitation's or a reset's token goes into the field that waits for it. */
const tokenField = document.querySelector<HTMLInputElement>("[data-from-fragment]");
if (tokenField !== null && fragment !== "") tokenField.value = fragment;

if (scannedKey !== "" || again !== "" || (tokenField !== null && fragment !== "")) {
  history.replaceState(history.state, "", location.pathname);
}

function idIn(fragment: string): string {
  const id = fragment.startsWith("again=") ? fragment.slice("again=".length).toLowerCase() : "";
  return UUID.test(id) ? id : "";
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
