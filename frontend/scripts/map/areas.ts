/** The kelurahan of a page, with their centres, and their names on a map as far as there is room for them. */

import { DivIcon, LatLng, type Map as LeafletMap, Marker, type Point } from "leaflet";

export interface Area {
  readonly name: string;
  readonly district: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly count: number;
}

/** From this zoom on kelurahan have names; before it their kecamatan. */
const CLOSE = 13;
const LETTER = 8.5;
const LINE = 27;
/** A name that would lie under a symbol gives way up or down, this far at most; a kecamatan is wide enough for more. */
const SHIFTS = [0, -30, 30] as const;
const WIDE_SHIFTS = [...SHIFTS, -60, 60, -90, 90] as const;
const SYMBOL = 20;
const EAST = Math.cos((-7.97 * Math.PI) / 180);

interface Name {
  readonly words: string;
  readonly at: LatLng;
  readonly weight: number;
  readonly marker: Marker;
  readonly isDistrict: boolean;
}

/** From the list of a page, or from the choices of a form. */
export function areasIn(root: ParentNode): Area[] {
  const rows = [...root.querySelectorAll<HTMLElement>("[data-area][data-lat], option[data-lat]")];
  return rows.map((row) => ({
    name: (row.querySelector("a, span") ?? row).textContent?.trim() ?? "",
    district: row.dataset["district"] ?? row.closest("optgroup")?.dataset["district"] ?? "",
    latitude: Number(row.dataset["lat"]),
    longitude: Number(row.dataset["lon"]),
    count: Number(row.dataset["total"] ?? 0),
  }));
}

export function nearestTo(at: LatLng, areas: readonly Area[]): Area | undefined {
  const away = ({ latitude, longitude }: Area): number => Math.hypot(latitude - at.lat, (longitude - at.lng) * EAST);
  return areas.reduce<Area | undefined>((best, area) => (best === undefined || away(area) < away(best) ? area : best), undefined);
}

/** `busy`: where on the map something else stands. */
export function nameAreas(map: LeafletMap, areas: readonly Area[], busy: () => readonly LatLng[] = () => []): void {
  const names = [...districtsOf(areas), ...areas.map(nameOf)];
  for (const { marker } of names) marker.addTo(map);
  const arrange = (): void => place(map, names, busy());
  map.on("zoomend moveend arranged", arrange);
  arrange();
}

function nameOf({ name, latitude, longitude, count }: Area): Name {
  const at = new LatLng(latitude, longitude);
  return { words: name, at, weight: count, marker: label(at, name, count, "name"), isDistrict: false };
}

/** A kecamatan is written in the middle of its kelurahan. */
function districtsOf(areas: readonly Area[]): Name[] {
  return [...new Set(areas.map(({ district }) => district))].map((district) => {
    const own = areas.filter((area) => area.district === district);
    const mean = (of: (area: Area) => number): number => own.reduce((sum, area) => sum + of(area), 0) / own.length;
    const at = new LatLng(
      mean(({ latitude }) => latitude),
      mean(({ longitude }) => longitude),
    );
    const count = own.reduce((sum, area) => sum + area.count, 0);
    return { words: district, at, weight: count, marker: label(at, district, count, "district"), isDistrict: true };
  });
}

function label(at: LatLng, words: string, count: number, kind: string): Marker {
  const html = document.createElement("span");
  html.className = `map__${kind}`;
  html.append(words);
  if (count > 0) html.append(" ", Object.assign(document.createElement("b"), { textContent: String(count) }));
  const icon = new DivIcon({ html, className: "map__label", iconSize: [0, 0] });
  return new Marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 });
}

interface Taken {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/** Names that would lie on one another: the one with more to tell stays, the other waits until one looks closer. A kecamatan's is not cut off. */
function place(map: LeafletMap, names: readonly Name[], busy: readonly LatLng[]): void {
  const close = map.getZoom() >= CLOSE;
  const taken = busy.map((at): Taken => ({ x: pointOf(map, at).x, y: pointOf(map, at).y, half: SYMBOL }));
  for (const { words, at, marker, isDistrict } of [...names].sort((a, b) => b.weight - a.weight)) {
    const { x: middle, y } = pointOf(map, at);
    const half = (words.length * LETTER) / 2 + LETTER * 2;
    const x = isDistrict ? Math.max(half, Math.min(middle, map.getSize().x - half)) : middle;
    const free = (isDistrict ? WIDE_SHIFTS : SHIFTS).find((shift) => taken.every((other) => isApart(other, { x, y: y + shift, half })));
    const isShown = isDistrict !== close && free !== undefined && Math.abs(x - middle) < half;
    if (isShown) taken.push({ x, y: y + free, half });
    const name = marker.getElement()?.firstElementChild;
    if (!(name instanceof HTMLElement)) continue;
    name.hidden = !isShown;
    name.style.translate = `${x - middle}px ${free ?? 0}px`;
  }
}

function isApart(one: Taken, other: Taken): boolean {
  return Math.abs(one.y - other.y) > LINE || Math.abs(one.x - other.x) > one.half + other.half;
}

function pointOf(map: LeafletMap, at: LatLng): Point {
  return map.latLngToContainerPoint(at);
}
