/** The sender: in order, one at a time, whoever starts it. */

import { describe, expect, test, vi } from "vitest";
import { listen, type QueueEvent } from "../../frontend/scripts/offline/events.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { setMeta, write } from "../../frontend/scripts/offline/store.ts";
import { ANI, entries, everyTestWith, later, noLine, only, send, status, sync } from "./city.ts";

const world = everyTestWith();

describe("order", () => {
  test("of one case one after the other, whatever the clock says; cases do not wait for each other", async () => {
    const complaint = await send();
    await sendQueue();
    await send({ kind: "complaint.dispute", complaint, fields: { text: "pertama" } });
    later(-3600_000);
    await send({ kind: "complaint.dispute", complaint, fields: { text: "kedua" } });
    const waiting = await send();
    await sendQueue();
    const texts = [...world.city.applied.values()].flatMap((operation) => ("text" in operation ? [operation.text] : []));
    expect(texts.indexOf("pertama")).toBeLessThan(texts.indexOf("kedua"));
    expect(world.city.bodies()[1]?.operations.map((operation) => "complaint" in operation && operation.complaint)).toEqual([
      complaint,
      waiting,
    ]);
    expect(world.city.bodies()[2]?.operations).toHaveLength(1);
  });

  test("an operation never changes once it is queued", async () => {
    await send();
    const { operation } = await only();
    for (const reply of [noLine, status(500), status(429)]) world.city.replies.push(reply);
    for (let pass = 0; pass < 4; pass += 1) {
      await sendQueue();
      later(300_000);
    }
    expect(world.city.bodies()).toHaveLength(4);
    for (const { operations } of world.city.bodies()) expect(operations).toEqual([JSON.parse(JSON.stringify(operation))]);
  });

  test("what was queued during a running pass goes with it", async () => {
    await send();
    world.city.replies.push(async (letter) => {
      await send();
      return sync(world.city, letter);
    });
    await sendQueue();
    expect(await entries()).toEqual([]);
    expect(world.city.applied.size).toBe(2);
  });

  test("stopped in the middle: `sending` is not believed after a restart", async () => {
    await send();
    const entry = await only();
    await write((tx) => tx.objectStore("operations").put({ ...entry, state: "sending", attempts: 1 }));
    await sendQueue();
    expect(world.city.applied.size).toBe(1);
    expect(await entries()).toEqual([]);
  });

  test("page and worker at once: one waits for the other, nothing goes twice", async () => {
    for (let number = 0; number < 3; number += 1) await send();
    vi.resetModules();
    const other = await import("../../frontend/scripts/offline/sender.ts");
    const [here, there] = await Promise.all([sendQueue(), other.send(), sendQueue()]);
    expect([here.remaining, there.remaining]).toEqual([0, 0]);
    expect(world.city.syncs()).toHaveLength(1);
    expect(await entries()).toEqual([]);
  });

  test("hundreds go in several requests", async () => {
    for (let number = 0; number < 120; number += 1) await send();
    await sendQueue();
    expect(world.city.bodies().map(({ operations }) => operations.length)).toEqual([50, 50, 20]);
  });
});

describe("news", () => {
  test("come with every answer, and are asked for when nothing is left to send", async () => {
    await session.begin(ANI, "ani");
    await setMeta("news_at", 0);
    const heard: QueueEvent[] = [];
    const deaf = listen((event) => heard.push(event));
    const page = (cursor: number, more: boolean) =>
      status(200, { outcomes: [], changed: [{ url: `/complaints/${cursor}`, version: 1 }], cursor, more });
    world.city.replies.push(page(1, true), page(2, false));
    await sendQueue();
    await sendQueue();
    expect(world.city.bodies().map(({ cursor }) => cursor)).toEqual([0, 1]);
    await vi.waitFor(() => expect(heard.filter(({ type }) => type === "changed")).toHaveLength(2));
    deaf();
  });
});

describe("what listeners hear", () => {
  test("that a case has arrived, and once that all of it is there: after the last photo", async () => {
    const heard: boolean[] = [];
    const deaf = listen((event) => {
      if (event.type === "received") heard.push(event.whole);
    });
    await send({ photos: [10, 20] });
    await sendQueue();
    await send();
    await sendQueue();
    await vi.waitFor(() => expect(heard).toEqual([false, false, true, true]));
    deaf();
  });
});
