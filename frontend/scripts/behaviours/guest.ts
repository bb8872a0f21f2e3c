/** A guest's own list: the keys of the open cases on this phone are proved to the server, which then shows them. Never those of anonymous ones. */

import { guestKeys, receipt } from "../offline/claims.ts";
import { meta, setMeta } from "../offline/store.ts";
import { openWith } from "./claim.ts";
import { savedAt } from "./saved.ts";

const LISTS = new Set(["/", "/complaints"]);
const SOONEST = 60_000;

interface Proof {
  readonly keys: string;
  readonly scope: string;
  readonly at: number;
}

/** Once for the same keys and the same guest session: the cookie that comes back is what shows them. */
async function prove(): Promise<void> {
  const { owner, scope = "" } = document.documentElement.dataset;
  if (owner !== "" || savedAt !== "" || !LISTS.has(location.pathname)) return;
  const keys = (await guestKeys()).join("\n");
  const before = await meta<Proof>("proved", { keys: "", scope: "", at: 0 });
  const isNew = before.scope === "" && scope !== "public";
  if (isNew) await setMeta("proved", { ...before, scope } satisfies Proof);
  const isProved = before.keys === keys && (isNew || before.scope === scope);
  if (keys === "" || isProved || Date.now() - before.at < SOONEST) return;
  const { state } = await openWith(keys);
  if (state !== "open") return;
  await setMeta("proved", { keys, scope: "", at: Date.now() } satisfies Proof);
  location.reload();
}

/** A push or a bookmark leads to a case whose key this phone holds, but the server does not know this browser (any more). */
async function openClosedCase(): Promise<void> {
  const id = /^\/complaints\/([0-9a-f-]{36})$/.exec(location.pathname)?.[1];
  if (id === undefined || savedAt !== "" || document.querySelector("[data-complaint]") !== null) return;
  const key = (await receipt(id))?.key;
  const before = await meta("opened", { id: "", at: 0 });
  if (!key || (before.id === id && Date.now() - before.at < SOONEST)) return;
  await setMeta("opened", { id, at: Date.now() });
  if ((await openWith(key)).state === "open") location.reload();
}

void openClosedCase().catch(() => undefined);
void prove().catch(() => undefined);
