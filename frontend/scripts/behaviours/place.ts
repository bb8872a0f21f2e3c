/** `[data-place]`: a point from the phone, its accuracy, and the three nearest kelurahan to choose from, each an estimate. */

import { all, cloneOf, fill, first, onClick, sentence, show } from "../page.ts";

const GOOD_ENOUGH = 50;
const LONGEST = 15_000;
const NEAREST = 3;
const DENIED = 1;

interface Area {
  readonly code: string;
  readonly name: string;
  readonly distance: number;
}

onClick("[data-place-here]", async (button) => {
  const place = button.closest<HTMLElement>("[data-place]");
  if (place === null || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const found = await locate((position) => record(place, position));
  button.removeAttribute("aria-busy");
  problem(place, found);
});

onClick("[data-area-choice]", (button) => {
  const place = button.closest<HTMLElement>("[data-place]");
  if (place === null) return;
  for (const other of all("[data-area-choice]", place)) other.setAttribute("aria-pressed", String(other === button));
  put(place, "area", button.dataset["areaChoice"] ?? "");
  put(place, "area_estimated", "true");
  changed(place);
});

/** A kelurahan chosen by hand is no estimate. */
document.addEventListener("change", (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || select.name !== "area") return;
  const place = select.closest<HTMLElement>("[data-place]");
  if (place === null) return;
  put(place, "area_estimated", "");
  for (const choice of all("[data-area-choice]", place))
    choice.setAttribute("aria-pressed", String(choice.dataset["areaChoice"] === select.value));
});

document.addEventListener("draft-restored", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  for (const place of all("[data-place]", form)) if (value(place, "latitude") !== "") shown(place);
});

/** Picked on a map: no phone has measured how exactly, and the nearest kelurahan is an estimate until somebody chooses one. */
document.addEventListener("point-picked", (event) => {
  const place = event.target;
  const { latitude, longitude } = (event as CustomEvent<{ readonly latitude: string; readonly longitude: string }>).detail;
  if (!(place instanceof HTMLElement)) return;
  put(place, "latitude", latitude);
  put(place, "longitude", longitude);
  put(place, "accuracy_m", "");
  const [near] = nearest(place, Number(latitude), Number(longitude));
  put(place, "area", near?.code ?? "");
  put(place, "area_estimated", near === undefined ? "" : "true");
  shown(place);
  problem(place, "found");
  changed(place);
});

/** The best fix within the time, told each time it gets better: what there is when the tab dies is kept. */
function locate(better: (position: GeolocationPosition) => void): Promise<"found" | "denied" | "missing"> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve("missing");
    let best = Number.POSITIVE_INFINITY;
    const end = (result: "found" | "denied" | "missing"): void => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      resolve(result);
    };
    const timer = setTimeout(() => end(best < Number.POSITIVE_INFINITY ? "found" : "missing"), LONGEST);
    const watch = navigator.geolocation.watchPosition(
      (position) => {
        if (position.coords.accuracy < best) {
          best = position.coords.accuracy;
          better(position);
        }
        if (best <= GOOD_ENOUGH) end("found");
      },
      ({ code }) => {
        if (code === DENIED) end("denied");
      },
      { enableHighAccuracy: true, timeout: LONGEST, maximumAge: 0 },
    );
  });
}

function record(place: HTMLElement, { coords }: GeolocationPosition): void {
  put(place, "latitude", coords.latitude.toFixed(6));
  put(place, "longitude", coords.longitude.toFixed(6));
  put(place, "accuracy_m", String(Math.round(coords.accuracy)));
  shown(place);
  changed(place);
}

function shown(place: HTMLElement): void {
  for (const element of all("[data-accuracy]", place)) {
    const metres = value(place, "accuracy_m");
    element.textContent = metres === "" ? "" : sentence(element.dataset["accuracyWords"] ?? "{m}", { m: metres });
  }
  show(first("[data-place-found]", place));
  offer(place, nearest(place, Number(value(place, "latitude")), Number(value(place, "longitude"))));
}

function problem(place: HTMLElement, found: "found" | "denied" | "missing"): void {
  const line = first("[data-place-problem]", place);
  if (line === null) return;
  line.textContent = line.getAttribute(`data-words-${found}`) ?? "";
  show(line, found !== "found");
}

function nearest(place: HTMLElement, latitude: number, longitude: number): Area[] {
  const options = [...place.querySelectorAll<HTMLOptionElement>('select[name="area"] option[data-lat]')];
  const east = Math.cos((latitude * Math.PI) / 180);
  const areas = options.map((option) => {
    const [lat, lon] = [Number(option.dataset["lat"]), Number(option.dataset["lon"])];
    return { code: option.value, name: option.textContent ?? "", distance: Math.hypot(lat - latitude, (lon - longitude) * east) };
  });
  return areas.sort((a, b) => a.distance - b.distance).slice(0, NEAREST);
}

function offer(place: HTMLElement, areas: readonly Area[]): void {
  const list = first("[data-nearest]", place);
  if (list === null) return;
  const chosen = value(place, "area");
  const choices = areas.map(({ code, name }) => {
    const choice = cloneOf("nearest", place);
    if (choice === null) return null;
    choice.dataset["areaChoice"] = code;
    choice.setAttribute("aria-pressed", String(code === chosen));
    fill(choice, "name", name);
    return choice;
  });
  list.replaceChildren(...choices.filter((choice) => choice !== null));
  show(first("[data-nearest-box]", place), areas.length > 0);
}

function value(place: HTMLElement, name: string): string {
  return place.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value ?? "";
}

function put(place: HTMLElement, name: string, content: string): void {
  const control = place.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
  if (control !== null) control.value = content;
}

/** Scripts that set a value make no event by themselves; the draft listens for one. */
function changed(place: HTMLElement): void {
  place.dispatchEvent(new Event("input", { bubbles: true }));
}
