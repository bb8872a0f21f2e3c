/** The queue: every change a person makes goes through it, online too. Nothing leaves it but what the server has, or what its writer discards. */

import { composeStep, composeSubmit, type Fields, fieldsOf, fits, newComplaintId, newSender, type Sender, senderFor } from "./compose.ts";
import { note } from "./diary.ts";
import { draftKey, heldBy } from "./drafts.ts";
import { tell } from "./events.ts";
import { uuid4 } from "./ids.ts";
import { mendable, type Shown, shown } from "./lanes.ts";
import { seenBy } from "./seen.ts";
import { currentIn } from "./session.ts";
import { type Entry, type Reading, type Receipt, read, type StoredPhoto, type Writing, write } from "./store.ts";
import { type Kind, type Operation, photosOf } from "./wire.ts";

/** A form as it was sent: whose draft it was, what it is about, and how it is called on a card. */
export interface Sent {
  readonly kind: Kind;
  readonly draft: string;
  readonly fields: Fields;
  /** The complaint whose earlier steps go first; empty for a new one. */
  readonly complaint: string;
  readonly words: string;
  readonly place: string;
  readonly page: string;
  /** When the server made the page the form stands on. */
  readonly pageFrom: number;
}

/** What stands on a card. `bytes` is what is still to be sent. */
export interface Card {
  readonly entry: Entry;
  readonly state: Shown;
  readonly bytes: number;
  readonly mendable: boolean;
}

/** The complaint's id once everything is on the phone's disk; undefined where this phone may not speak for the case. */
export async function enqueue(sent: Sent): Promise<string | undefined> {
  const before = await read((tx) => around(tx, sent));
  const sender =
    sent.kind === "complaint.submit"
      ? newSender(sent.fields["secrecy"], before.account, before.receipt)
      : senderFor(before.receipt, before.account);
  if (sender === undefined) return undefined;
  const complaint = sent.kind === "complaint.submit" ? complaintOf(sender, before.receipt) : sent.complaint;
  const operation = await compose(sent, complaint, before, sender);
  await write(async (tx) => {
    await adopt(tx, before.photos, operation.id);
    await tx.objectStore("operations").add(await entryOf(tx, operation, sent, complaint, sender));
    if (operation.kind === "complaint.submit") await tx.objectStore("receipts").put(receiptOf(sent, complaint, sender));
    await tx.objectStore("drafts").delete(sent.draft);
    await note(tx, "queued", operation.id, operation.kind);
    if (before.mended !== undefined) await drop(tx, before.mended, "mended");
    if (before.receipt !== undefined && sent.kind === "complaint.submit" && before.receipt.complaint !== complaint) {
      await tx.objectStore("receipts").delete(before.receipt.complaint);
    }
  });
  tell({ type: "queue" });
  return complaint;
}

export function cards(now = Date.now()): Promise<Card[]> {
  return read(async (tx) => {
    const entries = await inOrder(tx);
    const session = await currentIn(tx);
    return Promise.all(
      entries.map(async (entry) => ({
        entry,
        state: shown(entry, entries, session, now),
        bytes: await bytesLeft(tx, entry),
        mendable: mendable(entry),
      })),
    );
  });
}

export function count(): Promise<number> {
  return read((tx) => tx.objectStore("operations").count());
}

/** Only after the person was asked. The key of a case stays if the server may have it. */
export async function discard(id: string): Promise<void> {
  await write(async (tx) => {
    const entry = await tx.objectStore("operations").get(id);
    if (entry === undefined) return;
    await drop(tx, id, "discarded");
    if (entry.operation.kind === "complaint.submit" && mendable(entry)) await forgetReceipt(tx, entry.complaint);
  });
  tell({ type: "queue" });
}

/**
 * Fills the form's draft with an entry the server has not taken, and gives the page of the form. A refused entry stays until the new
 * one is queued; one never sent becomes the draft again.
 */
export async function mend(id: string): Promise<string | undefined> {
  const page = await write(async (tx) => {
    const entry = await tx.objectStore("operations").get(id);
    if (entry === undefined || !mendable(entry)) return undefined;
    const key = draftKeyOf(entry, (await currentIn(tx)).owner);
    for (const { id: old } of await heldBy(tx, key)) await tx.objectStore("photos").delete(old);
    for (const photo of await heldBy(tx, id)) await tx.objectStore("photos").put({ ...photo, id: uuid4(), holder: key });
    const refused = entry.state === "rejected";
    await tx.objectStore("drafts").put({ key, fields: fieldsOf(entry.operation), saved_at: Date.now(), ...(refused ? { mends: id } : {}) });
    if (refused) await note(tx, "to be mended", id);
    else await drop(tx, id, "draft again");
    if (!refused && entry.operation.kind === "complaint.submit") await forgetReceipt(tx, entry.complaint);
    return entry.page;
  });
  tell({ type: "queue" });
  return page;
}

