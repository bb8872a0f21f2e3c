/** The outcome of each operation, on the queue and on the receipt. */

import { describe, expect, test } from "vitest";
import { lines } from "../../frontend/scripts/offline/diary.ts";
import { cards } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import { read } from "../../frontend/scripts/offline/store.ts";
import { type Body, entries, everyTestWith, type Letter, later, noLine, only, START, send, sync } from "./city.ts";

const world = everyTestWith();

describe("the outcome of each operation", () => {
  test("applied: the receipt holds number and promise, the entry is gone, the diary knows it", async () => {
    const complaint = await send();
    const { id } = await only();
    await sendQueue();
    const receipt = await read((tx) => tx.objectStore("receipts").get(complaint));
    expect(receipt).toMatchObject({
      number: "7F3K9Q",
      received_at: "2026-11-24T03:00:00.000Z",
      owed: [{ what: "answer", by: "2026-11-26" }],
    });
    expect(await entries()).toEqual([]);
    expect((await lines()).filter((line) => line.id === id).map(({ what }) => what)).toEqual(["queued", "accepted", "acknowledged"]);
  });

  test("duplicate: the server had it, and died before it could say so", async () => {
    await send();
    world.city.replies.push((letter) => {
      sync(world.city, letter);
      return noLine();
    });
    await sendQueue();
    later(2000);
    await sendQueue();
    expect(await entries()).toEqual([]);
    expect(world.city.bodies()[0]?.operations).toEqual(world.city.bodies()[1]?.operations);
    expect(world.city.applied.size).toBe(1);
  });

  test.each(["conflict", "rejected"])("%s: kept and shown with the sentence; what builds on it waits", async (outcome) => {
    const complaint = await send();
    await sendQueue();
    await send({ kind: "complaint.dispute", complaint });
    await send({ kind: "complaint.confirm", complaint });
    const other = await send();
    const [first] = await entries();
    world.city.outcomes.set(first?.id ?? "", { status: outcome, code: "moved_on", message: "Sudah berubah." });
    expect((await sendQueue()).remaining).toBe(0);
    const shown = await cards();
    expect(shown.map(({ state }) => state)).toEqual([outcome, "blocked"]);
    expect(shown[0]?.entry.trouble).toMatchObject({ code: "moved_on", message: "Sudah berubah." });
    expect([...world.city.applied.values()].some((operation) => "complaint" in operation && operation.complaint === other)).toBe(true);
  });

  test("five steps of one case, the third refused: two are in, two wait behind it", async () => {
    const complaint = await send();
    await sendQueue();
    for (let step = 0; step < 5; step += 1) await send({ kind: "complaint.dispute", complaint, fields: { text: `langkah ${step}` } });
    const third = (await entries())[2]?.id ?? "";
    world.city.outcomes.set(third, { status: "rejected", code: "disputed_enough", message: "Cukup." });
    await sendQueue();
    expect((await cards()).map(({ state }) => state)).toEqual(["rejected", "blocked", "blocked"]);
    expect(world.city.applied.size).toBe(3);
  });

  test("retry: kept for later", async () => {
    await send();
    const { id } = await only();
    world.city.outcomes.set(id, { status: "retry", code: "busy" });
    expect(await sendQueue()).toEqual({ remaining: 1, nextAt: START + 2000 });
    world.city.outcomes.clear();
    later(2000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("one outcome is missing: that one is kept, the others are through", async () => {
    await send();
    await send();
    const [missing] = await entries();
    world.city.replies.push(async (letter) => {
      const answer = (await sync(world.city, letter).json()) as { outcomes: { id: string }[] };
      return Response.json({ ...answer, outcomes: answer.outcomes.filter(({ id }) => id !== missing?.id) });
    });
    await sendQueue();
    expect(await only()).toMatchObject({ id: missing?.id, state: "waiting" });
  });

  test("a server that stumbles over one operation does not keep the others for ever", async () => {
    for (let number = 0; number < 3; number += 1) await send();
    const poison = (await entries())[1]?.id;
    const stumble = (letter: Letter): Response =>
      (letter.body as Body).operations.some(({ id }) => id === poison) ? new Response("", { status: 500 }) : sync(world.city, letter);
    for (let number = 0; number < 20; number += 1) world.city.replies.push(stumble);
    for (let pass = 0; pass < 4; pass += 1) {
      await sendQueue();
      later(300_000);
    }
    expect(world.city.applied.size).toBe(2);
    expect(await only()).toMatchObject({ id: poison, state: "waiting" });
  });
});
