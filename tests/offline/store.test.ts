/** The database under it all. */

import { describe, expect, test } from "vitest";
import { claimKey } from "../../frontend/scripts/offline/ids.ts";
import { count } from "../../frontend/scripts/offline/queue.ts";
import { close, deviceId, read, setMeta, write } from "../../frontend/scripts/offline/store.ts";
import { everyTestWith, send } from "./city.ts";

everyTestWith();

describe("the database", () => {
  test("is opened again when the browser has closed it", async () => {
    await send();
    await close();
    expect(await count()).toBe(1);
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("sambat");
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    expect(await count()).toBe(1);
  });

  test("gives way to a newer version in another tab", async () => {
    await send();
    const version = await new Promise<number>((resolve, reject) => {
      const request = indexedDB.open("sambat", 99);
      request.onsuccess = () => {
        resolve(request.result.version);
        request.result.close();
      };
      request.onblocked = () => reject(new Error("blocked"));
    });
    expect(version).toBe(99);
  });

  test("keeps its name, by which a page sees that it is another one", async () => {
    expect(await deviceId()).toBe(await deviceId());
  });

  test("undoes a change that fails half-way", async () => {
    await expect(
      write(async (tx) => {
        await tx.objectStore("meta").put(claimKey(), "half");
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await setMeta("whole", 1);
    expect(await read((tx) => tx.objectStore("meta").get("half"))).toBeUndefined();
  });
});
