/** One request to `/api/sync`: a batch of operations there, their outcomes and the news back. */

import { askedToWait, backOff, meaning, NO_ANSWER } from "./answers.ts";
import { keysToSend } from "./claims.ts";
import { tell } from "./events.ts";
import { type Answer, ask, isRecord, troubleOf } from "./http.ts";
import { keep, refuse, settle } from "./outcomes.ts";
import * as pauses from "./pauses.ts";
import * as session from "./session.ts";
import { deviceId, type Entry, meta, read, type Writing, write } from "./store.ts";
import { type Outcome, PROTOCOL, photosOf, type SyncAnswer } from "./wire.ts";

const LIMIT = 20_000;
const UPDATE_WAIT = 10 * 60_000;

/** In whose name a request goes: the account's (with its session), all open cases of a guest, or one anonymous case. */
export interface Lane {
  readonly owner: string | null;
  readonly anonymous: boolean;
}

/** `on`: there may be more to do at once. `stop`: no request now has a chance. */
export type Next = "on" | "stop";

export async function send(batch: readonly Entry[]): Promise<Next> {
  const [first] = batch;
  if (first === undefined) return "on";
  const tried = await attempt(batch);
  if (tried.length === 0) return "on";
  return receive(first, tried, await post(first, tried));
}

/** Asks for news alone. */
export async function askForNews(lane: Lane): Promise<Next> {
  const answer = await post(lane, []);
  if (meaning(answer.status, answer.header("Retry-After")) === "login") await session.lost();
  const news = syncAnswer(answer.body);
  if (answer.status !== 200 || news === undefined) return "stop";
  return takeNews(lane, news);
}

/** Counted before it leaves, so that an attempt cut short counts too. */
async function attempt(batch: readonly Entry[]): Promise<Entry[]> {
  const tried = await write(async (tx) => {
    const found = await stillThere(tx, batch);
    const sending = found.map((entry): Entry => ({ ...entry, state: "sending", attempts: entry.attempts + 1 }));
    for (const entry of sending) await tx.objectStore("operations").put(entry);
    return sending;
  });
  tell({ type: "queue" });
  return tried;
}

async function post(lane: Lane, batch: readonly Entry[]): Promise<Answer> {
  const body = {
    protocol: PROTOCOL,
    ...(lane.anonymous ? {} : { device_id: await deviceId() }),
    sent_at: new Date().toISOString(),
    cursor: lane.anonymous ? 0 : await meta(cursorOf(lane), 0),
    claims: lane.anonymous || lane.owner !== null ? [] : await read(keysToSend),
    operations: batch.map(({ operation }) => operation),
  };
  const credentials = lane.owner === null ? "omit" : "same-origin";
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return ask("/api/sync", { method: "POST", headers, credentials, body: JSON.stringify(body) }, LIMIT);
}

async function receive(lane: Lane, batch: readonly Entry[], answer: Answer): Promise<Next> {
  const next = await understand(lane, batch, answer);
  tell({ type: "queue" });
  return next;
}

async function understand(lane: Lane, batch: readonly Entry[], answer: Answer): Promise<Next> {
  const retryAfter = answer.header("Retry-After");
  switch (meaning(answer.status, retryAfter)) {
    case "answered":
      return take(lane, batch, answer);
    case "line":
      return lineFailed(batch, answer);
    case "pause":
      await pauses.asked(askedToWait(retryAfter, Date.now()));
      await putBack(batch, answer);
      return "stop";
    case "login":
      return notSignedIn(lane, batch, answer);
    case "outdated":
      await pauses.asked(UPDATE_WAIT);
      await putBack(batch, answer);
      tell({ type: "outdated" });
      return "stop";
    case "too_large":
    case "refused":
      return halve(lane, batch, answer);
    case "fault":
      await pauses.lineWorks();
      await putBack(batch, answer, true);
      return "on";
  }
}

