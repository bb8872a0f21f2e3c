/** The city at the other end of the line, as far as a phone sees it: takes operations and photos, and can fail in every way. */

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { addPhoto, draftKey, save } from "../../frontend/scripts/offline/drafts.ts";
import { sha256 } from "../../frontend/scripts/offline/ids.ts";
import { enqueue, type Sent } from "../../frontend/scripts/offline/queue.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { close, type Entry, read, type StoredPhoto, setMeta } from "../../frontend/scripts/offline/store.ts";
import type { Kind, Operation } from "../../frontend/scripts/offline/wire.ts";

export const START = Date.parse("2026-11-24T03:00:00Z");

export const ANI = "018f0000-0000-7000-8000-000000000001";
export const BUDI = "018f0000-0000-7000-8000-000000000002";

/** What one request to `/api/sync` holds. */
export interface Body {
  readonly device_id?: string;
  readonly claims: string[];
  readonly cursor: number;
  readonly operations: Operation[];
}

export interface Letter {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly credentials: string | undefined;
  readonly redirect: string | undefined;
  readonly body: unknown;
}

export type Reply = (letter: Letter) => Response | Promise<Response>;

export interface City {
  readonly letters: Letter[];
  readonly applied: Map<string, Operation>;
  readonly photos: Map<string, Uint8Array>;
  /** The next answers, before the ordinary ones. */
  readonly replies: Reply[];
  readonly outcomes: Map<string, Record<string, unknown>>;
  readonly syncs: () => Letter[];
  readonly bodies: () => Body[];
}

export function status(code: number, body: unknown = {}, headers: Record<string, string> = {}): Reply {
  return () => new Response(JSON.stringify(body), { status: code, headers });
}

export function noLine(): Response {
  throw new TypeError("Failed to fetch");
}

/** Each test begins on a new phone, at the same moment, without luck. */
export function everyTestWith(): { city: City } {
  const world = { city: newCity() };
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    vi.spyOn(Math, "random").mockReturnValue(1);
    await close();
    vi.stubGlobal("indexedDB", new IDBFactory());
    world.city = newCity();
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => receive(world.city, path, init));
    await setMeta("news_at", START * 2);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return world;
}

function newCity(): City {
  const letters: Letter[] = [];
  const syncs = (): Letter[] => letters.filter(({ path }) => path === "/api/sync");
  return {
    letters,
    applied: new Map(),
    photos: new Map(),
    replies: [],
    outcomes: new Map(),
    syncs,
    bodies: () => syncs().map(({ body }) => body as Body),
  };
}

async function receive(city: City, path: string, init: RequestInit): Promise<Response> {
  const raw = init.body;
  const body = typeof raw === "string" ? JSON.parse(raw) : raw;
  const letter: Letter = {
    method: init.method ?? "GET",
    path,
    headers: new Headers(init.headers),
    credentials: init.credentials,
    redirect: init.redirect,
    body,
  };
  city.letters.push(letter);
  const reply = city.replies.shift();
  if (reply !== undefined) return reply(letter);
  return path === "/api/sync" ? sync(city, letter) : photo(city, letter);
}

export function sync(city: City, { body }: Letter): Response {
  const { operations } = body as { operations: Operation[] };
  const outcomes = operations.map((operation) => {
    const set = city.outcomes.get(operation.id);
    if (set !== undefined) return { id: operation.id, ...set };
    const known = city.applied.has(operation.id);
    city.applied.set(operation.id, operation);
    const owed = [{ what: "answer", by: "2026-11-26" }];
    const complaint = "complaint" in operation ? { id: operation.complaint, number: "7F3K9Q", status: "received", owed } : null;
    return { id: operation.id, status: known ? "duplicate" : "applied", complaint };
  });
  return Response.json({ server_time: new Date().toISOString(), outcomes, changed: [], cursor: 7, more: false });
}

/** tus, for photos that an applied operation named. */
function photo(city: City, { method, path, headers, body }: Letter): Response {
  if (method === "POST") {
    const id = atob((headers.get("Upload-Metadata") ?? "").replace("id ", ""));
    const named = [...city.applied.values()].some(
      (operation) => "photos" in operation && operation.photos.some((photo) => photo.id === id),
    );
    if (!named) return new Response("{}", { status: 404 });
    if (!city.photos.has(id)) city.photos.set(id, new Uint8Array());
    return new Response("", {
      status: 201,
      headers: { Location: `/api/photos/${id}`, "Upload-Offset": String(city.photos.get(id)?.length) },
    });
  }
  const id = path.split("/").pop() ?? "";
  const there = city.photos.get(id);
  if (there === undefined) return new Response(null, { status: 404 });
  if (method === "PATCH") {
    if (Number(headers.get("Upload-Offset")) !== there.length) return new Response("{}", { status: 409 });
    city.photos.set(id, new Uint8Array([...there, ...new Uint8Array(body as ArrayBuffer)]));
  }
  const offset = String(city.photos.get(id)?.length);
  return new Response(null, { status: method === "HEAD" ? 200 : 204, headers: { "Upload-Offset": offset } });
}

export interface Wish {
  readonly kind?: Kind;
  readonly complaint?: string;
  readonly fields?: Record<string, string>;
  readonly photos?: readonly number[];
}

/** A person fills in a form and sends it; gives the complaint's id. */
export async function send(wish: Wish = {}): Promise<string> {
  const complaint = await trySend(wish);
  if (complaint === undefined) throw new Error("this phone may not speak for the case");
  return complaint;
}

export async function trySend({ kind = "complaint.submit", complaint = "", fields = {}, photos = [] }: Wish): Promise<string | undefined> {
  const draft = draftKey((await session.current()).owner, kind, complaint);
  const filled = { text: "Lubang di depan pasar", secrecy: "name_hidden", address: "depan pasar", complaint, seen: "resolved", ...fields };
  await save(draft, filled);
  for (const size of photos) await addPhoto(draft, await picture(size));
  const sent: Sent = {
    kind,
    draft,
    fields: filled,
    complaint,
    words: filled.text,
    place: filled.address,
    page: "/complaints/new",
    pageFrom: START,
  };
  return enqueue(sent);
}

export async function picture(size: number): Promise<{ blob: Blob; sha256: string }> {
  const bytes = new Uint8Array(size).map((_, at) => at % 251);
  return { blob: new Blob([bytes], { type: "image/jpeg" }), sha256: await sha256(bytes.buffer) };
}

export function entries(): Promise<Entry[]> {
  return read((tx) => tx.objectStore("operations").index("seq").getAll());
}

export function photosHere(): Promise<StoredPhoto[]> {
  return read((tx) => tx.objectStore("photos").getAll());
}

export async function only(): Promise<Entry> {
  const [entry, ...others] = await entries();
  if (entry === undefined || others.length > 0) throw new Error(`${others.length + (entry ? 1 : 0)} entries`);
  return entry;
}

export function later(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}
