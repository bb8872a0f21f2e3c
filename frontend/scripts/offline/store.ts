/** The phone's own storage: one database, opened when needed, and again when the browser has closed it. Changes only add. */

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { tell } from "./events.ts";
import type { Operation, Owed } from "./wire.ts";

export type State = "queued" | "sending" | "waiting" | "accepted" | "conflict" | "rejected" | "photo_lost";

export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** One operation on its way. `operation` never changes; `complaint` is what its order hangs on. */
export interface Entry {
  readonly id: string;
  readonly seq: number;
  readonly owner: string | null;
  readonly anonymous: boolean;
  readonly complaint: string;
  readonly operation: Operation;
  readonly words: string;
  readonly page: string;
  readonly queued_at: number;
  state: State;
  attempts: number;
  faults: number;
  next_at: number;
  trouble: Trouble | null;
  photos_sent: readonly string[];
}

/** A photo of a draft or an operation (its `holder`). `offset` is null while we do not know what the server has. */
export interface StoredPhoto {
  readonly id: string;
  readonly blob: Blob;
  readonly sha256: string;
  readonly size: number;
  readonly place: number;
  holder: string;
  state: "kept" | "lost" | "refused";
  created: boolean;
  offset: number | null;
  chunk: number;
  attempts: number;
  next_at: number;
}

export interface Draft {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly saved_at: number;
  /** The refused operation this draft mends: it leaves the queue when the new one enters. */
  readonly mends?: string;
}

export interface Receipt {
  readonly complaint: string;
  readonly owner: string | null;
  readonly anonymous: boolean;
  readonly key: string | null;
  readonly words: string;
  readonly place: string;
  readonly queued_at: number;
  number: string | null;
  received_at: string | null;
  owed: readonly Owed[];
  notice: string;
}

/** One transition or deletion; never a text. */
export interface DiaryLine {
  readonly at: number;
  readonly what: string;
  readonly id: string;
  readonly detail: string;
}

export interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  drafts: { key: string; value: Draft };
  operations: { key: string; value: Entry; indexes: { seq: number } };
  photos: { key: string; value: StoredPhoto; indexes: { holder: string } };
  receipts: { key: string; value: Receipt };
  diary: { key: number; value: DiaryLine };
}

export type StoreName = "meta" | "drafts" | "operations" | "photos" | "receipts" | "diary";
export type Reading = IDBPTransaction<Schema, StoreName[], IDBTransactionMode>;
export type Writing = IDBPTransaction<Schema, StoreName[], "readwrite">;

const NAME = "sambat";
const VERSION = 1;
const ALL: StoreName[] = ["meta", "drafts", "operations", "photos", "receipts", "diary"];

let opened: Promise<IDBPDatabase<Schema>> | null = null;

export async function read<T>(work: (tx: Reading) => Promise<T>): Promise<T> {
  const tx = await begin((db) => db.transaction(ALL, "readonly"));
  return work(tx);
}

/** One transaction over all stores, on disk when this is done: everything of it, or nothing. */
export async function write<T>(work: (tx: Writing) => Promise<T>): Promise<T> {
  const tx = await begin((db) => db.transaction(ALL, "readwrite", { durability: "strict" }));
  try {
    const [result] = await Promise.all([work(tx), tx.done]);
    return result;
  } catch (trouble) {
    await undo(tx);
    throw tx.error ?? trouble;
  }
}

export async function meta<T>(name: string, otherwise: T): Promise<T> {
  const value = await read((tx) => tx.objectStore("meta").get(name));
  return value === undefined ? otherwise : (value as T);
}

export async function setMeta(name: string, value: unknown): Promise<void> {
  await write((tx) => tx.objectStore("meta").put(value, name));
}

/** Names this phone to the server (never beside an anonymous complaint), and this database to the page. */
export async function deviceId(): Promise<string> {
  return write(async (tx) => {
    const known = await tx.objectStore("meta").get("device_id");
    if (typeof known === "string") return known;
    const made = crypto.randomUUID();
    await tx.objectStore("meta").put(made, "device_id");
    return made;
  });
}

export async function close(): Promise<void> {
  const database = opened;
  opened = null;
  (await database)?.close();
}

/** The browser may close a database under us (cleared data, a fault): then it is opened anew, once. */
async function begin<T>(start: (db: IDBPDatabase<Schema>) => T): Promise<T> {
  const database = await open();
  try {
    return start(database);
  } catch (trouble) {
    if (!(trouble instanceof DOMException && trouble.name === "InvalidStateError")) throw trouble;
    opened = null;
    return start(await open());
  }
}

function open(): Promise<IDBPDatabase<Schema>> {
  if (opened !== null) return opened;
  const opening = openDB<Schema>(NAME, VERSION, {
    upgrade,
    blocked: () => tell({ type: "storage-blocked" }),
    blocking: () => void close(),
    terminated: () => {
      opened = null;
    },
  });
  opening.catch(() => {
    opened = null;
  });
  opened = opening;
  return opening;
}

function upgrade(database: IDBPDatabase<Schema>, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore("meta");
    database.createObjectStore("drafts", { keyPath: "key" });
    database.createObjectStore("operations", { keyPath: "id" }).createIndex("seq", "seq", { unique: true });
    database.createObjectStore("photos", { keyPath: "id" }).createIndex("holder", "holder");
    database.createObjectStore("receipts", { keyPath: "complaint" });
    database.createObjectStore("diary", { autoIncrement: true });
  }
}

async function undo(tx: Writing): Promise<void> {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
  await tx.done.catch(() => undefined);
}
