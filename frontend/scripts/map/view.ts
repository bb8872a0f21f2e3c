/** Complaints on a map, the same as in the list beside it: each symbol is the list's own, each choice shows the list's own entries. */

import { LatLng, LatLngBounds, LayerGroup, type Map as LeafletMap } from "leaflet";
import { areasIn } from "./areas.ts";
import { draw, type Locate, mark } from "./ground.ts";

/** Symbols nearer than this on the screen are drawn as one. */
const TOUCHING = 34;
const CLOSE_ENOUGH = 16;
const SIZE = 36;
const SHAPE = { size: SIZE, anchor: [SIZE / 2, SIZE / 2] as [number, number] };

interface Entry {
  readonly at: LatLng;
  readonly item: HTMLElement;
  readonly words: string;
}

export async function showPoints(view: HTMLElement, around: HTMLElement, locate: Locate): Promise<void> {
  let symbols: readonly LatLng[] = [];
  const { map, city } = await draw(view, areasIn(around), locate, () => symbols);
  const entries = entriesIn(around);
  if (entries.length > 0) map.fitBounds(new LatLngBounds(entries.map(({ at }) => at)).pad(0.05), { maxZoom: CLOSE_ENOUGH });
  else map.fitBounds(city);
  const layer = new LayerGroup().addTo(map);
  const arrange = (): void => {
    layer.clearLayers();
    const groups = gathered(map, entries);
    for (const group of groups) symbol(map, view, group).addTo(layer);
    symbols = groups.flatMap(([first]) => (first === undefined ? [] : [first.at]));
    map.fire("arranged");
  };
  map.on("zoomend", arrange);
  map.on("here", (event) => youAreHere(view, layer, (event as unknown as { readonly latlng: LatLng }).latlng));
  arrange();
}

function entriesIn(around: HTMLElement): Entry[] {
  return [...around.querySelectorAll<HTMLElement>("[data-point][data-lat]")].map((item) => ({
    at: new LatLng(Number(item.dataset["lat"]), Number(item.dataset["lon"])),
    item,
    words: [".badge", "a"].map((part) => item.querySelector(part)?.textContent?.trim() ?? "").join(": "),
  }));
}

/** Places are shown to 100 m, so several may be one; on a small map more of them touch. */
function gathered(map: LeafletMap, entries: readonly Entry[]): Entry[][] {
  const groups: { readonly at: ReturnType<LeafletMap["project"]>; readonly entries: Entry[] }[] = [];
  for (const entry of entries) {
    const at = map.project(entry.at);
    const near = groups.find((group) => group.at.distanceTo(at) < TOUCHING);
    if (near === undefined) groups.push({ at, entries: [entry] });
    else near.entries.push(entry);
  }
  return groups.map((group) => group.entries);
}

function symbol(map: LeafletMap, view: HTMLElement, group: readonly Entry[]): ReturnType<typeof mark> {
  const [first] = group as [Entry];
  const words = group.length === 1 ? first.words : (view.dataset["wordsMany"] ?? "").replace("{count}", String(group.length));
  const marker = mark(first.at, drawingOf(view, group), words, SHAPE);
  marker.on("click", () => choose(map, view, group));
  marker.on("add", () => marker.getElement()?.addEventListener("keydown", (event) => press(event, marker)));
  return marker;
}

/** What is called a button is pressed like one. */
function press(event: KeyboardEvent, marker: ReturnType<typeof mark>): void {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  marker.fire("click");
}

function drawingOf(view: HTMLElement, group: readonly Entry[]): HTMLElement {
  const own = group.length === 1 ? group[0]?.item.querySelector<HTMLElement>("[data-symbol]") : null;
  const many = view.querySelector<HTMLTemplateElement>('template[data-template="map-many"]')?.content.firstElementChild;
  const drawing = (own ?? many)?.cloneNode(true);
  if (!(drawing instanceof HTMLElement)) return document.createElement("span");
  const count = drawing.querySelector('[data-slot="count"]');
  if (count !== null) count.textContent = String(group.length);
  return drawing;
}

/** Several places apart: look closer. One place: its entries, as the list has them. */
function choose(map: LeafletMap, view: HTMLElement, group: readonly Entry[]): void {
  const places = new LatLngBounds(group.map(({ at }) => at));
  const isOne = places.getNorthEast().equals(places.getSouthWest());
  if (!isOne && map.getZoom() < map.getMaxZoom()) {
    map.getContainer().focus({ preventScroll: true }); // the symbol that was chosen goes
    return void map.fitBounds(places.pad(0.3), { maxZoom: map.getMaxZoom() });
  }
  const chosen = view.querySelector<HTMLElement>("[data-map-chosen]");
  if (chosen === null) return;
  chosen.replaceChildren(...group.map(({ item }) => item.firstElementChild?.cloneNode(true) ?? ""));
  chosen.focus({ preventScroll: true });
  chosen.scrollIntoView({ block: "nearest" });
}

function youAreHere(view: HTMLElement, layer: LayerGroup, at: LatLng): void {
  const dot = document.createElement("span");
  dot.className = "map__here";
  const words = view.querySelector<HTMLElement>("[data-map-here]")?.dataset["wordsHere"] ?? "";
  mark(at, dot, words, SHAPE).addTo(layer);
}
