/** What must be mended in a form before it goes into the queue, each with the server's sentence for it (`data-error-…`). */

import { all, first } from "../page.ts";
import { fieldsIn, kindOf } from "./fields.ts";
import { photoCount } from "./photos.ts";

const SHORTEST_WITHOUT_PHOTO = 10;

type Problems = Map<string, string>;

export function problemsIn(form: HTMLFormElement): Problems {
  const problems: Problems = new Map();
  for (const field of all("[required], [pattern]", form) as HTMLInputElement[]) {
    const { valueMissing, patternMismatch } = field.validity;
    if (valueMissing || (field.required && field.value.trim() === "") || patternMismatch) {
      problems.set(field.name, sentenceOf(form, field.name) || field.validationMessage);
    }
  }
  if (first("[data-photos][data-required]", form) !== null && photoCount(form) === 0) problems.set("photos", sentenceOf(form, "photos"));
  if (kindOf(form) === "complaint.submit") ofNew(form, problems);
  return problems;
}

/** What the city asks of a new complaint (`backend/complaints/checks.py`), where the page has words for it. */
function ofNew(form: HTMLFormElement, problems: Problems): void {
  const { text = "", address, area, latitude, contact_may_call, contact_phone, secrecy } = fieldsIn(form);
  const isShort = text.trim() !== "" && text.trim().length < SHORTEST_WITHOUT_PHOTO && photoCount(form) === 0;
  if (isShort) tell(form, problems, "text", "short");
  if (!address?.trim() && !area && !latitude && !isPlaceless(form)) tell(form, problems, "place");
  if (secrecy === "anonymous") problems.delete("contact_phone");
  else if (contact_may_call !== undefined && !contact_phone?.trim()) tell(form, problems, "contact_phone");
}

function tell(form: HTMLFormElement, problems: Problems, field: string, name = field): void {
  const sentence = sentenceOf(form, name);
  if (sentence !== "") problems.set(field, sentence);
}

function isPlaceless(form: HTMLFormElement): boolean {
  return form.querySelector('[name="category"]:checked[data-placeless]') !== null;
}

function sentenceOf(form: HTMLFormElement, name: string): string {
  return form.getAttribute(`data-error-${name}`) ?? "";
}
