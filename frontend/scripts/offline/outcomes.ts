/** What the server's answer to each operation does to the queue and to the receipts. */

import { backOff } from "./answers.ts";
import { note } from "./diary.ts";
import { heldBy } from "./drafts.ts";
import { drop } from "./queue.ts";
import { remember } from "./seen.ts";
import type { Entry, State, Trouble, Writing } from "./store.ts";
import { type Outcome, photosOf } from "./wire.ts";

/** Puts an entry back for a later attempt. */
export async function keep(tx: Writing, entry: Entry, trouble: Trouble | null, wait: number, faults = entry.faults): Promise<void> {
  await change(tx, { ...entry, trouble, faults, next_at: wait === 0 ? 0 : Date.now() + wait }, "waiting");
}

export async function refuse(tx: Writing, entry: Entry, trouble: Trouble): Promise<void> {
  await change(tx, { ...entry, trouble }, "rejected");
}

export async function settle(tx: Writing, entry: Entry, outcome: Outcome, serverTime: string): Promise<void> {
  const trouble = troubleOf(outcome);
  switch (outcome.status) {
    case "applied":
    case "duplicate":
      await writeReceipt(tx, entry, outcome, serverTime);
      await remember(tx, entry.operation);
      await change(tx, { ...entry, trouble: null }, "accepted");
      return finishIfComplete(tx, entry.id);
    case "conflict":
      return change(tx, { ...entry, trouble }, "conflict");
    case "rejected":
      return refuse(tx, entry, trouble);
    default:
      return keep(tx, entry, trouble, backOff(entry.attempts));
  }
}

/** An entry leaves the queue when the server has its text and every photo; a photo that cannot go any more keeps it in sight. */
export async function finishIfComplete(tx: Writing, id: string): Promise<void> {
  const entry = await tx.objectStore("operations").get(id);
  if (entry === undefined || (entry.state !== "accepted" && entry.state !== "photo_lost")) return;
  const here = new Map((await heldBy(tx, id)).map((photo) => [photo.id, photo.state]));
  const missing = photosOf(entry.operation).filter((photo) => !entry.photos_sent.includes(photo.id));
  if (missing.length === 0) return drop(tx, id, "acknowledged");
  const lost = missing.some((photo) => here.get(photo.id) !== "kept");
  if (lost && entry.state !== "photo_lost") await change(tx, entry, "photo_lost");
}

async function change(tx: Writing, entry: Entry, state: State): Promise<void> {
  await tx.objectStore("operations").put({ ...entry, state });
  await note(tx, state, entry.id, entry.trouble?.code ?? "");
}

async function writeReceipt(tx: Writing, { complaint }: Entry, outcome: Outcome, serverTime: string): Promise<void> {
  const receipts = tx.objectStore("receipts");
  const receipt = await receipts.get(outcome.complaint?.id ?? complaint);
  if (receipt === undefined) return;
  await receipts.put({
    ...receipt,
    number: outcome.complaint?.number ?? receipt.number,
    owed: outcome.complaint?.owed ?? receipt.owed,
    received_at: receipt.received_at ?? serverTime,
    notice: outcome.notice ?? receipt.notice,
  });
}

function troubleOf({ status, code, message, fields }: Outcome): Trouble {
  return { code: code || status, message: message ?? "", ...(fields ? { fields } : {}) };
}
