/** What waits on this phone: cards in `[data-queue]` and `[data-pending-list]`, the strip and the count; and the alarm when it is gone. */

import { listen } from "../offline/events.ts";
import { type Card, cards } from "../offline/queue.ts";
import { deviceId } from "../offline/store.ts";
import { all, cloneOf, fill, first, kilobytes, show, whenShown } from "../page.ts";

const MARKER = "sambat-pending";
const FOR_COUNTER = new Set(["attention", "needs_login", "conflict", "rejected", "photo_lost"]);

let drawing: Promise<void> | null = null;
let stale = false;

/** Draws what stands in the queue now; calls during a drawing become one more drawing. */
export function draw(): Promise<void> {
  stale = true;
  drawing ??= (async () => {
    while (stale) {
      stale = false;
      await drawOnce();
    }
  })().finally(() => {
    drawing = null;
  });
  return drawing;
}

async function drawOnce(): Promise<void> {
  const waiting = await cards();
  for (const list of all("[data-queue]")) drawList(list, waiting);
  for (const list of all("[data-pending-list]")) drawList(list, waiting.filter(belongsTo(list)));
  for (const element of all("[data-count]")) element.textContent = String(waiting.length);
  for (const element of all("[data-queue-strip], [data-queue-count], [data-queue-actions]")) show(element, waiting.length > 0);
  for (const element of all("[data-queue-empty]")) show(element, waiting.length === 0);
  await mark(waiting.length);
}

/** On a case's page its own steps; on lists the complaints that the server's cards do not show yet. */
function belongsTo(list: HTMLElement): (card: Card) => boolean {
  const complaint = list.closest<HTMLElement>("[data-complaint]")?.dataset["complaint"];
  if (complaint !== undefined) return ({ entry }) => entry.complaint === complaint && entry.operation.kind !== "complaint.submit";
  return ({ entry }) => entry.operation.kind === "complaint.submit" && !isShownByServer(entry.complaint);
}

function isShownByServer(complaint: string): boolean {
  const element = document.getElementById(`complaint-${complaint}`);
  return element !== null && element.dataset["entry"] === undefined;
}

function drawList(list: HTMLElement, waiting: readonly Card[]): void {
  const there = new Map(all("[data-entry]", list).map((element) => [element.dataset["entry"], element]));
  for (const card of waiting) {
    const element = there.get(card.entry.id) ?? cloneOf("pending");
    if (element === null) return;
    there.delete(card.entry.id);
    drawCard(element, card);
    if (element.parentElement !== list) list.append(element);
  }
  for (const gone of there.values()) gone.remove();
}

function drawCard(element: HTMLElement, { entry, state, bytes, mendable }: Card): void {
  const { id, operation, words, complaint, page, attempts, trouble } = entry;
  element.dataset["entry"] = id;
  element.dataset["state"] = state;
  element.id = operation.kind === "complaint.submit" ? `complaint-${complaint}` : `operation-${id}`;
  drawWords(element, words, operation.kind === "complaint.submit" ? `/receipt#${complaint}` : page);
  fill(element, "size", kilobytes(bytes));
  for (const name of ["badge", "state"]) {
    const slot = first(`[data-slot="${name}"]`, element);
    const sentence = slot?.getAttribute(`data-state-${state}`) ?? slot?.getAttribute("data-state-sending");
    if (slot && sentence) slot.textContent = sentence;
  }
  fill(element, "tries", String(attempts));
  show(first('[data-slot="tried"]', element), attempts > 0);
  fill(element, "why", trouble?.message ?? "");
  show(first('[data-slot="why"]', element), Boolean(trouble?.message));
  show(first("[data-edit]", element), mendable);
  show(first("[data-export]", element), FOR_COUNTER.has(state));
}

function drawWords(element: HTMLElement, words: string, url: string): void {
  const slot = first('[data-slot="words"]', element);
  if (slot === null || slot.querySelector("a") !== null) return;
  const link = document.createElement("a");
  link.href = url;
  link.textContent = words;
  slot.replaceChildren(link);
}

/** A count outside the database: if that says something waits and the database is another one, the phone has lost it. */
async function mark(count: number): Promise<void> {
  const database = await deviceId();
  try {
    const [before, waiting] = (localStorage.getItem(MARKER) ?? "").split(" ");
    const isLost = before !== "" && before !== database && Number(waiting) > 0;
    if (isLost) for (const element of all("[data-lost-strip], [data-queue-lost]")) show(element);
    localStorage.setItem(MARKER, `${database} ${count}`);
  } catch {
    // A browser without localStorage has no alarm; the queue works all the same.
  }
}

listen(({ type }) => {
  if (type === "queue" || type === "received") void draw();
});

whenShown(() => void draw());
