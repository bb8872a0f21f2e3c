/** `/claim#KEY`, as a QR code opens it: the key leaves the address, and with it history, before anything else runs. */

import { normalise } from "../offline/ids.ts";

export const scannedKey = location.pathname === "/claim" ? normalise(decoded(location.hash.slice(1))) : "";

if (scannedKey !== "") history.replaceState(history.state, "", location.pathname);

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
