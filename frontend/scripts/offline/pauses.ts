/** When the whole queue rests: because the line is dead (a tap or `online` ends that) or because the server asked for it (nothing does). */

import { backOff } from "./answers.ts";
import { meta, setMeta, write } from "./store.ts";

interface Line {
  readonly failures: number;
  readonly next_at: number;
}

const ALIVE: Line = { failures: 0, next_at: 0 };

export async function until(): Promise<number> {
  const line = await meta("line", ALIVE);
  return Math.max(line.next_at, await meta("asked_to_wait_until", 0));
}

export async function lineFailed(): Promise<void> {
  const failures = (await meta("line", ALIVE)).failures + 1;
  await setMeta("line", { failures, next_at: Date.now() + backOff(failures) } satisfies Line);
}

export async function lineWorks(): Promise<void> {
  if ((await meta("line", ALIVE)).failures > 0) await setMeta("line", ALIVE);
}

export function asked(milliseconds: number): Promise<void> {
  return setMeta("asked_to_wait_until", Date.now() + milliseconds);
}

/** Signal is back, or a person wants it sent now: what failed before is tried at once. */
export async function hurry(): Promise<void> {
  await write(async (tx) => {
    await tx.objectStore("meta").put(ALIVE, "line");
    for (const entry of await tx.objectStore("operations").getAll()) {
      if (entry.next_at > 0) await tx.objectStore("operations").put({ ...entry, next_at: 0 });
    }
    for (const photo of await tx.objectStore("photos").getAll()) {
      if (photo.next_at > 0) await tx.objectStore("photos").put({ ...photo, next_at: 0 });
    }
  });
}
