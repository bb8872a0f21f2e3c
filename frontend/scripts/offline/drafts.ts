/** What is being written: kept at every change, photos too, because opening the camera can kill the tab. */

import { note } from "./diary.ts";
import { uuid4 } from "./ids.ts";
import type { Prepared } from "./photos.ts";
import { type Draft, type Reading, read, type StoredPhoto, write } from "./store.ts";
import type { Kind } from "./wire.ts";

const FIRST_CHUNK = 128 * 1024;

/** Whose draft of which form about what: one person never meets another's words. */
export function draftKey(owner: string, kind: Kind, subject: string): string {
  return [owner, kind, subject].join("|");
}

export async function load(key: string): Promise<{ draft: Draft | undefined; photos: StoredPhoto[] }> {
  return read(async (tx) => ({ draft: await tx.objectStore("drafts").get(key), photos: await heldBy(tx, key) }));
}

export async function save(key: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await write(async (tx) => {
    const known = await tx.objectStore("drafts").get(key);
    await tx.objectStore("drafts").put({ ...known, key, fields: { ...known?.fields, ...fields }, saved_at: Date.now() });
  });
}

export async function addPhoto(key: string, { blob, sha256 }: Prepared): Promise<StoredPhoto> {
  return write(async (tx) => {
    const place = Math.max(0, ...(await heldBy(tx, key)).map((photo) => photo.place)) + 1;
    const unsent = { state: "kept", created: false, offset: null, chunk: FIRST_CHUNK, attempts: 0, next_at: 0 } as const;
    const photo: StoredPhoto = { id: uuid4(), blob, sha256, size: blob.size, place, holder: key, ...unsent };
    await tx.objectStore("photos").put(photo);
    return photo;
  });
}

export async function removePhoto(id: string): Promise<void> {
  await write(async (tx) => {
    await tx.objectStore("photos").delete(id);
    await note(tx, "draft photo removed", id);
  });
}

/** The photos of a draft or an operation, in the order in which they were added. */
export async function heldBy(tx: Reading, holder: string): Promise<StoredPhoto[]> {
  const photos = await tx.objectStore("photos").index("holder").getAll(holder);
  return photos.sort((a, b) => a.place - b.place);
}
