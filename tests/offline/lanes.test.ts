/** Who sends what, together with whom, and with which proofs. */

import { describe, expect, test } from "vitest";
import { keep } from "../../frontend/scripts/offline/claims.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { read } from "../../frontend/scripts/offline/store.ts";
import { ANI, type Body, everyTestWith, send } from "./city.ts";

const world = everyTestWith();

describe("who sends what", () => {
  test("somebody anonymous travels alone, without session, device, claims, cursor or time", async () => {
    await send();
    await sendQueue();
    await send({ fields: { secrecy: "anonymous", text: "pertama" } });
    await send();
    await send({ fields: { secrecy: "anonymous", text: "kedua" } });
    await sendQueue();
    const anonymous = world.city
      .syncs()
      .filter(({ body }) => (body as Body).operations.some((op) => "secrecy" in op && op.secrecy === "anonymous"));
    expect(anonymous).toHaveLength(2);
    for (const { body, credentials } of anonymous) {
      const { device_id, claims, cursor, operations } = body as Body;
      expect({ credentials, device_id, claims, cursor, alone: operations.length }).toEqual({
        credentials: "omit",
        device_id: undefined,
        claims: [],
        cursor: 0,
        alone: 1,
      });
      const [operation] = operations;
      expect(operation?.id[14]).toBe("4");
      expect(operation).toMatchObject({
        owner: null,
        complaint: expect.stringMatching(/^.{14}4/),
        claim_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(operation).not.toHaveProperty("occurred_at");
    }
  });

  test("later steps of an anonymous case are just as lonely, and carry its key", async () => {
    const complaint = await send({ fields: { secrecy: "anonymous" } });
    await sendQueue();
    await session.begin(ANI, "ani");
    await send({ kind: "complaint.confirm", complaint });
    await send();
    await sendQueue();
    const [step] = world.city.bodies().filter(({ operations }) => operations[0]?.kind === "complaint.confirm");
    const key = (await read((tx) => tx.objectStore("receipts").get(complaint)))?.key;
    expect(step?.operations).toHaveLength(1);
    expect(step?.operations[0]).toMatchObject({ owner: null, claim: key });
    expect(step?.device_id).toBeUndefined();
  });

  test("a guest sends without cookies, with a key for each case and the proofs of those it has", async () => {
    const complaint = await send();
    await sendQueue();
    const key = (await read((tx) => tx.objectStore("receipts").get(complaint)))?.key;
    await send({ kind: "complaint.confirm", complaint });
    await sendQueue();
    expect(world.city.syncs().map(({ credentials }) => credentials)).toEqual(["omit", "omit"]);
    const second = world.city.bodies()[1];
    expect(second?.claims).toEqual([key]);
    expect(second?.operations[0]).toMatchObject({ claim: key, owner: null, occurred_at: expect.any(String) });
  });

  test("an account sends with its session and brings no key", async () => {
    await session.begin(ANI, "ani");
    const complaint = await send();
    await sendQueue();
    const [letter] = world.city.syncs();
    expect(letter).toMatchObject({ credentials: "same-origin", redirect: "error" });
    const operation = world.city.bodies()[0]?.operations[0];
    expect(operation).toMatchObject({ owner: ANI });
    expect(operation).not.toHaveProperty("claim_hash");
    expect((await read((tx) => tx.objectStore("receipts").get(complaint)))?.key).toBeNull();
  });

  test("whoever opened a case with its card can answer it from this phone", async () => {
    const complaint = "018f0000-0000-7000-8000-00000000000c";
    await keep("abcd efgh jkmn pqrs tvwx yz01 23", { id: complaint, number: "7F3K9Q", anonymous: false });
    await send({ kind: "complaint.confirm", complaint });
    await sendQueue();
    expect(world.city.bodies()[0]?.operations[0]).toMatchObject({ claim: "ABCDEFGHJKMNPQRSTVWXYZ0123" });
  });
});
