/** The last 500 things that happened to what was queued, every deletion among them; so that a loss can be explained. */

import type { DiaryLine, Writing } from "./store.ts";
import { read } from "./store.ts";

const LINES = 500;

export async function note(tx: Writing, what: string, id: string, detail = ""): Promise<void> {
  const diary = tx.objectStore("diary");
  const last = await diary.add({ at: Date.now(), what, id, detail });
  await diary.delete(IDBKeyRange.upperBound(last - LINES));
}

export function lines(): Promise<DiaryLine[]> {
  return read((tx) => tx.objectStore("diary").getAll());
}
