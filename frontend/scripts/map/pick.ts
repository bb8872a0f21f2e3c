/** A place picked on a map: the pin is put by a tap, dragged, or moved with the arrow keys; nothing is written until it is taken. */

import { LatLng, type Map as LeafletMap, type Marker } from "leaflet";
import { type Area, areasIn, nearestTo } from "./areas.ts";
import { draw, type Locate, mark, say } from "./ground.ts";

const CLOSE = 16;
const STEP = 8;
const LEAP = 40;
const SIZE = 48;
const DECIMALS = 6;
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export interface Picked {
  readonly latitude: string;
  readonly longitude: string;
}

interface Opened {
  readonly map: LeafletMap;
  readonly pin: Marker;
}

const opened = new WeakMap<HTMLDialogElement, Opened>();

/** What was picked when the dialog closes; none where it was only closed. */
export async function pickPoint(dialog: HTMLDialogElement, place: HTMLElement, locate: Locate): Promise<Picked | null> {
  const areas = areasIn(place);
  const { map, pin } = opened.get(dialog) ?? (await open(dialog, areas, locate));
  map.invalidateSize();
  const before = earlier(place);
  if (before !== null) put(map, pin, before);
  mayTake(dialog, before !== null);
  say(dialog, before === null ? (dialog.dataset["wordsNone"] ?? "") : told(dialog, before, areas));
  pin.getElement()?.focus();
  return taken(dialog, pin);
}

async function open(dialog: HTMLDialogElement, areas: readonly Area[], locate: Locate): Promise<Opened> {
  const { map, city } = await draw(dialog, areas, locate);
  const shape = { size: SIZE, anchor: [SIZE / 2, SIZE - 4] as [number, number], draggable: true };
  const pin = mark(city.getCenter(), pinOf(dialog), dialog.dataset["wordsPin"] ?? "", shape).addTo(map);
  const moved = (at: LatLng): void => {
    pin.setLatLng(at);
    mayTake(dialog, true);
    say(dialog, told(dialog, at, areas));
  };
  pin.on("drag dragend", () => moved(pin.getLatLng()));
  map.on("click", ({ latlng }) => moved(latlng));
  map.on("here", (event) => moved((event as unknown as { readonly latlng: LatLng }).latlng));
  pin.getElement()?.addEventListener("keydown", (event) => step(event, map, pin, moved));
  const both = { map, pin };
  opened.set(dialog, both);
  return both;
}

/** Where nobody has put the pin yet is no place. */
function mayTake(dialog: HTMLDialogElement, put: boolean): void {
  const use = dialog.querySelector<HTMLButtonElement>("[data-map-use]");
  if (use !== null) use.disabled = !put;
}

function step(event: KeyboardEvent, map: LeafletMap, pin: Marker, moved: (at: LatLng) => void): void {
  const way = KEYS[event.key];
  if (way === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const far = event.shiftKey ? LEAP : STEP;
  const [east, south] = way;
  moved(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add([east * far, south * far])));
  map.panInside(pin.getLatLng(), { padding: [SIZE, SIZE] });
}

function put(map: LeafletMap, pin: Marker, at: LatLng): void {
  pin.setLatLng(at);
  map.setView(at, Math.max(map.getZoom(), CLOSE));
}

function taken(dialog: HTMLDialogElement, pin: Marker): Promise<Picked | null> {
  return new Promise((resolve) => {
    const use = dialog.querySelector<HTMLElement>("[data-map-use]");
    const end = (picked: Picked | null): void => {
      dialog.onclose = null;
      if (dialog.open) dialog.close();
      resolve(picked);
    };
    dialog.onclose = () => end(null);
    if (use === null) return;
    use.onclick = () => {
      const { lat, lng } = pin.getLatLng();
      end({ latitude: lat.toFixed(DECIMALS), longitude: lng.toFixed(DECIMALS) });
    };
  });
}

function told(dialog: HTMLDialogElement, at: LatLng, areas: readonly Area[]): string {
  const near = nearestTo(at, areas);
  return near === undefined ? (dialog.dataset["wordsNone"] ?? "") : (dialog.dataset["wordsNear"] ?? "").replace("{area}", near.name);
}

function earlier(place: HTMLElement): LatLng | null {
  const [latitude, longitude] = ["latitude", "longitude"].map(
    (name) => place.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "",
  );
  return latitude && longitude ? new LatLng(Number(latitude), Number(longitude)) : null;
}

function pinOf(dialog: HTMLDialogElement): HTMLElement {
  const pin = dialog.querySelector<HTMLTemplateElement>('template[data-template="map-pin"]')?.content.firstElementChild?.cloneNode(true);
  return pin instanceof HTMLElement ? pin : document.createElement("span");
}
