/** The table of answers, row by row, and what counts as no answer. */

import { describe, expect, test, vi } from "vitest";
import { askedToWait, backOff, meaning } from "../../frontend/scripts/offline/answers.ts";
import { ask } from "../../frontend/scripts/offline/http.ts";

describe("the table of answers", () => {
  test.each([
    [0, null, "line"],
    [200, null, "answered"],
    [400, null, "refused"],
    [401, null, "login"],
    [403, null, "fault"],
    [404, null, "fault"],
    [408, null, "fault"],
    [413, null, "too_large"],
    [415, null, "refused"],
    [418, null, "fault"],
    [422, null, "refused"],
    [425, null, "fault"],
    [426, null, "outdated"],
    [429, null, "pause"],
    [429, "30", "pause"],
    [500, null, "fault"],
    [502, null, "fault"],
    [503, null, "fault"],
    [503, "30", "pause"],
    [504, null, "fault"],
    [507, null, "fault"],
  ])("%i with Retry-After %o means %s", (status, retryAfter, meant) => {
    expect(meaning(status, retryAfter)).toBe(meant);
  });

  test("waiting doubles from two seconds and ends at five minutes", () => {
    const luck = vi.spyOn(Math, "random").mockReturnValue(1);
    expect([1, 2, 3, 4, 9, 50].map(backOff)).toEqual([2000, 4000, 8000, 16_000, 300_000, 300_000]);
    luck.mockReturnValue(0);
    expect(backOff(9)).toBe(0);
    luck.mockRestore();
  });

  test("Retry-After is read as seconds, as a date, and not beyond an hour", () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const now = Date.parse("2026-11-24T03:00:00Z");
    expect(askedToWait("12", now)).toBe(12_000);
    expect(askedToWait("Tue, 24 Nov 2026 03:01:00 GMT", now)).toBe(60_000);
    expect(askedToWait("999999", now)).toBe(3600_000);
    expect(askedToWait("soon", now)).toBe(30_000);
    expect(askedToWait(null, now)).toBe(30_000);
    vi.restoreAllMocks();
  });

  test("a server that says nothing in time is no answer", async () => {
    vi.stubGlobal(
      "fetch",
      (_: string, { signal }: RequestInit) => new Promise((_resolve, reject) => signal?.addEventListener("abort", reject)),
    );
    expect((await ask("/api/sync", {}, 20)).status).toBe(0);
    vi.unstubAllGlobals();
  });

  test("a body that breaks off is no answer either", async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError("network")) });
    vi.stubGlobal("fetch", async () => new Response(broken));
    expect((await ask("/api/sync", {}, 1000)).status).toBe(0);
    vi.unstubAllGlobals();
  });
});
