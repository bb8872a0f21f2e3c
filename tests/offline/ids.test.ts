/** Ids, keys and digests that the phone makes by itself. */

import { describe, expect, test } from "vitest";
import { claimKey, inGroups, normalise, sha256, spoken, uuid4, uuid7 } from "../../frontend/scripts/offline/ids.ts";

describe("what the phone makes up by itself", () => {
  test("an id tells its time and sorts by it", () => {
    const [earlier, later] = [uuid7(1_764_000_000_000), uuid7(1_764_000_000_001)];
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(earlier.replaceAll("-", "").slice(0, 12), 16)).toBe(1_764_000_000_000);
    expect(earlier < later).toBe(true);
  });

  test("the id of somebody anonymous tells no time", () => {
    expect(uuid4()[14]).toBe("4");
  });

  test("a claim key has 26 characters that nobody takes for others, and no two are alike", () => {
    const keys = Array.from({ length: 200 }, claimKey);
    for (const key of keys) expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(new Set(keys).size).toBe(200);
  });

  test.each([
    ["7f3k-9q01 ", "7F3K9Q01"],
    ["oO iI lL", "001111"],
    ["ABCD EFGH", "ABCDEFGH"],
  ])("a key typed as %o is read as %o", (typed, meant) => {
    expect(normalise(typed)).toBe(meant);
  });

  test("keys and numbers are shown in groups", () => {
    expect(inGroups("ABCDEFGHJK")).toBe("ABCD EFGH JK");
    expect(spoken("7F3K9Q")).toBe("SRK 7F3K 9Q");
    expect(spoken("SRK 7F3K 9Q")).toBe("SRK 7F3K 9Q");
  });

  test("the digest is the one everybody knows", async () => {
    expect(await sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
