/** `form[data-private-patterns]`: a NIK or a phone number in the text is found while typing, and moved to the officers' field if wanted. */

import { compiled, found, parted } from "../offline/numbers.ts";
import { first, onClick, show, whenShown } from "../page.ts";

type Field = HTMLTextAreaElement | HTMLInputElement;

interface Desk {
  readonly form: HTMLFormElement;
  readonly from: Field;
  readonly to: Field;
  readonly offer: HTMLElement;
}

const PAUSE = 400;
const before = new WeakMap<HTMLFormElement, { readonly from: string; readonly to: string }>();

let timer: ReturnType<typeof setTimeout> | undefined;

document.addEventListener("input", (event) => {
  const desk = deskOf(event.target);
  if (desk === undefined || event.target !== desk.from || !event.isTrusted) return;
  clearTimeout(timer);
  timer = setTimeout(() => look(desk), PAUSE);
});

document.addEventListener("draft-restored", ({ target }) => {
  const desk = deskOf(target);
  if (desk !== undefined) look(desk);
});

onClick("[data-private-move]", (button) => {
  const desk = deskOf(button);
  if (desk === undefined) return;
  const { text, numbers } = parted(desk.from.value, findings(desk));
  before.set(desk.form, { from: desk.from.value, to: desk.to.value });
  write(desk, text, [desk.to.value.trim(), ...numbers].filter(Boolean).join("\n"));
  say(desk, "moved");
  first("[data-private-undo]", desk.offer)?.focus();
});

onClick("[data-private-undo]", (button) => {
  const desk = deskOf(button);
  const earlier = desk && before.get(desk.form);
  if (desk === undefined || earlier === undefined) return;
  write(desk, earlier.from, earlier.to);
  say(desk, "found");
  first("[data-private-move]", desk.offer)?.focus();
});

/** Whoever writes on has accepted the gap: there is no way back behind what was written since. */
function look(desk: Desk): void {
  before.delete(desk.form);
  uncover(desk);
  say(desk, findings(desk).length > 0 ? "found" : "nothing");
}

function findings({ form, from }: Desk): ReturnType<typeof found> {
  return found(from.value, compiled(JSON.parse(form.dataset["privatePatterns"] || "[]") as string[]));
}

function say({ offer }: Desk, what: "found" | "moved" | "nothing"): void {
  for (const state of ["found", "moved"]) show(first(`[data-private-${state}]`, offer), what === state);
  show(first("[data-private-move]", offer), what === "found");
  show(first("[data-private-undo]", offer), what === "moved");
  show(offer, what !== "nothing");
}

function write(desk: Desk, from: string, to: string): void {
  desk.from.value = from;
  desk.to.value = to;
  uncover(desk);
  desk.to.dispatchEvent(new Event("input", { bubbles: true })); // the draft listens
}

/** Where something stands in it, its owner must see the field. */
function uncover({ to }: Desk): void {
  to.closest<HTMLElement>("[data-fold]")?.toggleAttribute("data-uncovered", to.value !== "");
}

function deskOf(target: EventTarget | null): Desk | undefined {
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-private-patterns]") : null;
  const from = form?.querySelector<Field>("[data-private-from]");
  const to = form?.querySelector<Field>("[data-private-to]");
  const offer = form && first("[data-private-offer]", form);
  return form && from && to && offer ? { form, from, to, offer } : undefined;
}

whenShown(() => {
  for (const form of document.querySelectorAll("form[data-private-patterns]")) {
    const desk = deskOf(form);
    if (desk !== undefined) look(desk);
  }
});
