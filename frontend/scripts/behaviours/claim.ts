/** `[data-claim-form]`: opens a case by its key, and keeps the key on this phone. */

import { keep } from "../offline/claims.ts";
import { type Answer, ask, isRecord, troubleOf } from "../offline/http.ts";
import { KEY_LENGTH, normalise } from "../offline/ids.ts";
import { first, show, whenShown } from "../page.ts";
import { scannedKey } from "./fragment.ts";

const LIMIT = 20_000;

interface Opened {
  readonly id: string;
  readonly number: string;
  readonly anonymous: boolean;
}

export type Claimed =
  | { readonly state: "open"; readonly complaints: readonly Opened[] }
  | { readonly state: "closed"; readonly sentence: string };

/** Proves the keys (one, or several, a line each) to the server, which then knows this browser as their guest. */
export async function openWith(keys: string): Promise<Claimed> {
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await ask(
    "/claim",
    { method: "POST", headers, body: new URLSearchParams({ key: keys }), credentials: "same-origin" },
    LIMIT,
  );
  const complaints = openedIn(answer);
  if (complaints === undefined) return { state: "closed", sentence: troubleOf(answer).message };
  return { state: "open", complaints };
}

function openedIn({ status, body }: Answer): Opened[] | undefined {
  if (status !== 200 || !isRecord(body) || !Array.isArray(body["complaints"])) return undefined;
  return body["complaints"] as Opened[];
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset["claimForm"] === undefined) return;
  event.preventDefault();
  void claim(form);
});

async function claim(form: HTMLFormElement): Promise<void> {
  const field = form.querySelector<HTMLTextAreaElement>('[name="key"]');
  const keys = keysIn(field?.value ?? "");
  const claimed = await openWith(keys.join("\n"));
  if (claimed.state === "closed") return refuse(form, field, claimed.sentence);
  const [only, ...others] = claimed.complaints;
  const [key, ...otherKeys] = keys;
  if (only && key && others.length === 0 && otherKeys.length === 0) await keep(key, only);
  form.reset();
  location.assign(only === undefined || others.length > 0 ? "/complaints" : `/complaints/${only.id}`);
}

/** One key, wherever it was broken; or one a line. */
function keysIn(typed: string): string[] {
  const whole = normalise(typed);
  return whole.length <= KEY_LENGTH ? [whole] : typed.split("\n").map(normalise).filter(Boolean);
}

function refuse(form: HTMLFormElement, field: HTMLElement | null, sentence: string): void {
  const line = first('[data-error], [data-field-error="key"]', form);
  if (line !== null) {
    line.textContent = sentence || (form.dataset["errorOffline"] ?? "");
    line.setAttribute("role", "alert");
    show(line, line.textContent !== "");
  }
  field?.setAttribute("aria-invalid", "true");
  field?.focus();
}

whenShown(() => {
  const field = document.querySelector<HTMLTextAreaElement>('[data-claim-form] [name="key"]');
  if (field !== null && scannedKey !== "" && field.value === "") field.value = scannedKey;
});
