/** `form[data-operation]`: what a person sends goes into the queue, online too. */

import { listen } from "../offline/events.ts";
import { enqueue } from "../offline/queue.ts";
import { first, onClick } from "../page.ts";
import { forgetDraft, saveDraft } from "./draft.ts";
import { draftOf, emptied, fieldsIn, hidden, isOperationForm, kindOf, showProblems } from "./fields.ts";
import { draw } from "./pending.ts";
import { photosReady } from "./photos.ts";
import { problemsIn } from "./problems.ts";
import { savedAt } from "./saved.ts";
import { sendNow } from "./sending.ts";
import { wakeWorkerForSync } from "./worker.ts";

const WORDS_ON_A_CARD = 120;
const underWay = new WeakSet<HTMLFormElement>();

/** Our own sentences instead of the browser's. */
onClick("[type=submit]", (button) => {
  const form = (button as HTMLButtonElement).form;
  if (isOperationForm(form)) form.noValidate = true;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isOperationForm(form)) return;
  event.preventDefault();
  if (underWay.has(form)) return; // a double tap
  underWay.add(form);
  void submit(form, event.submitter).finally(() => underWay.delete(form));
});

async function submit(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  await photosReady(form);
  const problems = problemsIn(form);
  showProblems(form, problems);
  if (problems.size > 0) return;
  try {
    await saveDraft(form);
    const complaint = await enqueue(await sent(form, button));
    if (complaint === undefined) return atTheDoor(form, button);
    forgetDraft(form);
    await queued(form, complaint);
  } catch (trouble) {
    const isFull = trouble instanceof DOMException && trouble.name === "QuotaExceededError";
    const sentence = form.getAttribute(isFull ? "data-error-full" : "data-error-storage") ?? form.getAttribute("data-error-storage");
    showProblems(form, new Map([["form", sentence ?? String(trouble)]]));
  }
}

/** A case opened elsewhere, or one that needs an account: the server's own door, with what the button says. */
function atTheDoor(form: HTMLFormElement, button: HTMLElement | null): void {
  for (const [name, value] of Object.entries(said(button))) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.submit();
}

/** Some buttons are an answer by themselves ("Saya tidak tahu"). */
function said(button: HTMLElement | null): Record<string, string> {
  return button instanceof HTMLButtonElement && button.name !== "" ? { [button.name]: button.value } : {};
}

async function sent(form: HTMLFormElement, button: HTMLElement | null): Promise<Parameters<typeof enqueue>[0]> {
  const fields = { ...fieldsIn(form), ...said(button) };
  const kind = kindOf(form);
  const words = fields["text"] || fields["work_done"] || button?.textContent || document.title;
  return {
    kind,
    draft: await draftOf(form),
    fields,
    complaint: kind === "complaint.submit" ? "" : complaintOf(form),
    words: words.replace(/\s+/g, " ").trim().slice(0, WORDS_ON_A_CARD),
    place: placeWords(form, fields),
    page: pageOf(form),
    pageFrom: savedAt === "" ? performance.timeOrigin : Date.parse(savedAt),
  };
}

/** On the phone's disk: only now is it safe to say so. */
async function queued(form: HTMLFormElement, complaint: string): Promise<void> {
  const isNew = kindOf(form) === "complaint.submit";
  emptied(form);
  void navigator.storage?.persist?.();
  await wakeWorkerForSync();
  if (isNew) return location.assign(`/receipt#${complaint}`);
  form.closest("details")?.removeAttribute("open");
  await draw();
  scrollTo({ top: 0, behavior: "instant" }); // where the case says how it stands, now and after the answer
  void sendNow();
}

function complaintOf(form: HTMLFormElement): string {
  const near = form.closest("#case, main")?.querySelector<HTMLElement>("[data-complaint]")?.dataset["complaint"];
  return hidden(form, "complaint") || near || hidden(form, "part");
}

/** Where the form stands: a new one, a page of everybody's, or the case's own. */
function pageOf(form: HTMLFormElement): string {
  const isHere = kindOf(form) === "complaint.submit" || location.pathname.startsWith("/public/");
  return isHere ? location.pathname : `/complaints/${complaintOf(form)}`;
}

function placeWords(form: HTMLFormElement, fields: Record<string, string>): string {
  const area = fields["area"] ? form.querySelector('select[name="area"] option:checked')?.textContent : "";
  const point = fields["latitude"] ? `${fields["latitude"]}, ${fields["longitude"]}` : "";
  return [fields["address"]?.trim() || point, area].filter(Boolean).join(", ");
}

/** The server has all of it, every photo too: the page that showed the old state is read again, unless somebody is writing on it. */
listen((event) => {
  if (event.type !== "received" || !event.whole || first(`[data-complaint="${event.complaint}"]`) === null) return;
  const isWriting = document.activeElement?.matches("input, textarea, select") ?? false;
  if (!isWriting) location.reload();
});
