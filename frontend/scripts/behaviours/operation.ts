/** `form[data-operation]`: what a person sends goes into the queue, online too. */

import { listen } from "../offline/events.ts";
import { enqueue } from "../offline/queue.ts";
import { all, first, onClick } from "../page.ts";
import { forgetDraft, saveDraft } from "./draft.ts";
import { draftOf, emptied, fieldsIn, hidden, isOperationForm, kindOf, showProblems } from "./fields.ts";
import { draw } from "./pending.ts";
import { photoCount, photosReady } from "./photos.ts";
import { savedAt } from "./saved.ts";
import { sendNow } from "./sending.ts";
import { wakeWorkerForSync } from "./worker.ts";

const WORDS_ON_A_CARD = 120;
const SHORTEST_WITHOUT_PHOTO = 10;
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
  void submit(form).finally(() => underWay.delete(form));
});

async function submit(form: HTMLFormElement): Promise<void> {
  await photosReady(form);
  const problems = problemsIn(form);
  showProblems(form, problems);
  if (problems.size > 0) return;
  try {
    await saveDraft(form);
    const complaint = await enqueue(await sent(form));
    if (complaint === undefined) return form.submit(); // a case opened elsewhere: the server's own door
    forgetDraft(form);
    await queued(form, complaint);
  } catch (trouble) {
    const isFull = trouble instanceof DOMException && trouble.name === "QuotaExceededError";
    const sentence = form.getAttribute(isFull ? "data-error-full" : "data-error-storage") ?? form.getAttribute("data-error-storage");
    showProblems(form, new Map([["form", sentence ?? String(trouble)]]));
  }
}

async function sent(form: HTMLFormElement): Promise<Parameters<typeof enqueue>[0]> {
  const fields = fieldsIn(form);
  const kind = kindOf(form);
  const words = fields["text"] || fields["work_done"] || first("h1")?.textContent || document.title;
  return {
    kind,
    draft: await draftOf(form),
    fields,
    complaint: kind === "complaint.submit" ? "" : complaintOf(form),
    words: words.trim().slice(0, WORDS_ON_A_CARD),
    place: placeWords(form, fields),
    page: kind === "complaint.submit" ? location.pathname : `/complaints/${complaintOf(form)}`,
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

/** Each required field that is empty, with the server's sentence for it. */
function problemsIn(form: HTMLFormElement): Map<string, string> {
  const problems = new Map<string, string>();
  const photos = photoCount(form);
  for (const field of all("[required]", form) as HTMLInputElement[]) {
    if (field.value.trim() === "") problems.set(field.name, sentenceOf(form, field.name) || field.validationMessage);
  }
  if (first("[data-photos][data-required]", form) !== null && photos === 0) problems.set("photos", sentenceOf(form, "photos"));
  if (kindOf(form) === "complaint.submit") {
    const { text = "", address, area, latitude } = fieldsIn(form);
    const short = form.getAttribute("data-error-short");
    if (short && text.trim() !== "" && text.trim().length < SHORTEST_WITHOUT_PHOTO && photos === 0) problems.set("text", short);
    const place = form.getAttribute("data-error-place");
    if (place && !address?.trim() && !area && !latitude && !isPlaceless(form)) problems.set("place", place);
  }
  return problems;
}

function isPlaceless(form: HTMLFormElement): boolean {
  return form.querySelector('select[name="category"] option:checked[data-placeless]') !== null;
}

function sentenceOf(form: HTMLFormElement, name: string): string {
  return form.getAttribute(`data-error-${name}`) ?? "";
}

function complaintOf(form: HTMLFormElement): string {
  const near = form.closest("#case, main")?.querySelector<HTMLElement>("[data-complaint]")?.dataset["complaint"];
  return hidden(form, "complaint") || near || hidden(form, "part");
}

function placeWords(form: HTMLFormElement, fields: Record<string, string>): string {
  const area = fields["area"] ? form.querySelector('select[name="area"] option:checked')?.textContent : "";
  const point = fields["latitude"] ? `${fields["latitude"]}, ${fields["longitude"]}` : "";
  return [fields["address"]?.trim() || point, area].filter(Boolean).join(", ");
}

/** The server has it: the page that showed the old state is read again, unless somebody is writing on it. */
listen((event) => {
  if (event.type !== "received" || first(`[data-complaint="${event.complaint}"]`) === null) return;
  const isWriting = document.activeElement?.matches("input, textarea, select") ?? false;
  if (!isWriting) location.reload();
});
