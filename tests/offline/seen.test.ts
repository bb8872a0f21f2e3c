/** Which state an officer has seen who works without signal. */

import { describe, expect, test } from "vitest";
import { discard } from "../../frontend/scripts/offline/queue.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { setMeta } from "../../frontend/scripts/offline/store.ts";
import { entries, everyTestWith, later, only, send } from "./city.ts";

const world = everyTestWith();

describe("what an officer has seen", () => {
  const part = "018f0000-0000-7000-8000-0000000000aa";
  const visit = { kind: "part.visit", complaint: "c1", fields: { part, finish_on: "2026-12-01", seen: "assigned" } } as const;
  const done = { kind: "part.done", complaint: "c1", fields: { part, outcome: "fixed", work_done: "Ditambal", seen: "assigned" } } as const;
  const seen = async (): Promise<string[]> => (await entries()).map(({ operation }) => ("seen" in operation ? operation.seen : ""));

  test("on one old page, visit and result: the result has seen the visit", async () => {
    await session.begin("018f0000-0000-7000-8000-000000000001", "petugas");
    await send(visit);
    await send(done);
    expect(await seen()).toEqual(["assigned", "in_progress"]);
  });

  test("the same when the visit has arrived meanwhile, but not on a page that is newer", async () => {
    await session.begin("018f0000-0000-7000-8000-000000000001", "petugas");
    await send(visit);
    later(1000);
    await sendQueue();
    await send(done);
    expect(await seen()).toEqual(["in_progress"]);
    await discard((await only()).id);
    later(-2000);
    await setMeta("own_steps", { [part]: { state: "in_progress", at: Date.now() } });
    await send(done);
    expect(await seen()).toEqual(["assigned"]);
  });

  test("a refused visit has changed nothing", async () => {
    await session.begin("018f0000-0000-7000-8000-000000000001", "petugas");
    await send(visit);
    world.city.outcomes.set((await only()).id, { status: "rejected", code: "invalid" });
    await sendQueue();
    await send(done);
    expect(await seen()).toEqual(["assigned", "assigned"]);
  });
});
