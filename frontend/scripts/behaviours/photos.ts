/** `input[data-photos]`: each photo is made ready, kept with the draft and shown; one that cannot be read is refused alone. */

import { addPhoto, load, removePhoto } from "../offline/drafts.ts";
import { type Fault, type MakeSurface, prepare } from "../offline/photos.ts";
import type { StoredPhoto } from "../offline/store.ts";
import { MOST_PHOTOS } from "../offline/wire.ts";
import { all, cloneOf, first, kilobytes, onClick, show, whenShown } from "../page.ts";
import { saveDraft } from "./draft.ts";
import { draftOf } from "./fields.ts";
import { known } from "./session.ts";

type Problem = Fault | "too_many" | "storage";

const working = new WeakMap<HTMLFormElement, Promise<void>>();
const drawn = new WeakSet<HTMLFormElement>();
const surface: MakeSurface | undefined = typeof OffscreenCanvas === "undefined" ? onPage : undefined;

/** Done when every chosen photo has been taken in or refused. */
export function photosReady(form: HTMLFormElement): Promise<void> {
  return working.get(form) ?? Promise.resolve();
}

/** How many there are; refused ones do not count. */
export function photoCount(form: HTMLFormElement): number {
  return all("[data-photo]", form).length;
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.dataset["photos"] === undefined || input.form === null) return;
  const { form } = input;
  if ((form.dataset["operation"] ?? form.dataset["draft"]) === undefined) return; // a form of the desk brings its files itself
  const files = [...(input.files ?? [])];
  input.value = ""; // so that the same photo can be chosen again, and does not travel a second time
  const turn = photosReady(form).then(() => takeAll(form, files));
  working.set(form, turn);
});

onClick("[data-remove-photo]", async (button) => {
  const item = button.closest("li");
  const form = button.closest("form");
  const id = item?.dataset["photo"];
  if (id !== undefined) await removePhoto(id);
  item?.remove();
  if (form !== null) count(form);
});

/** One after the other: each is held in memory as pixels for a moment. */
async function takeAll(form: HTMLFormElement, files: readonly File[]): Promise<void> {
  await saveDraft(form).catch(() => undefined);
  const list = first("[data-photo-list]", form);
  for (const file of files) await take(form, list, file);
  count(form);
  if (list === null && files.length > 0) location.assign(form.action);
}

async function take(form: HTMLFormElement, list: HTMLElement | null, file: File): Promise<void> {
  const item = list && cloneOf("photo", form);
  item?.setAttribute("aria-busy", "true");
  if (list && item) list.append(item);
  const taken = await takeIn(form, file);
  item?.removeAttribute("aria-busy");
  if (item === null) return;
  if (typeof taken === "string") refuse(form, item, taken);
  else draw(item, taken);
}

async function takeIn(form: HTMLFormElement, file: File): Promise<StoredPhoto | Problem> {
  try {
    const key = await draftOf(form);
    if ((await load(key)).photos.length >= MOST_PHOTOS) return "too_many";
    const prepared = await prepare(file, surface);
    return typeof prepared === "string" ? prepared : await addPhoto(key, prepared);
  } catch (trouble) {
    return trouble instanceof DOMException && trouble.name === "QuotaExceededError" ? "storage" : "unreadable";
  }
}

function draw(item: HTMLElement, { id, blob, size }: StoredPhoto): void {
  item.dataset["photo"] = id;
  const image = item.querySelector("img");
  if (image !== null) {
    image.onload = () => URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(blob);
  }
  const words = first("[data-size]", item);
  if (words !== null) words.textContent = kilobytes(size);
}

function refuse(form: HTMLFormElement, item: HTMLElement, problem: Problem): void {
  const picker = first("[data-photo-picker]", form) ?? form;
  const line = first("[data-error]", item);
  show(item.querySelector("img"), false);
  if (line === null) return;
  line.setAttribute("role", "alert");
  line.textContent = picker.getAttribute(`data-error-${problem}`) ?? picker.getAttribute("data-error-unreadable") ?? "";
  show(line);
}

function count(form: HTMLFormElement): void {
  const items = all("[data-photo]", form);
  for (const total of all("[data-photo-total]", form)) {
    show(total, items.length > 0);
    const number = first("[data-photo-count]", total);
    if (number !== null) number.textContent = String(items.length);
  }
  void sum(form);
}

async function sum(form: HTMLFormElement): Promise<void> {
  const { photos } = await load(await draftOf(form));
  const bytes = photos.reduce((all, { size }) => all + size, 0);
  for (const element of all("[data-photo-size]", form)) element.textContent = kilobytes(bytes);
}

/** After the camera has killed the tab, or a reload. */
async function restore(form: HTMLFormElement, list: HTMLElement): Promise<void> {
  await known;
  const { photos } = await load(await draftOf(form));
  const there = new Set(all("[data-photo]", list).map((item) => item.dataset["photo"]));
  for (const photo of photos.filter(({ id }) => !there.has(id))) {
    const item = cloneOf("photo", form);
    if (item === null) return;
    draw(item, photo);
    list.append(item);
  }
  count(form);
}

function onPage(width: number, height: number): ReturnType<MakeSurface> {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const encode = (quality: number): Promise<Blob> =>
    new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? new Blob()), "image/jpeg", quality));
  return context && { context, encode };
}

whenShown(() => {
  for (const form of all("form[data-operation]") as HTMLFormElement[]) {
    const list = first("[data-photo-list]", form);
    if (list === null || drawn.has(form)) continue;
    drawn.add(form);
    void restore(form, list);
  }
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const item of all("[data-photo-list] > li")) item.remove();
  for (const form of all("form[data-operation]") as HTMLFormElement[]) {
    const list = first("[data-photo-list]", form);
    if (list !== null) void restore(form, list);
  }
});
