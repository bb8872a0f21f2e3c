/** The map itself: pictures of the ground where a server for them is set and answers, the names of kelurahan where not. */

import { DivIcon, LatLng, LatLngBounds, Map as LeafletMap, Marker, TileLayer } from "leaflet";
import { type Area, nameAreas } from "./areas.ts";

const FURTHEST = 11;
const NEAREST = 18;
/** Without pictures any scale is as sharp as another. */
const BARE_SNAP = 0.25;
/** Degrees around the city beyond which nobody can drag the map. */
const MARGIN = 0.12;
const GROUND = "map__ground--bare";

export type Locate = () => Promise<GeolocationPosition | "denied" | "missing">;

export interface Ground {
  readonly map: LeafletMap;
  readonly city: LatLngBounds;
}

/** `frame` holds the element to draw in, its tools, and the line in which the map speaks. */
export async function draw(
  frame: HTMLElement,
  areas: readonly Area[],
  locate: Locate,
  busy: () => readonly LatLng[] = () => [],
): Promise<Ground> {
  const element = frame.querySelector<HTMLElement>("[data-map-ground]");
  if (element === null) throw new Error("no ground to draw on");
  await styled(element.dataset["styles"] ?? "");
  const city = new LatLngBounds(areas.map(({ latitude, longitude }) => new LatLng(latitude, longitude)));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(element, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: element.dataset["tiles"] ? 1 : BARE_SNAP,
    minZoom: FURTHEST,
    maxZoom: NEAREST,
    maxBounds: city.pad(MARGIN * 10),
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", element.dataset["label"] ?? "");
  map.fitBounds(city);
  paper(map, element);
  nameAreas(map, areas, busy);
  equip(map, frame, locate);
  return { map, city };
}

/** The ground is bare until a picture has come, and again when pictures fail: then the names speak. */
function paper(map: LeafletMap, element: HTMLElement): void {
  const url = element.dataset["tiles"] ?? "";
  element.classList.add(GROUND);
  if (url === "") return;
  const tiles = new TileLayer(url, { maxZoom: NEAREST, referrerPolicy: "origin" });
  tiles.on("tileload", () => element.classList.remove(GROUND));
  tiles.on("tileerror", () => element.classList.add(GROUND));
  tiles.addTo(map);
}

/** The wheel belongs to the page until somebody is at the map. */
function equip(map: LeafletMap, frame: HTMLElement, locate: Locate): void {
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  for (const tool of frame.querySelectorAll<HTMLElement>("[data-map-zoom]"))
    tool.onclick = () => map.setZoom(map.getZoom() + Number(tool.dataset["mapZoom"]));
  const here = frame.querySelector<HTMLElement>("[data-map-here]");
  if (here !== null) here.onclick = () => void goHere(map, frame, here, locate);
}

async function goHere(map: LeafletMap, frame: HTMLElement, tool: HTMLElement, locate: Locate): Promise<void> {
  tool.setAttribute("aria-busy", "true");
  const found = await locate();
  tool.removeAttribute("aria-busy");
  if (typeof found === "string") return say(frame, tool.getAttribute(`data-words-${found}`) ?? "");
  const at = new LatLng(found.coords.latitude, found.coords.longitude);
  map.fire("here", { latlng: at });
  map.setView(at, Math.max(map.getZoom(), NEAREST - 2));
}

export function say(frame: HTMLElement, words: string): void {
  const line = frame.querySelector("[data-map-said]");
  if (line !== null) line.textContent = words;
}

interface MarkShape {
  readonly size: number;
  readonly anchor: [number, number];
  readonly draggable?: boolean;
}

/** A mark one can reach by keyboard: a button where it leads somewhere. */
export function mark(at: LatLng, drawing: HTMLElement, words: string, { size, anchor, draggable = false }: MarkShape): Marker {
  const icon = new DivIcon({ html: drawing, className: "map__mark", iconSize: [size, size], iconAnchor: anchor });
  const marker = new Marker(at, { icon, draggable, autoPan: draggable });
  marker.on("add", () => marker.getElement()?.setAttribute("aria-label", words));
  return marker;
}

/** The style of maps is fetched with them, once. */
function styled(url: string): Promise<void> {
  if (url === "" || document.querySelector(`link[href="${url}"]`) !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error("no style"));
    document.head.append(link);
  });
}
