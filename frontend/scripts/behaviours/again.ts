/** `[data-again]`: a complaint that goes on from one that has ended (`/complaints/new#again=<id>`); its number stands on this phone. */

import { receipt } from "../offline/claims.ts";
import { spoken } from "../offline/ids.ts";
import { first, onClick, sentence, show, whenShown } from "../page.ts";
import { again } from "./fragment.ts";

let wanted = again || (field()?.value ?? "");

function field(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>("[data-again] [name=previous]");
}

async function look(): Promise<void> {
  const previous = field();
  if (previous === null) return;
  previous.value = wanted || previous.value;
  show(first("[data-again]"), previous.value !== "");
  const number = previous.value === "" ? null : ((await receipt(previous.value))?.number ?? null);
  const line = first('[data-slot="again"]');
  if (line !== null && number !== null) line.textContent = sentence(line.dataset["words"] ?? "{number}", { number: spoken(number) });
}

onClick("[data-again-off]", () => {
  const previous = field();
  wanted = "";
  if (previous === null) return;
  previous.value = "";
  previous.dispatchEvent(new Event("input", { bubbles: true })); // the draft listens
  show(first("[data-again]"), false);
});

document.addEventListener("draft-restored", () => void look());
whenShown(() => void look());
