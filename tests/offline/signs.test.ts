/** What a text makes the page say while it is written: the same cases as the city's own rule (`tests/house/test_phone_agrees.py`). */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compiled, found, parted } from "../../frontend/scripts/offline/numbers.ts";
import { type Hint, recognised } from "../../frontend/scripts/offline/signs.ts";

function cases<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./cases/${name}.json`, import.meta.url), "utf8"));
}

const told = cases<{ hints: Hint[]; cases: { text: string; codes: string[] }[] }>("hints");

describe("a text is recognised by whole words", () => {
  test.each(told.cases)("$text", ({ text, codes }) => {
    expect(recognised(text, told.hints).map(({ code }) => code)).toEqual(codes);
  });
});

describe("numbers nobody else should read", () => {
  const patterns = compiled(["(?<![0-9])[0-9]{4}(?:[ .-]?[0-9]{4}){3}(?![0-9])", "(?<![0-9])08[0-9]{2}(?:-?[0-9]{4}){2}(?![0-9])"]);

  test("leave a gap where they stood, and are kept as they were written", () => {
    const text = "NIK 3573 0145 0792 0003, HP 0812‑3456‑7890.";
    expect(parted(text, found(text, patterns))).toEqual({ text: "NIK …, HP ….", numbers: ["3573 0145 0792 0003", "0812‑3456‑7890"] });
  });

  test("found by two patterns at once are one", () => {
    const twice = compiled(["[0-9]{4}", "[0-9]{3}-"]);
    expect(found("1234-", twice)).toEqual([{ start: 0, end: 5 }]);
  });

  test("a browser that cannot read a pattern finds none, and the city masks them all the same", () => {
    expect(compiled(["(?<broken"])).toEqual([]);
    expect(found("3573014507920003", [])).toEqual([]);
  });
});
