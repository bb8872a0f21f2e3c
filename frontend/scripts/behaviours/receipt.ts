/** `[data-receipt]`: the slip of one complaint of this phone. It says "not sent yet" and turns into the received one by itself. */

import * as claims from "../offline/claims.ts";
import { listen } from "../offline/events.ts";
import { inGroups, spoken } from "../offline/ids.ts";
import { cards } from "../offline/queue.ts";
import type { Receipt } from "../offline/store.ts";
import { all, clockTime, dayOf, fill, first, onClick, sentence, show, whenShown } from "../page.ts";
import { openWith } from "./claim.ts";
import { saveAs } from "./entry.ts";
import { offerPush } from "./push.ts";
import { sendNow } from "./sending.ts";

let shownKey = "";

async function look(): Promise<void> {
  const page = first("[data-receipt]");
  if (page === null) return;
  const receipt = await claims.receipt(location.hash.slice(1));
  show(page, receipt !== undefined);
  show(first("[data-receipt-none]"), receipt === undefined);
  if (receipt !== undefined) await draw(page, receipt, await refusalOf(receipt));
}

/** Why the city could not take it, if that is so. */
async function refusalOf({ complaint }: Receipt): Promise<string | undefined> {
  const card = (await cards()).find(({ entry, state }) => entry.complaint === complaint && state === "rejected");
  return card && (card.entry.trouble?.message ?? "");
}

async function draw(page: HTMLElement, receipt: Receipt, refusal: string | undefined): Promise<void> {
  const { received_at, number, owed, words, place, key, anonymous } = receipt;
  if (received_at !== null) page.dataset["state"] = "received";
  else page.dataset["state"] = refusal === undefined ? "pending" : "refused";
  fill(page, "why", refusal ?? "");
  for (const element of all("[data-when]", page)) show(element, element.dataset["when"] === page.dataset["state"]);
  fill(page, "number", number === null ? "" : spoken(number));
  fill(page, "words", words);
  if (place !== "") fill(page, "place", place);
  if (received_at !== null) drawReceived(page, received_at, owed.find(({ what }) => what === "answer")?.by);
  fill(page, "notice", receipt.notice);
  show(first('[data-slot="notice"]', page), receipt.notice !== "");
  await drawKey(page, key);
  if (received_at !== null) await offerPush(anonymous);
}

function drawReceived(page: HTMLElement, receivedAt: string, answerBy: string | undefined): void {
  const time = clockTime(receivedAt);
  for (const element of all('[data-slot="received"]', page)) {
    element.textContent = sentence(element.dataset["words"] ?? "{time}", { time });
  }
  fill(page, "received-on", `${dayOf(receivedAt)}, ${time}`);
  if (answerBy !== undefined) fill(page, "promise", dayOf(answerBy));
}

async function drawKey(page: HTMLElement, key: string | null): Promise<void> {
  show(first("[data-stub]", page), key !== null);
  if (key === null || key === shownKey) return;
  shownKey = key;
  for (const element of all("[data-key]", page)) element.textContent = inGroups(key);
  const { drawQr } = await import("./slip.ts");
  for (const element of all("[data-qr]", page)) drawQr(element, claimAddress(key));
}

function claimAddress(key: string): string {
  return `${location.origin}/claim#${key}`;
}

onClick("[data-save]", async () => {
  const receipt = await claims.receipt(location.hash.slice(1));
  const slip = first("[data-receipt] .slip");
  if (receipt === undefined || slip === null) return print();
  const { pictureOf } = await import("./slip.ts");
  const picture = await pictureOf(slip, receipt.key === null ? null : claimAddress(receipt.key));
  if (picture === null) return print();
  saveAs(picture, `${receipt.number === null ? receipt.complaint.slice(-8) : spoken(receipt.number)}.png`);
});

onClick("[data-open-case]", async (link, event) => {
  if (first("[data-receipt]") === null) return;
  event.preventDefault();
  const id = location.hash.slice(1);
  const receipt = await claims.receipt(id);
  if (receipt === undefined) return location.assign(link.getAttribute("href") ?? "/complaints");
  if (receipt.key !== null && (await openWith(receipt.key)).state !== "open") return location.assign("/claim");
  location.assign(`/complaints/${id}`);
});

if (first("[data-receipt]") !== null) {
  listen(({ type }) => {
    if (type === "received" || type === "queue") void look();
  });
  addEventListener("hashchange", () => void look());
  whenShown(() => void look());
  void sendNow();
}
