/** An entry as a file, for whoever must carry it to the server by another way. */

import { heldBy } from "./drafts.ts";
import { read } from "./store.ts";

export async function exported(id: string): Promise<Blob | undefined> {
  const { entry, receipt, photos } = await read(async (tx) => {
    const entry = await tx.objectStore("operations").get(id);
    const receipt = entry && (await tx.objectStore("receipts").get(entry.complaint));
    return { entry, receipt, photos: await heldBy(tx, id) };
  });
  if (entry === undefined) return undefined;
  const pictures = await Promise.all(photos.map(async ({ id, sha256, blob }) => ({ id, sha256, base64: await base64(blob) })));
  const content = { operation: entry.operation, key: receipt?.key ?? null, photos: pictures };
  return new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
}

async function base64(blob: Blob): Promise<string | null> {
  const bytes = await blob.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
  return bytes && btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
