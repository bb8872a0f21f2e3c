/** What stands in a form, and what is wrong with it. */

import { draftKey } from "../offline/drafts.ts";
import { current } from "../offline/session.ts";
import type { Kind } from "../offline/wire.ts";
import { all, first } from "../page.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const NOT_WRITTEN = new Set(["file", "submit", "button", "password"]);

export function isOperationForm(element: unknown): element is HTMLFormElement {
  return element instanceof HTMLFormElement && element.dataset["operation"] !== undefined;
}

export function kindOf(form: HTMLFormElement): Kind {
  return form.dataset["operation"] as Kind;
}

/** The draft of this form: of a new complaint one, of a step one for each complaint or part. */
export async function draftOf(form: HTMLFormElement): Promise<string> {
  const { owner } = await current();
  const fields = fieldsIn(form);
  const isNew = form.dataset["draft"] !== undefined || kindOf(form) === "complaint.submit";
  return isNew ? draftKey(owner, "complaint.submit", "") : draftKey(owner, kindOf(form), hidden(form, "part") || fields["complaint"] || "");
}

export function fieldsIn(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const control of controls(form)) {
    if (!isTicked(control) || control.checked) fields[control.name] = control.value;
  }
  return fields;
}

/** Puts back what was written. What the page itself says (`seen`, ids, what a button means) stays as the page says it. */
export function fillIn(form: HTMLFormElement, fields: Readonly<Record<string, string>>): void {
  for (const control of controls(form)) {
    const value = fields[control.name];
    if (value === undefined || isThePages(control)) continue;
    if (isTicked(control)) control.checked = control.value === value;
    else control.value = value;
  }
}

export function hidden(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`)?.value ?? "";
}

/** Empty again, also what `reset` leaves: hidden fields and what scripts have shown. */
export function emptied(form: HTMLFormElement): void {
  form.reset();
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-place] input[type=hidden], [name=previous]")) field.value = "";
  for (const item of all("[data-photo-list] > li", form)) item.remove();
  for (const shown of all("[data-place-found], [data-nearest-box], [data-photo-total]", form)) shown.hidden = true;
}

/** Shows each sentence at its field, and leads to the first. */
export function showProblems(form: HTMLFormElement, problems: ReadonlyMap<string, string>): void {
  for (const shown of all("[data-shown-problem]", form)) clear(shown);
  for (const control of all("[aria-invalid]", form)) control.removeAttribute("aria-invalid");
  const places = [...problems].map(([name, sentence]) => tell(form, name, sentence));
  const [at] = places;
  for (let around = at?.closest("details"); around; around = around.parentElement?.closest("details")) around.open = true;
  at?.focus();
  at?.scrollIntoView({ block: "center" });
}

function tell(form: HTMLFormElement, name: string, sentence: string): HTMLElement {
  const control = form.querySelector<HTMLElement>(`[name="${name}"]:not([type=hidden])`) ?? stand(form, name);
  const line = first(`[data-field-error="${name}"]`, form) ?? newLine(control);
  line.id ||= `problem-${name}-${form.id}`;
  line.dataset["shownProblem"] = "";
  line.textContent = sentence;
  line.hidden = false;
  control.setAttribute("aria-invalid", "true");
  const described = new Set([...(control.getAttribute("aria-describedby") ?? "").split(" "), line.id].filter(Boolean));
  control.setAttribute("aria-describedby", [...described].join(" "));
  return control;
}

/** Where a problem stands whose field is no single control. */
function stand(form: HTMLFormElement, name: string): HTMLElement {
  const places: Record<string, string> = { place: '[name="address"]', photos: "[data-photos]", contact: '[name="contact_phone"]' };
  const found = places[name] === undefined ? null : first(places[name], form);
  return found ?? form.querySelector<HTMLElement>("[type=submit]") ?? form;
}

function newLine(control: HTMLElement): HTMLElement {
  const line = document.createElement("p");
  line.className = "field__problem";
  line.dataset["ours"] = "";
  line.setAttribute("role", "alert");
  (control.closest("fieldset.picker, .field") ?? control).append(line);
  return line;
}

function clear(line: HTMLElement): void {
  if (line.dataset["ours"] !== undefined) line.remove();
  line.textContent = "";
  line.hidden = true;
  delete line.dataset["shownProblem"];
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (element): element is Control => isControl(element) && element.name !== "" && !NOT_WRITTEN.has(element.type),
  );
}

/** Hidden, and neither a place this phone has found nor the complaint a new one goes on from. */
function isThePages(control: Control): boolean {
  return control.type === "hidden" && control.closest("[data-place], [data-again]") === null;
}

function isTicked(control: Control): control is HTMLInputElement {
  return control.type === "radio" || control.type === "checkbox";
}

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}
