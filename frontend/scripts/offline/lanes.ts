/** What may be sent next, together with what, and what a person is told meanwhile: pure, from the list of what waits. */

import type { Entry, State } from "./store.ts";

/** Whose session this phone has, as the last page said; `valid` until the server says otherwise. */
export interface Session {
  readonly owner: string;
  readonly scope: string;
  readonly valid: boolean;
}

export const NOBODY: Session = { owner: "", scope: "public", valid: false };

export type Shown = State | "photos" | "needs_login" | "blocked" | "attention";

const MOST_TOGETHER = 50;
const LARGEST_BATCH = 64 * 1024;
const FAULTS_UNTIL_ALONE = 2;
const PATIENCE = { age: 7 * 24 * 3600_000, attempts: 20 };

const SENDABLE: ReadonlySet<State> = new Set<State>(["queued", "sending", "waiting"]);
const STUCK: ReadonlySet<State> = new Set<State>(["conflict", "rejected"]);

/** An operation that belongs to an account goes only in a session of that account. */
export function maySend(entry: Entry, session: Session): boolean {
  return entry.owner === null || (entry.owner === session.owner && session.valid);
}

/** Of each complaint the first that is not through; those behind it wait for it. `entries` in the order of their numbers. */
export function heads(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ state, complaint }) => {
    if (seen.has(complaint) || !(SENDABLE.has(state) || STUCK.has(state))) return false;
    seen.add(complaint);
    return true;
  });
}

export function sendable(entries: readonly Entry[], session: Session): Entry[] {
  return heads(entries).filter((entry) => SENDABLE.has(entry.state) && maySend(entry, session));
}

/** The next request: one complaint's step beside another's, but nothing of an anonymous one beside anything. */
export function nextBatch(entries: readonly Entry[], session: Session, now: number): Entry[] {
  const due = sendable(entries, session).filter(({ next_at }) => next_at <= now);
  const [first] = due;
  if (first === undefined) return [];
  if (travelsAlone(first)) return [first];
  const together = due.filter((entry) => entry.owner === first.owner && !travelsAlone(entry));
  return within(LARGEST_BATCH, together.slice(0, MOST_TOGETHER));
}

/** Entries whose text the server has and whose photos it may get. */
export function awaitingPhotos(entries: readonly Entry[], session: Session): Entry[] {
  return entries.filter((entry) => !SENDABLE.has(entry.state) && entry.state !== "rejected" && maySend(entry, session));
}

export function shown(entry: Entry, entries: readonly Entry[], session: Session, now: number): Shown {
  const waits = SENDABLE.has(entry.state) || entry.state === "accepted";
  if (!waits) return entry.state;
  if (!maySend(entry, session)) return "needs_login";
  if (entry.state !== "accepted" && entries.some((other) => isAhead(other, entry) && STUCK.has(other.state))) return "blocked";
  if (now - entry.queued_at > PATIENCE.age || entry.attempts >= PATIENCE.attempts) return "attention";
  return entry.state === "accepted" ? "photos" : entry.state;
}

/** Before the first attempt, and after a refusal, the server has nothing of it: then it may still be mended. */
export function mendable({ state, attempts }: Entry): boolean {
  return state === "rejected" || (state === "queued" && attempts === 0);
}

function isAhead(other: Entry, entry: Entry): boolean {
  return other.complaint === entry.complaint && other.seq < entry.seq;
}

function travelsAlone({ anonymous, faults }: Entry): boolean {
  return anonymous || faults >= FAULTS_UNTIL_ALONE;
}

function within(bytes: number, entries: readonly Entry[]): Entry[] {
  let left = bytes;
  const fitting = entries.filter(({ operation }) => {
    left -= new TextEncoder().encode(JSON.stringify(operation)).length;
    return left >= 0;
  });
  return fitting.length > 0 ? fitting : entries.slice(0, 1);
}
