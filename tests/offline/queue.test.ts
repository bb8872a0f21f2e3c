/** Into the queue and out of it: whole, in sight, and never in silence. */

import { describe, expect, test, vi } from "vitest";
import { lines } from "../../frontend/scripts/offline/diary.ts";
import { addPhoto, draftKey, load, removePhoto, save } from "../../frontend/scripts/offline/drafts.ts";
import { exported } from "../../frontend/scripts/offline/exports.ts";
import { sha256 } from "../../frontend/scripts/offline/ids.ts";
import { cards, count, discard, mend } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { close, read } from "../../frontend/scripts/offline/store.ts";
import { entries, everyTestWith, noLine, only, photosHere, picture, send, trySend } from "./city.ts";

const world = everyTestWith();
const NEW = draftKey("", "complaint.submit", "");

describe("queueing a complaint", () => {
  test("moves text and photos from the draft into the queue, with the key of the case", async () => {
    const complaint = await send({
      photos: [10, 20],
      fields: { area: "35.73.01.1001", area_estimated: "true", latitude: "-7.98", longitude: "112.63" },
    });
    const { operation } = await only();
    const receipt = await read((tx) => tx.objectStore("receipts").get(complaint));
    expect(operation).toMatchObject({
      kind: "complaint.submit",
      complaint,
      owner: null,
      claim_hash: await sha256(receipt?.key ?? ""),
      place: { latitude: -7.98, longitude: 112.63, area: "35.73.01.1001", area_estimated: true, address: "depan pasar" },
      photos: [{ size: 10 }, { size: 20 }],
    });
    expect((await photosHere()).map(({ holder }) => holder)).toEqual([operation.id, operation.id]);
    expect((await load(NEW)).draft).toBeUndefined();
    expect(await count()).toBe(1);
    expect((await cards())[0]?.bytes).toBeGreaterThan(30);
  });

  test("either everything is on the phone or nothing: no room for the receipt, and the draft is still there", async () => {
    await save(NEW, { text: "Lubang" });
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === "receipts") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    });
    await expect(send({ photos: [10] })).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(await entries()).toEqual([]);
    const { draft, photos } = await load(NEW);
    expect(draft?.fields["text"]).toBe("Lubang di depan pasar");
    expect(photos).toHaveLength(1);
    vi.restoreAllMocks();
    await send();
    expect(await count()).toBe(1);
  });

  test("is refused where this phone holds neither account nor key of the case", async () => {
    expect(await trySend({ kind: "complaint.confirm", complaint: "018f0000-0000-7000-8000-00000000000c" })).toBeUndefined();
    expect(await count()).toBe(0);
  });

  test("steps of an officer name their part, their days and their photos", async () => {
    await session.begin("018f0000-0000-7000-8000-000000000001", "petugas");
    const part = "018f0000-0000-7000-8000-0000000000aa";
    await send({
      kind: "part.visit",
      complaint: "c1",
      fields: { part, text: "Sudah dilihat", finish_on: "2026-12-01", seen: "assigned" },
      photos: [10],
    });
    await send({
      kind: "part.done",
      complaint: "c2",
      fields: { part, outcome: "fixed", work_done: "Ditambal", work_done_on: "2026-11-24", work_done_by: "Regu 2" },
    });
    const [visit, done] = await entries();
    expect(visit?.operation).toMatchObject({ kind: "part.visit", part, seen: "assigned", finish_on: "2026-12-01", photos: [{ size: 10 }] });
    expect(done?.operation).toMatchObject({ kind: "part.done", part, outcome: "fixed", work_done_by: "Regu 2", photos: [] });
    expect(done?.operation).not.toHaveProperty("text");
  });
});

