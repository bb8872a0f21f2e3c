/** Where the phone is, asked once. */

const LONGEST = 15_000;
const FRESH = 60_000;
const DENIED = 1;

export type Position = GeolocationPosition | "denied" | "missing";

export function position(): Promise<Position> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve("missing");
    navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve(code === DENIED ? "denied" : "missing"), {
      enableHighAccuracy: true,
      timeout: LONGEST,
      maximumAge: FRESH,
    });
  });
}
