/** Which state a person has seen: the page's, or that of their own last step, where the page is older than it. */

import type { Entry, Reading, Writing } from "./store.ts";
import { type Operation, PART_TARGETS } from "./wire.ts";

const REMEMBERED = 7 * 24 * 3600_000;
const KEY = "own_steps";

interface Step {
  readonly state: string;
  readonly at: number;
}

type Steps = Readonly<Record<string, Step>>;

/** An officer who visits and finishes on one page without signal has seen the visit, though the page has not. */
export async function seenBy(
  tx: Reading,
  fields: Readonly<Record<string, string>>,
  pageFrom: number,
  entries: readonly Entry[],
): Promise<string> {
  const { part = "", seen = "" } = fields;
  const own = entries.filter(({ operation, state }) => partOf(operation) === part && state !== "rejected" && state !== "conflict");
  const waiting = own.map(({ operation }) => PART_TARGETS[operation.kind]).filter((state) => state !== undefined);
  const last = waiting.at(-1);
  if (last !== undefined) return last;
  const done = (await stepsIn(tx))[part];
  return done !== undefined && done.at > pageFrom ? done.state : seen;
}

export async function remember(tx: Writing, operation: Operation): Promise<void> {
  const [part, state] = [partOf(operation), PART_TARGETS[operation.kind]];
  if (part === undefined || state === undefined) return;
  const now = Date.now();
  const fresh = Object.entries(await stepsIn(tx)).filter(([, { at }]) => at > now - REMEMBERED);
  await tx.objectStore("meta").put({ ...Object.fromEntries(fresh), [part]: { state, at: now } } satisfies Steps, KEY);
}

function partOf(operation: Operation): string | undefined {
  return "complaint" in operation ? undefined : operation.part;
}

async function stepsIn(tx: Reading): Promise<Steps> {
  return ((await tx.objectStore("meta").get(KEY)) as Steps | undefined) ?? {};
}