/** A captive portal answers 200 too: only our own form with at least one of our ids is an answer. */
async function take(lane: Lane, batch: readonly Entry[], answer: Answer): Promise<Next> {
  const taken = syncAnswer(answer.body);
  const outcomes = new Map(taken?.outcomes.map((outcome) => [outcome.id, outcome]));
  if (taken === undefined || !batch.some(({ id }) => outcomes.has(id))) return lineFailed(batch, answer);
  await pauses.lineWorks();
  const isOthers = (outcome: Outcome): boolean => lane.owner !== null && outcome.code === "wrong_owner";
  if ([...outcomes.values()].some(isOthers)) await session.lost();
  const serverTime = taken.server_time ?? new Date().toISOString();
  await write(async (tx) => {
    for (const entry of await stillThere(tx, batch)) {
      const outcome = outcomes.get(entry.id);
      if (outcome === undefined) await keep(tx, entry, null, backOff(entry.attempts));
      else if (isOthers(outcome)) await keep(tx, entry, null, 0);
      else await settle(tx, entry, outcome, serverTime);
    }
  });
  const received = batch.filter(({ id }) => ["applied", "duplicate"].includes(outcomes.get(id)?.status ?? ""));
  for (const { complaint, operation } of received) tell({ type: "received", complaint, whole: photosOf(operation).length === 0 });
  return lane.anonymous ? "on" : takeNews(lane, taken);
}

async function takeNews(lane: Lane, { changed, cursor, more }: SyncAnswer): Promise<Next> {
  if (cursor !== undefined && !lane.anonymous) await write((tx) => tx.objectStore("meta").put(cursor, cursorOf(lane)));
  if (changed !== undefined && changed.length > 0) tell({ type: "changed", urls: changed.map(({ url }) => url) });
  return more === true && changed !== undefined && changed.length > 0 ? askForNews(lane) : "on";
}

async function lineFailed(batch: readonly Entry[], answer: Answer): Promise<Next> {
  await pauses.lineFailed();
  await putBack(batch, answer);
  return "stop";
}

async function notSignedIn(lane: Lane, batch: readonly Entry[], answer: Answer): Promise<Next> {
  if (lane.owner === null) {
    await putBack(batch, answer, true);
    return "on";
  }
  await session.lost();
  await putBack(batch, answer);
  return "on";
}

/** Which of them cannot be taken? Halve until it stands alone; the others go on. */
async function halve(lane: Lane, batch: readonly Entry[], answer: Answer): Promise<Next> {
  await pauses.lineWorks();
  if (batch.length === 1) {
    await write(async (tx) => {
      for (const entry of await stillThere(tx, batch)) await refuse(tx, entry, troubleOf(answer));
    });
    return "on";
  }
  const middle = Math.ceil(batch.length / 2);
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
    const next = await receive(lane, half, await post(lane, half));
    if (next === "on") continue;
    await write(async (tx) => {
      const untried = (await stillThere(tx, batch)).filter(({ state }) => state === "sending");
      for (const entry of untried) await keep(tx, entry, null, 0);
    });
    return "stop";
  }
  return "on";
}

async function putBack(batch: readonly Entry[], answer: Answer, faulty = false): Promise<void> {
  const trouble = answer.status === NO_ANSWER ? null : troubleOf(answer);
  await write(async (tx) => {
    for (const entry of await stillThere(tx, batch)) {
      await keep(tx, entry, trouble, faulty ? backOff(entry.attempts) : 0, entry.faults + (faulty ? 1 : 0));
    }
  });
}

/** Without those that were discarded meanwhile. */
async function stillThere(tx: Writing, batch: readonly Entry[]): Promise<Entry[]> {
  const found = await Promise.all(batch.map(({ id }) => tx.objectStore("operations").get(id)));
  return found.filter((entry) => entry !== undefined);
}

function syncAnswer(body: unknown): SyncAnswer | undefined {
  if (!isRecord(body) || !Array.isArray(body["outcomes"])) return undefined;
  const sound = body["outcomes"].every((outcome) => isRecord(outcome) && typeof outcome["id"] === "string");
  return sound ? (body as unknown as SyncAnswer) : undefined;
}

function cursorOf({ owner }: Lane): string {
  return `cursor ${owner ?? "guest"}`;
}
