/** The keys of the cases this phone may open, kept with their receipts for 400 days. */

import { note } from "./diary.ts";
import { normalise } from "./ids.ts";
import { type Reading, type Receipt, read, write } from "./store.ts";
import { MOST_CLAIMS } from "./wire.ts";

const KEPT = 400 * 24 * 3600 * 1000;

export function receipt(complaint: string): Promise<Receipt | undefined> {
  return read((tx) => tx.objectStore("receipts").get(complaint));
}

/** The keys of a guest's cases the server knows, newest first. Those of anonymous ones stay out: sent together they would tell who. */
export async function keysToSend(tx: Reading): Promise<string[]> {
  const receipts = await tx.objectStore("receipts").getAll();
  const open = receipts.filter(({ key, anonymous, number }) => key !== null && number !== null && !anonymous);
  open.sort((a, b) => b.queued_at - a.queued_at);
  return open.slice(0, MOST_CLAIMS).map(({ key }) => key ?? "");
}

export function guestKeys(): Promise<string[]> {
  return read(keysToSend);
}

/** Somebody has opened a case with a key they typed or scanned: from now on this phone can open and answer it. */
export async function keep(
  key: string,
  complaint: { readonly id: string; readonly number: string; readonly anonymous: boolean },
): Promise<void> {
  await write(async (tx) => {
    const known = await tx.objectStore("receipts").get(complaint.id);
    if (known !== undefined) return;
    await tx.objectStore("receipts").put({
      complaint: complaint.id,
      owner: null,
      anonymous: complaint.anonymous,
      key: normalise(key),
      words: "",
      place: "",
      queued_at: Date.now(),
      number: complaint.number,
      received_at: null,
      owed: [],
      notice: "",
    });
  });
}

export async function forgetOld(now = Date.now()): Promise<void> {
  await write(async (tx) => {
    for (const { complaint, queued_at, received_at } of await tx.objectStore("receipts").getAll()) {
      if (received_at === null || queued_at > now - KEPT) continue;
      await tx.objectStore("receipts").delete(complaint);
      await note(tx, "receipt forgotten", complaint);
    }
  });
}
