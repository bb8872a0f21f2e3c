/** The sender, for the page and for the service worker: one at a time, text before photos, one request in flight. */

import { keysToSend } from "./claims.ts";
import { heldBy } from "./drafts.ts";
import type { Next } from "./exchange.ts";
import * as exchange from "./exchange.ts";
import { awaitingPhotos, nextBatch, type Session, sendable } from "./lanes.ts";
import * as pauses from "./pauses.ts";
import { inOrder } from "./queue.ts";
import * as session from "./session.ts";
import { type Entry, meta, type Reading, read, type StoredPhoto, setMeta, write } from "./store.ts";
import { upload } from "./uploads.ts";

const LOCK = "sambat-sender";
const NEWS_EVERY = 5 * 60_000;

/** What is left after a pass: how much could be sent if the line allowed, and when the next try is due. */
export interface Outlook {
  readonly remaining: number;
  readonly nextAt: number | null;
}

let coming: Promise<Outlook> | null = null;

/**
 * Sends what can be sent. While another page or the worker is sending, this waits for it and then looks itself, so that a busy sender
 * never counts as a successful one, and nothing queued in the meantime is forgotten.
 */
export function send(): Promise<Outlook> {
  coming ??= alone(async () => {
    await null; // a lock may be given before this promise has its name
    coming = null;
    return pass();
  });
  return coming;
}

async function pass(): Promise<Outlook> {
  await recover();
  let next: Next = "on";
  while (next === "on") next = await step();
  return outlook();
}

async function step(): Promise<Next> {
  const now = Date.now();
  if ((await pauses.until()) > now) return "stop";
  const { batch, photo } = await read((tx) => due(tx, now));
  if (batch.length > 0) return exchange.send(batch);
  if (photo !== undefined) return upload(photo.photo, photo.entry);
  return news(now);
}

interface Parcel {
  readonly photo: StoredPhoto;
  readonly entry: Entry;
}

async function due(tx: Reading, now: number): Promise<{ batch: Entry[]; photo: Parcel | undefined }> {
  const entries = await inOrder(tx);
  const who = await session.currentIn(tx);
  const parcels = await parcelsOf(tx, entries, who);
  return { batch: nextBatch(entries, who, now), photo: parcels.find(({ photo }) => photo.next_at <= now) };
}

async function parcelsOf(tx: Reading, entries: readonly Entry[], who: Session): Promise<Parcel[]> {
  const parcels: Parcel[] = [];
  for (const entry of awaitingPhotos(entries, who)) {
    for (const photo of await heldBy(tx, entry.id)) {
      if (photo.state === "kept") parcels.push({ photo, entry });
    }
  }
  return parcels;
}

/** Somebody who was stopped in the middle left entries as `sending`; we hold the lock, so nobody is. */
async function recover(): Promise<void> {
  await write(async (tx) => {
    for (const entry of await tx.objectStore("operations").getAll()) {
      if (entry.state === "sending") await tx.objectStore("operations").put({ ...entry, state: "waiting" });
    }
  });
}

/** With nothing left to send: has a page on this phone become old? */
async function news(now: number): Promise<Next> {
  if (now - (await meta("news_at", 0)) < NEWS_EVERY) return "stop";
  await setMeta("news_at", now);
  const { owner, valid } = await session.current();
  if (valid) await exchange.askForNews({ owner, anonymous: false });
  if ((await read(keysToSend)).length > 0) await exchange.askForNews({ owner: null, anonymous: false });
  return "stop";
}

async function outlook(): Promise<Outlook> {
  const rest = await pauses.until();
  return read(async (tx) => {
    const entries = await inOrder(tx);
    const who = await session.currentIn(tx);
    const waiting = [...sendable(entries, who), ...(await parcelsOf(tx, entries, who)).map(({ photo }) => photo)];
    const first = Math.min(...waiting.map(({ next_at }) => next_at));
    return { remaining: waiting.length, nextAt: waiting.length === 0 ? null : Math.max(first, rest) };
  });
}

let last: Promise<unknown> = Promise.resolve();

/** Across tabs and worker by a Web Lock; within one of them alone where the browser has none (the server takes each only once anyway). */
function alone<T>(work: () => Promise<T>): Promise<T> {
  if ("locks" in navigator) return navigator.locks.request(LOCK, work);
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}
