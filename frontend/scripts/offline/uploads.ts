/** Photos on their way: tus 1.0.0 by fetch, one request a step. What the server says it has is the truth. */

import { askedToWait, backOff, meaning } from "./answers.ts";
import { note } from "./diary.ts";
import { tell } from "./events.ts";
import type { Next } from "./exchange.ts";
import { type Answer, ask, troubleOf } from "./http.ts";
import { sha256 } from "./ids.ts";
import { finishIfComplete } from "./outcomes.ts";
import * as pauses from "./pauses.ts";
import * as session from "./session.ts";
import { type Entry, read, type StoredPhoto, type Trouble, type Writing, write } from "./store.ts";

const LIMIT = 60_000;
const SMALLEST_CHUNK = 16 * 1024;
const WRONG_OFFSET = 409;
const WRONG_DIGEST = 460;
const GONE = 410;

export async function upload(photo: StoredPhoto, entry: Entry): Promise<Next> {
  const headers = { "Tus-Resumable": "1.0.0", ...(await authority(entry)) };
  const request: RequestInit = { headers, credentials: entry.owner === null ? "omit" : "same-origin" };
  const next = await step(photo, entry, request);
  tell({ type: "queue" });
  return next;
}

async function step(photo: StoredPhoto, entry: Entry, request: RequestInit): Promise<Next> {
  if (!photo.created) return begin(photo, entry, request);
  if (photo.offset === null) return find(photo, entry, request);
  return push(photo, photo.offset, entry, request);
}

async function begin(photo: StoredPhoto, entry: Entry, request: RequestInit): Promise<Next> {
  const headers = { ...request.headers, "Upload-Length": String(photo.size), "Upload-Metadata": `id ${btoa(photo.id)}` };
  const answer = await ask("/api/photos", { ...request, method: "POST", headers }, LIMIT);
  const isOurs = answer.header("Location") !== null || answer.header("Upload-Offset") !== null;
  if (!isWell(answer) || !isOurs) return stumble(photo, entry, answer);
  return moved({ ...photo, created: true }, offsetIn(answer) ?? 0, entry);
}

async function find(photo: StoredPhoto, entry: Entry, request: RequestInit): Promise<Next> {
  const answer = await ask(`/api/photos/${photo.id}`, { ...request, method: "HEAD" }, LIMIT);
  const offset = offsetIn(answer);
  if (answer.status === 404) return stumble({ ...photo, created: false }, entry, answer);
  return isWell(answer) && offset !== null ? moved(photo, offset, entry) : stumble(photo, entry, answer);
}

