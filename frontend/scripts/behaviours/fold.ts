/** `[data-fold]`: a part of a long form becomes one line when it is done and somebody goes on to a later one. */

import { all, first, whenShown } from "../page.ts";

type Source = HTMLElement & { readonly value?: string };

let isPressed = false;

addEventListener("pointerdown", () => {
  isPressed = true;
});
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () =>
    setTimeout(() => {
      isPressed = false;
    }),
  );
}

/** Not while a finger is down: what it is about to press must not move away. */
document.addEventListener("focusin", ({ target }) => {
  if (!isPressed) goOn(target);
});
document.addEventListener("click", ({ target }) => goOn(target));

document.addEventListener("toggle", ({ target }) => target instanceof HTMLElement && tell(target), true);
document.addEventListener("draft-restored", ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  for (const tile of all("details.tile:has(:checked)", target)) tile.setAttribute("open", "");
  for (const part of all("[data-fold]", target)) if (wordsOf(part) !== "" && !isDefault(part)) close(part);
  for (const part of all("[data-fold]", target)) tell(part);
});

function goOn(target: EventTarget | null): void {
  const here = target instanceof Element ? target.closest<HTMLElement>("[data-fold]") : null;
  const form = here?.closest("form");
  if (!here || !form || !(target instanceof Element)) return;
  const before = target.getBoundingClientRect().top;
  for (const part of all("[data-fold]", form)) {
    if (part === here) break;
    if (wordsOf(part) !== "") close(part);
  }
  scrollBy({ top: target.getBoundingClientRect().top - before, behavior: "instant" });
}

function close(part: HTMLElement): void {
  if (first("[aria-invalid], [aria-busy='true']", part) === null) part.removeAttribute("open");
}

function tell(part: HTMLElement): void {
  const line = first("[data-fold-line]", part);
  if (line === null) return;
  const words = wordsOf(part);
  line.textContent = words || (line.dataset["wordsEmpty"] ?? "");
  part.toggleAttribute("data-done", words !== "" && !part.hasAttribute("open"));
}

/** What was filled in, in one line. */
function wordsOf(part: HTMLElement): string {
  const sources = all("[data-fold-words]", part) as Source[];
  return sources.map(wordOf).filter(Boolean).join(" · ");
}

function wordOf(source: Source): string {
  const named = source.dataset["foldWords"] ?? "";
  if (source instanceof HTMLInputElement && (source.type === "radio" || source.type === "checkbox")) return source.checked ? named : "";
  if (source instanceof HTMLSelectElement) return source.value === "" ? "" : (source.selectedOptions[0]?.text ?? "");
  if (source.value !== undefined) return source.value.trim() === "" ? "" : named || source.value.trim();
  return source.hidden ? "" : (source.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Nobody has touched what the server proposed. */
function isDefault(part: HTMLElement): boolean {
  const radios = all("input[type=radio]", part) as HTMLInputElement[];
  return radios.length > 0 && radios.every(({ checked, defaultChecked }) => checked === defaultChecked);
}

whenShown(() => {
  for (const part of all("[data-fold]:not([open])")) tell(part);
});
