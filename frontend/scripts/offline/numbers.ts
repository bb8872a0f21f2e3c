/** Numbers that should not stand where everybody reads: found by the server's own patterns (`backend/complaints/private.py`). Pure. */

export interface Found {
  readonly start: number;
  readonly end: number;
}

export interface Parted {
  readonly text: string;
  readonly numbers: readonly string[];
}

const GAP = "…";

/** The patterns as this browser reads them; none where it cannot: the server masks them anyway. */
export function compiled(patterns: readonly string[]): RegExp[] {
  try {
    return patterns.map((pattern) => new RegExp(pattern, "g"));
  } catch {
    return [];
  }
}

/** In order; of two that overlap one, long enough for both. */
export function found(text: string, patterns: readonly RegExp[]): Found[] {
  const plain = plainly(text);
  const every = patterns.flatMap((pattern) => [...plain.matchAll(pattern)].map(({ 0: match, index }) => spanOf(match, index)));
  every.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Found[] = [];
  for (const one of every) {
    const last = apart.at(-1);
    if (last === undefined || one.start >= last.end) apart.push(one);
    else apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, one.end) };
  }
  return apart;
}

/** The text with a gap where each number stood, and the numbers. */
export function parted(text: string, findings: readonly Found[]): Parted {
  let reached = 0;
  let rest = "";
  for (const { start, end } of findings) {
    rest += text.slice(reached, start) + GAP;
    reached = end;
  }
  return { text: rest + text.slice(reached), numbers: findings.map(({ start, end }) => text.slice(start, end)) };
}

function spanOf(match: string, start: number): Found {
  return { start, end: start + match.length };
}

/** The same length, with every space and dash of the world written as we write it. */
function plainly(text: string): string {
  return text.replace(/[\p{Zs}\p{Cf}]/gu, (space) => " ".repeat(space.length)).replace(/\p{Pd}/gu, "-");
}
