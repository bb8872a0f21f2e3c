/** Whoever leaves takes the pushes along. */

import { expect, test } from "vitest";
import { setMeta } from "../../frontend/scripts/offline/store.ts";
import { unsubscribe, wish } from "../../frontend/scripts/offline/subscription.ts";
import { everyTestWith, noLine } from "./city.ts";

const world = everyTestWith();
const ENDPOINT = "https://push.example/abc";

function registration(gone: string[]): ServiceWorkerRegistration {
  const subscription = { endpoint: ENDPOINT, unsubscribe: async () => gone.push(ENDPOINT) };
  return { pushManager: { getSubscription: async () => subscription } } as unknown as ServiceWorkerRegistration;
}

test("the city is told to forget the address, the browser gives it up, and the next person is asked anew", async () => {
  const gone: string[] = [];
  await setMeta("push_wanted", "yes");
  await unsubscribe(registration(gone));
  const [letter] = world.city.letters;
  expect(letter).toMatchObject({ method: "DELETE", path: "/api/push", body: { endpoint: ENDPOINT } });
  expect(gone).toEqual([ENDPOINT]);
  expect(await wish()).toBe("");
});

test("without signal the browser gives it up all the same", async () => {
  const gone: string[] = [];
  world.city.replies.push(noLine);
  await unsubscribe(registration(gone));
  expect(gone).toEqual([ENDPOINT]);
});