/** Where a draft for mending this entry goes; the caller asks before it takes the place of another one. */
export function draftKeyOf({ operation }: Entry, account: string): string {
  return draftKey(account, operation.kind, operation.kind === "complaint.submit" ? "" : subjectOf(operation));
}

async function forgetReceipt(tx: Writing, complaint: string): Promise<void> {
  await tx.objectStore("receipts").delete(complaint);
  await note(tx, "receipt discarded", complaint);
}

export async function inOrder(tx: Reading): Promise<Entry[]> {
  return tx.objectStore("operations").index("seq").getAll();
}

/** Takes an entry and its photos out, and says so in the diary. */
export async function drop(tx: Writing, id: string, why: string): Promise<void> {
  for (const photo of await heldBy(tx, id)) {
    await tx.objectStore("photos").delete(photo.id);
    await note(tx, `photo ${why}`, photo.id);
  }
  await tx.objectStore("operations").delete(id);
  await note(tx, why, id);
}

export function subjectOf(operation: Operation): string {
  return "complaint" in operation ? operation.complaint : operation.part;
}

interface Around {
  readonly account: string;
  readonly photos: readonly StoredPhoto[];
  readonly receipt: Receipt | undefined;
  readonly previous: Receipt | undefined;
  readonly mended: string | undefined;
  readonly seen: string;
}

async function around(tx: Reading, { draft, complaint, fields, pageFrom }: Sent): Promise<Around> {
  const mended = (await tx.objectStore("drafts").get(draft))?.mends;
  const old = mended === undefined ? undefined : await tx.objectStore("operations").get(mended);
  const receipt = await tx.objectStore("receipts").get(old?.complaint ?? complaint);
  const previous = fields["previous"] ? await tx.objectStore("receipts").get(fields["previous"]) : undefined;
  const seen = await seenBy(tx, fields, pageFrom, await inOrder(tx));
  return { account: (await currentIn(tx)).owner, photos: await heldBy(tx, draft), receipt, previous, mended: old?.id, seen };
}

function complaintOf(sender: Sender, earlier: Receipt | undefined): string {
  return earlier !== undefined && fits(earlier, sender.owner, sender.anonymous) ? earlier.complaint : newComplaintId(sender);
}

function compose(
  { kind, fields }: Sent,
  complaint: string,
  { photos, seen, previous }: Around,
  sender: Sender,
): Promise<Operation> | Operation {
  if (kind === "complaint.submit") return composeSubmit(complaint, fields, photos, sender, previous);
  return composeStep(kind, { ...fields, seen }, photos, sender);
}

async function adopt(tx: Writing, photos: readonly StoredPhoto[], holder: string): Promise<void> {
  for (const { id } of photos) {
    const photo = await tx.objectStore("photos").get(id);
    if (photo === undefined) throw new DOMException("A photo of this draft is gone", "NotFoundError");
    await tx.objectStore("photos").put({ ...photo, holder });
  }
}

async function entryOf(tx: Writing, operation: Operation, sent: Sent, complaint: string, sender: Sender): Promise<Entry> {
  const last = await tx.objectStore("operations").index("seq").openKeyCursor(null, "prev");
  return {
    id: operation.id,
    seq: Number(last?.key ?? 0) + 1,
    owner: sender.owner,
    anonymous: sender.anonymous,
    complaint,
    operation,
    words: sent.words,
    page: sent.page,
    queued_at: Date.now(),
    state: "queued",
    attempts: 0,
    faults: 0,
    next_at: 0,
    trouble: null,
    photos_sent: [],
  };
}

function receiptOf({ words, place }: Sent, complaint: string, { owner, anonymous, key }: Sender): Receipt {
  return { complaint, owner, anonymous, key, words, place, queued_at: Date.now(), number: null, received_at: null, owed: [], notice: "" };
}

async function bytesLeft(tx: Reading, { id, operation, state }: Entry): Promise<number> {
  const text = state === "accepted" ? 0 : new TextEncoder().encode(JSON.stringify(operation)).length;
  if (photosOf(operation).length === 0) return text;
  const photos = await heldBy(tx, id);
  return photos.reduce((sum, { size, offset }) => sum + size - (offset ?? 0), text);
}