async function push(photo: StoredPhoto, offset: number, entry: Entry, request: RequestInit): Promise<Next> {
  const body = await slice(photo.blob, offset, offset + photo.chunk);
  if (body === null || body.byteLength === 0) return lose(photo, entry, "lost", { code: "photo_lost", message: "" });
  const headers = { ...request.headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
  const answer = await ask(`/api/photos/${photo.id}`, { ...request, method: "PATCH", headers, body }, LIMIT);
  const reached = offsetIn(answer);
  if (isWell(answer) && reached !== null && reached > offset) return moved(photo, reached, entry);
  return stumble(photo, entry, answer);
}

/** As far as `offset`: all of it means that the server has checked the digest and the phone may let go. */
async function moved(photo: StoredPhoto, offset: number, entry: Entry): Promise<Next> {
  await pauses.lineWorks();
  const isThrough = await write(async (tx) => {
    if (offset < photo.size) return put(tx, { ...photo, offset, attempts: 0, next_at: 0 });
    await tx.objectStore("photos").delete(photo.id);
    await note(tx, "photo acknowledged", photo.id);
    const now = await tx.objectStore("operations").get(entry.id);
    if (now === undefined) return;
    await tx.objectStore("operations").put({ ...now, photos_sent: [...now.photos_sent, photo.id] });
    await finishIfComplete(tx, entry.id);
    return (await tx.objectStore("operations").get(entry.id)) === undefined;
  });
  if (offset >= photo.size) tell({ type: "received", complaint: entry.complaint, whole: isThrough === true });
  return "on";
}

async function stumble(photo: StoredPhoto, entry: Entry, answer: Answer): Promise<Next> {
  const unsure = { ...photo, offset: null, attempts: photo.attempts + 1 };
  if (answer.status === WRONG_OFFSET) return again(unsure, photo.attempts === 0 ? 0 : backOff(unsure.attempts));
  if (answer.status === WRONG_DIGEST) return doubt(unsure, entry);
  const unnamed = answer.status === 404 && entry.state === "conflict"; // the server did not want the photos of this one
  if (answer.status === GONE || unnamed) return lose(photo, entry, "refused", troubleOf(answer));
  const retryAfter = answer.header("Retry-After");
  switch (meaning(answer.status, retryAfter)) {
    case "line":
    case "answered": // by somebody else: a captive portal
      await pauses.lineFailed();
      await again(unsure, 0);
      return "stop";
    case "pause":
      await pauses.asked(askedToWait(retryAfter, Date.now()));
      await again(unsure, 0);
      return "stop";
    case "login":
      if (entry.owner === null) return again(unsure, backOff(unsure.attempts));
      await session.lost();
      return again(unsure, 0);
    case "too_large":
      if (photo.created && photo.chunk > SMALLEST_CHUNK) return again({ ...unsure, chunk: photo.chunk / 2 }, 0);
      return lose(photo, entry, "refused", troubleOf(answer));
    case "refused":
      return lose(photo, entry, "refused", troubleOf(answer));
    default:
      return again(unsure, backOff(unsure.attempts));
  }
}

/** The server has all of it, and it is not what was announced: damaged on the way, or on this phone. */
async function doubt(photo: StoredPhoto, entry: Entry): Promise<Next> {
  const content = await slice(photo.blob, 0, photo.size);
  const whole = content !== null && (await sha256(content)) === photo.sha256;
  if (!whole) return lose(photo, entry, "lost", { code: "photo_lost", message: "" });
  return again(photo, backOff(photo.attempts));
}

async function again(photo: StoredPhoto, wait: number): Promise<Next> {
  await write((tx) => put(tx, { ...photo, next_at: wait === 0 ? 0 : Date.now() + wait }));
  return "on";
}

/** It cannot go any more. What is left of it stays in sight until its writer discards the entry. */
async function lose(photo: StoredPhoto, entry: Entry, state: "lost" | "refused", trouble: Trouble): Promise<Next> {
  await write(async (tx) => {
    await put(tx, { ...photo, state });
    await note(tx, `photo ${state}`, photo.id, trouble.code);
    const now = await tx.objectStore("operations").get(entry.id);
    if (now?.state === "accepted") await tx.objectStore("operations").put({ ...now, trouble });
    await finishIfComplete(tx, entry.id);
  });
  return "on";
}

/** Unless its writer has discarded it while it was on its way. */
async function put(tx: Writing, photo: StoredPhoto): Promise<void> {
  const photos = tx.objectStore("photos");
  if ((await photos.get(photo.id)) !== undefined) await photos.put(photo);
}

async function authority({ owner, complaint, operation }: Entry): Promise<{ Authorization?: string }> {
  if (owner !== null) return {};
  const key = operation.claim ?? (await read((tx) => tx.objectStore("receipts").get(complaint)))?.key;
  return key ? { Authorization: `Claim ${key}` } : {};
}

async function slice(blob: Blob, from: number, to: number): Promise<ArrayBuffer | null> {
  try {
    return await blob.slice(from, to).arrayBuffer();
  } catch {
    return null; // the browser has lost the file behind it
  }
}

function isWell({ status }: Answer): boolean {
  return status === 200 || status === 201 || status === 204;
}

function offsetIn(answer: Answer): number | null {
  const offset = Number(answer.header("Upload-Offset") ?? Number.NaN);
  return Number.isInteger(offset) && offset >= 0 ? offset : null;
}
