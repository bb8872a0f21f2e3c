/** What each answer to a batch does: nothing is lost, and the right ones wait. */

import { describe, expect, test, vi } from "vitest";
import { listen, type QueueEvent } from "../../frontend/scripts/offline/events.ts";
import { hurry } from "../../frontend/scripts/offline/pauses.ts";
import { cards } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { ANI, type Body, BUDI, entries, everyTestWith, type Letter, later, noLine, only, START, send, status, sync } from "./city.ts";

const world = everyTestWith();

describe("when the line or the server fails, everything stays on the phone", () => {
  test.each([
    ["there is no network", noLine],
    ["the answer is 408", status(408)],
    ["the answer is 425", status(425)],
    ["the answer is 500", status(500)],
    ["the answer is 502", status(502)],
    ["the answer is 503", status(503)],
    ["the answer is 504", status(504)],
    ["the answer is one nobody has thought of", status(418)],
    ["a captive portal answers 200 with its own page", () => new Response("<html>Wifi gratis</html>")],
    ["a captive portal answers 200 with its own JSON", status(200, { ok: true })],
    ["the answer speaks of other operations", status(200, { outcomes: [{ id: "someone", status: "applied" }] })],
  ])("and goes later, when %s", async (_, reply) => {
    await send();
    world.city.replies.push(reply);
    const before = await only();
    const outlook = await sendQueue();
    const waiting = await only();
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1, operation: before.operation });
    expect(outlook).toEqual({ remaining: 1, nextAt: START + 2000 });

    expect(await sendQueue()).toMatchObject({ remaining: 1 });
    expect(world.city.syncs()).toHaveLength(1);

    later(2000);
    expect(await sendQueue()).toEqual({ remaining: 0, nextAt: null });
    expect(await entries()).toEqual([]);
    expect(world.city.applied.size).toBe(1);
  });

  test("and is tried less and less often, never given up", async () => {
    await send();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 25; attempt += 1) {
      world.city.replies.push(noLine);
      const { nextAt } = await sendQueue();
      waits.push((nextAt ?? 0) - Date.now());
      later(waits.at(-1) ?? 0);
    }
    expect(waits.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
    expect(waits.at(-1)).toBe(300_000);
    expect((await cards())[0]?.state).toBe("attention");
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("and is marked for attention after seven days, and still goes", async () => {
    await send();
    later(8 * 24 * 3600_000);
    expect((await cards())[0]?.state).toBe("attention");
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("and a tap or new signal tries at once", async () => {
    await send();
    world.city.replies.push(noLine, status(500));
    await sendQueue();
    await hurry();
    await sendQueue();
    await hurry();
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("one dead line stops the whole pass, not only one batch", async () => {
    await send({ fields: { secrecy: "anonymous" } });
    await send({ fields: { secrecy: "anonymous" } });
    world.city.replies.push(noLine);
    await sendQueue();
    expect(world.city.syncs()).toHaveLength(1);
  });
});

describe("429, and 503 with Retry-After", () => {
  test.each([429, 503])("%i lets the whole queue wait, and no tap shortens it", async (code) => {
    await send();
    world.city.replies.push(status(code, {}, { "Retry-After": "60" }));
    const { remaining, nextAt } = await sendQueue();
    expect({ remaining, nextAt }).toEqual({ remaining: 1, nextAt: START + 66_000 });
    await send();
    await hurry();
    await sendQueue();
    expect(world.city.syncs()).toHaveLength(1);
    later(66_000);
    await sendQueue();
    expect(await entries()).toEqual([]);
  });
});

describe("the session", () => {
  test("401: what belongs to the account waits for the next sign-in; a guest's goes on", async () => {
    await session.begin(ANI, "ani");
    await send();
    await session.end();
    await send();
    await session.begin(ANI, "ani");
    world.city.replies.push(status(401, { code: "not_signed_in" }));
    expect((await sendQueue()).remaining).toBe(0);
    expect((await cards()).map(({ state }) => state)).toEqual(["needs_login"]);
    expect(world.city.applied.size).toBe(1);

    await session.begin(ANI, "ani");
    await sendQueue();
    expect(await entries()).toEqual([]);
  });

  test("somebody else signs in on the phone: nothing of the first goes in their name", async () => {
    await session.begin(ANI, "ani");
    await send();
    await session.begin(BUDI, "budi");
    await send();
    await sendQueue();
    expect([...world.city.applied.values()].map(({ owner }) => owner)).toEqual([BUDI]);
    expect((await cards()).map(({ state }) => state)).toEqual(["needs_login"]);
    await session.begin(ANI, "ani");
    await sendQueue();
    expect(world.city.applied.size).toBe(2);
  });

  test("signing out keeps the queue", async () => {
    await session.begin(ANI, "ani");
    await send();
    await session.end();
    expect(await sendQueue()).toEqual({ remaining: 0, nextAt: null });
    expect(await entries()).toHaveLength(1);
  });

  test("wrong_owner is kept for the right one, not shown as refused", async () => {
    await session.begin(ANI, "ani");
    await send();
    const { id } = await only();
    world.city.outcomes.set(id, { status: "rejected", code: "wrong_owner" });
    await sendQueue();
    expect((await cards())[0]?.state).toBe("needs_login");
    world.city.outcomes.clear();
    await session.begin(ANI, "ani");
    await sendQueue();
    expect(await entries()).toEqual([]);
  });
});

describe("what cannot be taken", () => {
  test.each([400, 415, 422, 413])("%i on a batch: halved until the one stands alone, the others go on", async (code) => {
    for (let number = 0; number < 5; number += 1) await send({ fields: { text: `Laporan nomor ${number}` } });
    const bad = (await entries())[3]?.id ?? "";
    const picky = (letter: Letter): Response => {
      const { operations } = letter.body as Body;
      const hasBad = operations.some(({ id }) => id === bad);
      return hasBad ? new Response(JSON.stringify({ code: "bad", message: "Tidak terbaca." }), { status: code }) : sync(world.city, letter);
    };
    for (let number = 0; number < 12; number += 1) world.city.replies.push(picky);
    expect((await sendQueue()).remaining).toBe(0);
    const left = await only();
    expect(left).toMatchObject({ id: bad, state: "rejected", trouble: { code: "bad", message: "Tidak terbaca." } });
    expect((await cards())[0]?.mendable).toBe(true);
    expect(world.city.applied.size).toBe(4);
  });

  test("426: stops, asks for a newer program, keeps everything", async () => {
    const heard: QueueEvent[] = [];
    const deaf = listen((event) => heard.push(event));
    await send();
    world.city.replies.push(status(426));
    expect((await sendQueue()).remaining).toBe(1);
    await vi.waitFor(() => expect(heard).toContainEqual({ type: "outdated" }));
    deaf();
    expect(await only()).toMatchObject({ state: "waiting" });
  });
});
