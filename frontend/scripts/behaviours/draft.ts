/** Keeps what is being written at every change, and puts it back: in `form[data-operation]` and in the question of the first page (`[data-draft]`). */

import { load, save } from "../offline/drafts.ts";
import { type Entry, read } from "../offline/store.ts";
import { all, lookAgain, whenShown } from "../page.ts";
import { draftOf, fieldsIn, fillIn, isOperationForm, showProblems } from "./fields.ts";
import { known } from "./session.ts";

const PAUSE = 250;
const unsaved = new Map<HTMLFormElement, ReturnType<typeof setTimeout>>();
const restored = new WeakSet<HTMLFormElement>();

/** Everything typed so far is on the phone when this is done. */
export async function saveDraft(form: HTMLFormElement): Promise<void> {
  clearTimeout(unsaved.get(form));
  unsaved.delete(form);
  await save(await draftOf(form), written(form));
}

/** The form has gone to the queue: what is still waiting to be saved must not become a draft again. */
export function forgetDraft(form: HTMLFormElement): void {
  clearTimeout(unsaved.get(form));
  unsaved.delete(form);
}

function written(form: HTMLFormElement): Record<string, string> {
  const { operation_id: _, ...fields } = fieldsIn(form);
  const text = form.querySelector<HTMLTextAreaElement>("[data-draft-text]");
  return text === null ? fields : { text: text.value };
}

function noteChange(event: Event): void {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (form === null || (form.dataset["operation"] ?? form.dataset["draft"]) === undefined) return;
  clearTimeout(unsaved.get(form));
  unsaved.set(
    form,
    setTimeout(() => void saveDraft(form).catch(() => undefined), PAUSE),
  );
}

function saveAll(): void {
  for (const form of unsaved.keys()) void saveDraft(form).catch(() => undefined);
}

async function restore(form: HTMLFormElement): Promise<void> {
  restored.add(form);
  await known;
  const { draft } = await load(await draftOf(form));
  if (draft === undefined) return;
  const text = form.querySelector<HTMLTextAreaElement>("[data-draft-text]");
  if (text !== null) text.value ||= draft.fields["text"] ?? "";
  else fillIn(form, draft.fields);
  const mended = draft.mends === undefined ? undefined : await entry(draft.mends);
  const fields = mended?.trouble?.fields;
  if (fields !== undefined && isOperationForm(form)) showProblems(form, new Map(Object.entries(fields)));
  form.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
}

function entry(id: string): Promise<Entry | undefined> {
  return read((tx) => tx.objectStore("operations").get(id));
}

document.addEventListener("input", noteChange);
document.addEventListener("change", noteChange);
document.addEventListener("visibilitychange", saveAll);
addEventListener("pagehide", saveAll);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of all("form[data-operation]") as HTMLFormElement[]) restored.delete(form);
  lookAgain();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset["draft"] === undefined) return;
  event.preventDefault();
  void saveDraft(form).finally(() => location.assign(form.action));
});

whenShown(() => {
  for (const form of all("form[data-operation], form[data-draft]") as HTMLFormElement[]) {
    if (!restored.has(form)) void restore(form).catch(() => undefined);
  }
});
