/** What a person may do with a card of the queue: `[data-discard]` (asked first), `[data-edit]`, `[data-export]`. */

import { load } from "../offline/drafts.ts";
import { exported } from "../offline/exports.ts";
import { discard, draftKeyOf, mend } from "../offline/queue.ts";
import { current } from "../offline/session.ts";
import { read } from "../offline/store.ts";
import { first, onClick } from "../page.ts";

onClick("[data-discard]", async (button) => {
  if (await confirmed("discard")) await discard(entryOf(button));
});

onClick("[data-edit]", async (button) => {
  const id = entryOf(button);
  if ((await wouldReplaceDraft(id)) && !(await confirmed("replace"))) return;
  const page = await mend(id);
  if (page !== undefined) location.assign(page);
});

onClick("[data-export]", async (button) => {
  const id = entryOf(button);
  const file = await exported(id);
  if (file !== undefined) saveAs(file, `sambat-${id.slice(-8)}.json`);
});

export function saveAs(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function entryOf(button: HTMLElement): string {
  return button.closest<HTMLElement>("[data-entry]")?.dataset["entry"] ?? "";
}

/** Something else is being written in the form that would be filled. */
async function wouldReplaceDraft(id: string): Promise<boolean> {
  const entry = await read((tx) => tx.objectStore("operations").get(id));
  if (entry === undefined) return false;
  const { draft, photos } = await load(draftKeyOf(entry, (await current()).owner));
  const isWritten = Boolean(draft?.fields["text"] || draft?.fields["work_done"]) || photos.length > 0;
  return isWritten && draft?.mends !== id;
}

/** Asks by the server's dialog. Where the page has none of this name, the answer is yes. */
function confirmed(name: string): Promise<boolean> {
  const dialog = first(`dialog[data-confirm="${name}"]`);
  if (!(dialog instanceof HTMLDialogElement)) return Promise.resolve(true);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
