/** Photos on their way, and every answer to them. */

import { describe, expect, test } from "vitest";
import { lines } from "../../frontend/scripts/offline/diary.ts";
import { cards, discard } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { read, write } from "../../frontend/scripts/offline/store.ts";
import { entries, everyTestWith, type Letter, later, noLine, only, photosHere, type Reply, START, send, status, sync } from "./city.ts";

const world = everyTestWith();
const KB = 1024;

function paths(): string[] {
  return world.city.letters.map(({ method, path }) => `${method} ${path.startsWith("/api/photos/") ? "/api/photos/…" : path}`);
}

const text: Reply = (letter) => sync(world.city, letter);

describe("photos follow the text", () => {
  test("in pieces, each continuing where the last ended; then the phone lets go", async () => {
    await send({ photos: [300 * KB, 10] });
    await sendQueue();
    const patch = "PATCH /api/photos/…";
    expect(paths()).toEqual(["POST /api/sync", "POST /api/photos", patch, patch, patch, "POST /api/photos", patch]);
    expect([...world.city.photos.values()].map(({ length }) => length).sort()).toEqual([10, 300 * KB]);
    expect(await entries()).toEqual([]);
    expect(await photosHere()).toEqual([]);
    expect((await lines()).filter(({ what }) => what === "photo acknowledged")).toHaveLength(2);
  });

  test("a text queued meanwhile goes before the next piece", async () => {
    await send({ photos: [300 * KB] });
    world.city.replies.push(text, async () => {
      await send();
      return new Response("", { status: 201, headers: { Location: "/api/photos/x", "Upload-Offset": "0" } });
    });
    await sendQueue();
    expect(paths().slice(0, 3)).toEqual(["POST /api/sync", "POST /api/photos", "POST /api/sync"]);
  });

  test("the receipt stands before the first photo", async () => {
    const complaint = await send({ photos: [10] });
    world.city.replies.push(text, noLine);
    await sendQueue();
    expect(await read((tx) => tx.objectStore("receipts").get(complaint))).toMatchObject({ number: "7F3K9Q" });
    expect((await cards())[0]).toMatchObject({ state: "photos", bytes: 10 });
  });

  test("broken in the middle: asks what has arrived, goes on from there", async () => {
    await send({ photos: [200 * KB] });
    const half: Reply = async (letter) => {
      const id = letter.path.split("/").pop() ?? "";
      world.city.photos.set(id, new Uint8Array((letter.body as ArrayBuffer).slice(0, 50 * KB)));
      return noLine();
    };
    world.city.replies.push(text);
    const create: Reply = ({ headers }) => {
      const id = atob((headers.get("Upload-Metadata") ?? "").slice(3));
      world.city.photos.set(id, new Uint8Array());
      return new Response("", { status: 201, headers: { Location: `/api/photos/${id}`, "Upload-Offset": "0" } });
    };
    world.city.replies.push(create, half);
    expect(await sendQueue()).toEqual({ remaining: 1, nextAt: START + 2000 });
    later(2000);
    await sendQueue();
    expect(paths().slice(3)).toEqual(["HEAD /api/photos/…", "PATCH /api/photos/…", "PATCH /api/photos/…"]);
    const [arrived] = [...world.city.photos.values()];
    expect(arrived).toEqual(new Uint8Array(200 * KB).map((_, at) => at % 251));
    expect(await entries()).toEqual([]);
  });

  test("all of it is there already: nothing is sent again", async () => {
    await send({ photos: [10] });
    world.city.replies.push(text, status(200, {}, { "Upload-Offset": "10" }));
    await sendQueue();
    expect(paths()).toEqual(["POST /api/sync", "POST /api/photos"]);
    expect(await entries()).toEqual([]);
  });

  test("days later, after a restart, it goes on", async () => {
    await send({ photos: [10] });
    world.city.replies.push(text, noLine);
    await sendQueue();
    later(6 * 24 * 3600_000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("a guest proves each photo with the key of its case; an account with its session", async () => {
    const complaint = await send({ photos: [10], fields: { secrecy: "anonymous" } });
    const key = (await read((tx) => tx.objectStore("receipts").get(complaint)))?.key;
    await sendQueue();
    await session.begin("018f0000-0000-7000-8000-000000000001", "ani");
    await send({ photos: [10] });
    await sendQueue();
    const photos = world.city.letters.filter(({ path }) => path.startsWith("/api/photos"));
    const proofs = photos.map(({ headers, credentials }) => [headers.get("Authorization"), credentials]);
    expect(proofs).toEqual([
      [`Claim ${key}`, "omit"],
      [`Claim ${key}`, "omit"],
      [null, "same-origin"],
      [null, "same-origin"],
    ]);
  });
});

describe("what an answer to a photo means", () => {
  const afterText = async (...replies: Reply[]): Promise<void> => {
    await send({ photos: [200 * KB] });
    world.city.replies.push(text, ...replies);
    await sendQueue();
  };

  test.each([408, 425, 500, 502, 503, 504, 404, 403])("%i: kept, tried again later", async (code) => {
    await afterText(status(code));
    expect((await cards())[0]?.state).toBe("photos");
    later(2000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("a captive portal answers 200: kept, the line is taken for dead", async () => {
    await afterText(() => new Response("<html>"));
    expect(world.city.photos.size).toBe(0);
    later(2000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("429: the whole queue waits", async () => {
    await afterText(status(429, {}, { "Retry-After": "30" }));
    await send();
    await sendQueue();
    expect(world.city.letters).toHaveLength(2);
    later(33_000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("401: waits for the account's next sign-in", async () => {
    await session.begin("018f0000-0000-7000-8000-000000000001", "ani");
    await afterText(status(401));
    expect((await cards())[0]?.state).toBe("needs_login");
    await session.begin("018f0000-0000-7000-8000-000000000001", "ani");
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("409: the server's offset is the truth", async () => {
    const created: Reply = ({ headers }) => {
      const id = atob((headers.get("Upload-Metadata") ?? "").slice(3));
      world.city.photos.set(
        id,
        new Uint8Array(100).map((_, at) => at % 251),
      );
      return new Response("", { status: 201, headers: { Location: "/api/photos/x", "Upload-Offset": "0" } });
    };
    await afterText(created);
    expect(paths().slice(2, 4)).toEqual(["PATCH /api/photos/…", "HEAD /api/photos/…"]);
    expect(await entries()).toEqual([]);
  });

  test("413 on a piece: smaller pieces, down to 16 KiB; then it is refused and stays in sight", async () => {
    const small = (letter: Letter): Response =>
      letter.method === "PATCH"
        ? new Response("{}", { status: 413 })
        : new Response(null, { status: 200, headers: { "Upload-Offset": "0" } });
    const created = status(201, {}, { Location: "/api/photos/x", "Upload-Offset": "0" });
    await afterText(created, small, small, small, small, small, small, small);
    const sizes = world.city.letters.filter(({ method }) => method === "PATCH").map(({ body }) => (body as ArrayBuffer).byteLength / KB);
    expect(sizes).toEqual([128, 64, 32, 16]);
    expect((await cards())[0]?.state).toBe("photo_lost");
    expect(await photosHere()).toMatchObject([{ state: "refused", size: 200 * KB }]);
  });

  test.each([410, 400, 415, 422])("%i: this photo is refused alone, with the server's sentence; the others go", async (code) => {
    await send({ photos: [10, 20] });
    world.city.replies.push(text, status(code, { code: "not_a_photo", message: "Bukan foto." }));
    await sendQueue();
    expect((await cards())[0]).toMatchObject({ state: "photo_lost", entry: { trouble: { message: "Bukan foto." } } });
    expect([...world.city.photos.values()].map(({ length }) => length)).toEqual([20]);
    expect(await sendQueue()).toEqual({ remaining: 0, nextAt: null });
  });

  test("460: the server begins anew, and so do we, from what it says", async () => {
    const created = status(201, {}, { Location: "/api/photos/x", "Upload-Offset": "0" });
    const reset: Reply = (letter) => {
      world.city.photos.set(letter.path.split("/").pop() ?? "", new Uint8Array());
      return new Response("{}", { status: 460 });
    };
    await afterText(created, reset);
    later(2000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("460 and the phone's own copy is damaged: lost, and said so", async () => {
    await send({ photos: [10] });
    const [photo] = await photosHere();
    if (photo === undefined) throw new Error("no photo");
    await write((tx) => tx.objectStore("photos").put({ ...photo, sha256: "0".repeat(64) }));
    world.city.replies.push(text, status(201, {}, { Location: "/api/photos/x", "Upload-Offset": "0" }), status(460));
    await sendQueue();
    expect((await cards())[0]?.state).toBe("photo_lost");
  });
});

describe("a photo the browser has lost", () => {
  test("does not keep the text; the card says so until it is discarded", async () => {
    const complaint = await send({ photos: [10] });
    const [photo] = await photosHere();
    await write((tx) => tx.objectStore("photos").delete(photo?.id ?? ""));
    await sendQueue();
    expect((await cards())[0]?.state).toBe("photo_lost");
    expect(await read((tx) => tx.objectStore("receipts").get(complaint))).toMatchObject({ number: "7F3K9Q" });
    await discard((await only()).id);
    expect(await entries()).toEqual([]);
    expect((await read((tx) => tx.objectStore("receipts").get(complaint)))?.key).toHaveLength(26);
  });

  test("discarded while it was on its way: it does not come back", async () => {
    await send({ photos: [200 * KB] });
    const { id } = await only();
    world.city.replies.push(text, status(201, {}, { Location: "/api/photos/x", "Upload-Offset": "0" }), async () => {
      await discard(id);
      return new Response(null, { status: 204, headers: { "Upload-Offset": String(128 * KB) } });
    });
    await sendQueue();
    expect(await photosHere()).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  test("the photos of a step that came too late still go to its case", async () => {
    const complaint = await send();
    await sendQueue();
    await send({ kind: "complaint.dispute", complaint, photos: [10] });
    const { id, operation } = await only();
    world.city.outcomes.set(id, { status: "conflict", code: "moved_on" });
    world.city.applied.set(id, operation);
    await sendQueue();
    expect([...world.city.photos.values()].map(({ length }) => length)).toEqual([10]);
    expect((await cards())[0]?.state).toBe("conflict");
  });
});
