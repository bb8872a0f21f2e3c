/** Queues that earlier releases left on phones. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { load } from "../../frontend/scripts/offline/drafts.ts";
import { cards } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import { read } from "../../frontend/scripts/offline/store.ts";
import type { Operation } from "../../frontend/scripts/offline/wire.ts";
import { entries, everyTestWith, photosHere, send } from "./city.ts";

const world = everyTestWith();

interface Recorded {
  readonly version: number;
  readonly stores: Record<string, Record<string, unknown>[]>;
}

function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(new URL(`../recorded/${name}.json`, import.meta.url), "utf8"));
}

/** A phone as that release left it: stores and records, not made by today's code. */
async function leave({ version, stores }: Recorded): Promise<void> {
  indexedDB.deleteDatabase("sambat");
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("sambat", version);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const tx = database.transaction(Object.keys(stores), "readwrite");
  for (const [name, records] of Object.entries(stores)) for (const record of records) put(tx.objectStore(name), record);
  await new Promise((resolve) => {
    tx.oncomplete = resolve;
  });
  database.close();
}

function make(database: IDBDatabase): void {
  database.createObjectStore("meta");
  database.createObjectStore("drafts", { keyPath: "key" });
  database.createObjectStore("operations", { keyPath: "id" }).createIndex("seq", "seq", { unique: true });
  database.createObjectStore("photos", { keyPath: "id" }).createIndex("holder", "holder");
  database.createObjectStore("receipts", { keyPath: "complaint" });
  database.createObjectStore("diary", { autoIncrement: true });
}

function put(store: IDBObjectStore, { zeros, ...record }: Record<string, unknown>): void {
  if (store.name === "meta") store.put(record["value"], String(record["key"]));
  else if (zeros === undefined) store.put(record);
  else store.put({ ...record, blob: new Blob([new Uint8Array(Number(zeros))], { type: "image/jpeg" }) });
}

describe("what a phone holds from release 1", () => {
  test("is sent as it was written; only what waits for its person stays", async () => {
    const phone = recorded("operations-v1");
    await leave(phone);
    const visit = phone.stores["operations"]?.find(({ state }) => state === "accepted");
    const accepted = visit?.["operation"] as Operation;
    world.city.applied.set(accepted.id, accepted);
    world.city.photos.set("7a0a4b4e-7f0e-4d51-8a39-25b1a7a1d004", new Uint8Array(32));

    expect((await sendQueue()).remaining).toBe(0);

    expect((await cards()).map(({ entry, state }) => [entry.operation.kind, state])).toEqual([["complaint.confirm", "conflict"]]);
    for (const { operation, state } of phone.stores["operations"] ?? []) {
      const arrived = world.city.applied.get((operation as Operation).id);
      if (state !== "conflict") expect(arrived).toEqual(operation);
    }
    expect([...world.city.photos.values()].map(({ length }) => length)).toEqual([64, 64]);
    expect(await photosHere()).toEqual([]);
    const receipts = await read((tx) => tx.objectStore("receipts").getAll());
    expect(receipts.map(({ number }) => number)).toEqual(["7F3K9Q", "7F3K9Q"]);
  });

  test("keeps its order and its draft beside what is written today", async () => {
    await leave(recorded("operations-v1"));
    const { draft } = await load("0199c6a0-0000-7000-8000-0000000000a1|complaint.submit|");
    expect(draft?.fields["address"]).toBe("depan balai RW");
    await send();
    expect((await entries()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
