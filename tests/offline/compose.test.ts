/** From a form to what travels, and back, for every kind a phone may queue. */

import { describe, expect, test } from "vitest";
import { keep } from "../../frontend/scripts/offline/claims.ts";
import { type Fields, fieldsOf } from "../../frontend/scripts/offline/compose.ts";
import { claimKey } from "../../frontend/scripts/offline/ids.ts";
import { send as sendQueue } from "../../frontend/scripts/offline/sender.ts";
import * as session from "../../frontend/scripts/offline/session.ts";
import { read } from "../../frontend/scripts/offline/store.ts";
import { type Kind, SHAPES } from "../../frontend/scripts/offline/wire.ts";
import { ANI, entries, everyTestWith, only, send } from "./city.ts";

everyTestWith();

const PART = "018f0000-0000-7000-8000-0000000000aa";
const CASE = "018f0000-0000-7000-8000-00000000000c";
const QUESTION = "018f0000-0000-7000-8000-0000000000bb";

const FILLED: Readonly<Partial<Record<Kind, Fields>>> = {
  "complaint.reply": { question: QUESTION, text: "Di seberang masjid", seen: "needs_info" },
  "complaint.add": { text: "Sekarang tambah dalam" },
  "complaint.object": { text: "Ini jalan kota", seen: "rejected" },
  "complaint.withdraw": { own_will: "false", text: "Saya diminta mencabut", seen: "forwarded" },
  "complaint.confirm": { seen: "resolved" },
  "complaint.dispute": { text: "Masih berlubang", part: PART, seen: "resolved" },
  "complaint.rate": { stars: "4", text: "Cepat" },
  "complaint.follow": { on: "false" },
  "complaint.still_broken": { text: "Masih mampet" },
  "part.ask": { part: PART, question_kind: "place", text: "Di sebelah mana?", seen: "assigned" },
  "part.visit": { part: PART, text: "Sudah dilihat", finish_on: "2026-12-01", seen: "assigned" },
  "part.done": {
    part: PART,
    outcome: "fixed",
    work_done: "Ditambal",
    work_done_on: "2026-11-24",
    work_done_by: "Regu 2",
    seen: "assigned",
  },
};
const STEPS = Object.keys(SHAPES).filter((name) => name.includes(".") && name !== "complaint.submit") as Kind[];

describe("every kind", () => {
  test.each(STEPS)("%s says what its form held, and nothing else; and leads back to it", async (kind) => {
    await session.begin(ANI, "ani");
    const filled = FILLED[kind];
    if (filled === undefined) throw new Error("a kind without an example");
    await send({ kind, complaint: CASE, fields: { text: "", ...filled, operation_id: "form", elsewhere: "no field of it" } });
    const { operation } = await only();
    const { kind: said, id, owner, occurred_at, ...rest } = operation;
    expect([said, owner, typeof id, typeof occurred_at]).toEqual([kind, ANI, "string", "string"]);
    expect(Object.keys(rest).filter((name) => !(name in SHAPES[kind]))).toEqual([]);
    expect(fieldsOf(operation)).toMatchObject(filled);
  });

  test("stars are a number, own will and not to follow are said, not to know is an answer without a word", async () => {
    await session.begin(ANI, "ani");
    await send({ kind: "complaint.rate", complaint: "c1", fields: { stars: "5", text: "" } });
    await send({ kind: "complaint.withdraw", complaint: "c2", fields: { own_will: "true", text: "" } });
    await send({ kind: "complaint.follow", complaint: "c3", fields: { on: "false" } });
    await send({ kind: "complaint.reply", complaint: "c4", fields: { question: QUESTION, text: "", unknown: "true" } });
    const [rated, withdrawn, followed, replied] = (await entries()).map(({ operation }) => operation);
    expect(rated).toMatchObject({ stars: 5 });
    expect(rated).not.toHaveProperty("text");
    expect(withdrawn).toMatchObject({ own_will: true });
    expect(followed).toMatchObject({ on: false });
    expect(replied).toMatchObject({ unknown: true, question: QUESTION });
  });
});

describe("who has no account", () => {
  test("answers a question with the key of the case in the operation", async () => {
    const complaint = await send();
    await sendQueue();
    await send({ kind: "complaint.reply", complaint, fields: { question: QUESTION, text: "Depan toko" }, photos: [10] });
    const key = (await read((tx) => tx.objectStore("receipts").get(complaint)))?.key;
    expect((await only()).operation).toMatchObject({ claim: key, owner: null, question: QUESTION, photos: [{ size: 10 }] });
  });

  test("answers without a name as before: no time, no id that holds one, alone", async () => {
    const complaint = await send({ fields: { secrecy: "anonymous" } });
    await sendQueue();
    await send({ kind: "complaint.reply", complaint, fields: { question: QUESTION, text: "Depan toko" } });
    const { operation, anonymous } = await only();
    expect(anonymous).toBe(true);
    expect(operation.id[14]).toBe("4");
    expect(operation).not.toHaveProperty("occurred_at");
  });
});

describe("a new complaint", () => {
  const CONTACT = { contact_name: "Siti", contact_phone: "0812 3456 7890", contact_may_call: "true" };

  test("brings the contact and what only officers read, if somebody wrote it", async () => {
    await send({ fields: { ...CONTACT, private: "3573014507920003" } });
    const { operation } = await only();
    expect(operation).toMatchObject({
      contact: { name: "Siti", phone: "0812 3456 7890", may_call: true },
      private: "3573014507920003",
    });
    expect(fieldsOf(operation)).toMatchObject(CONTACT);
  });

  test("that officers may call is no contact by itself, and without a name there is none at all", async () => {
    await send({ fields: { contact_may_call: "true", contact_name: "" } });
    await send({ fields: { ...CONTACT, secrecy: "anonymous" } });
    for (const { operation } of await entries()) expect(operation).not.toHaveProperty("contact");
  });

  test("goes on from an ended one of the same person, and proves its key", async () => {
    const previous = await send();
    await sendQueue();
    const key = (await read((tx) => tx.objectStore("receipts").get(previous)))?.key;
    await send({ fields: { previous } });
    expect((await only()).operation).toMatchObject({ previous, claim: key });
  });

  test("is never joined to one under another name, nor to one this phone knows nothing of", async () => {
    const named = await send();
    const nameless = await send({ fields: { secrecy: "anonymous" } });
    await sendQueue();
    await keep(claimKey(), { id: CASE, number: "7F3K9Q", anonymous: false });
    await send({ fields: { previous: named, secrecy: "anonymous" } });
    await send({ fields: { previous: nameless } });
    await send({ fields: { previous: PART } });
    await session.begin(ANI, "ani");
    await send({ fields: { previous: named } });
    for (const { operation } of await entries()) expect(operation).not.toHaveProperty("previous");
    await send({ fields: { previous: PART } });
    expect((await entries()).at(-1)?.operation).toMatchObject({ previous: PART, owner: ANI });
  });
});