describe("drafts", () => {
  test("keep each change and each photo, for the one who writes", async () => {
    await save(NEW, { text: "Lub" });
    await addPhoto(NEW, await picture(10));
    await save(NEW, { text: "Lubang", address: "pasar" });
    await close(); // the camera has killed the tab
    const { draft, photos } = await load(NEW);
    expect(draft?.fields).toEqual({ text: "Lubang", address: "pasar" });
    expect(await photos[0]?.blob.arrayBuffer()).toHaveProperty("byteLength", 10);
    expect((await load(draftKey("somebody", "complaint.submit", ""))).draft).toBeUndefined();
  });

  test("a removed photo does not travel", async () => {
    const kept = await addPhoto(NEW, await picture(10));
    const removed = await addPhoto(NEW, await picture(20));
    await removePhoto(removed.id);
    await send();
    expect((await only()).operation).toMatchObject({ photos: [{ id: kept.id }] });
  });
});

describe("mending", () => {
  test("a refused complaint comes back as the same case under a new operation", async () => {
    const complaint = await send({ photos: [10], fields: { category: "A01" } });
    const refused = await only();
    world.city.outcomes.set(refused.id, { status: "rejected", code: "invalid", message: "Di mana?", fields: { place: "Di mana?" } });
    await sendQueue();
    expect(await mend(refused.id)).toBe("/complaints/new");
    const { draft, photos } = await load(NEW);
    expect(draft?.fields).toMatchObject({ text: "Lubang di depan pasar", secrecy: "name_hidden", category: "A01", address: "depan pasar" });
    expect(draft?.fields).not.toHaveProperty("claim_hash");
    expect(photos).toHaveLength(1);
    expect(await count()).toBe(1);

    world.city.outcomes.clear();
    expect(await send({ fields: { address: "Jl. Gajayana" } })).toBe(complaint);
    const mended = await only();
    expect(mended.id).not.toBe(refused.id);
    expect(mended.operation).toMatchObject({ complaint, place: { address: "Jl. Gajayana" }, photos: [{ size: 10 }] });
    expect(mended.operation).toHaveProperty("claim_hash", (refused.operation as { claim_hash?: string }).claim_hash);
    await sendQueue();
    expect(await entries()).toEqual([]);
    expect(await photosHere()).toEqual([]);
  });

  test("who becomes anonymous while mending gets another case and another key", async () => {
    const complaint = await send();
    const { id } = await only();
    world.city.outcomes.set(id, { status: "rejected", code: "invalid" });
    await sendQueue();
    await mend(id);
    const other = await send({ fields: { secrecy: "anonymous" } });
    expect(other).not.toBe(complaint);
    expect(other[14]).toBe("4");
    expect(await read((tx) => tx.objectStore("receipts").get(complaint))).toBeUndefined();
  });

  test("one that was never tried becomes the draft again; one that was cannot be touched", async () => {
    await send({ photos: [10] });
    const { id } = await only();
    await mend(id);
    expect(await entries()).toEqual([]);
    expect((await load(NEW)).photos).toHaveLength(1);

    await send();
    world.city.replies.push(noLine);
    await sendQueue();
    expect(await mend((await only()).id)).toBeUndefined();
    expect(await count()).toBe(1);
  });
});

describe("nothing disappears unsaid", () => {
  test("the diary tells of every deletion, and never a text", async () => {
    await send({ photos: [10] });
    const { id } = await only();
    const [photo] = await photosHere();
    await discard(id);
    const told = await lines();
    expect(told.map(({ what, id: about }) => [what, about])).toEqual([
      ["queued", id],
      ["photo discarded", photo?.id],
      ["discarded", id],
      ["receipt discarded", expect.any(String)],
    ]);
    expect(JSON.stringify(told)).not.toContain("Lubang");
  });

  test("the diary forgets what is older than its last 500 lines", async () => {
    for (let number = 0; number < 170; number += 1) {
      await send();
      await discard((await only()).id);
    }
    expect(await lines()).toHaveLength(500);
  });

  test("an entry can be carried away as a file, photos and key in it", async () => {
    const complaint = await send({ photos: [10] });
    const file = await exported((await only()).id);
    const content = JSON.parse((await file?.text()) ?? "");
    expect(content).toMatchObject({
      operation: { complaint },
      key: expect.stringMatching(/^.{26}$/),
      photos: [{ base64: "AAECAwQFBgcICQ==" }],
    });
  });
});
