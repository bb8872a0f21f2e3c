/** Which text sounds like an emergency, or like a matter that is not the city's: the same rule as `backend/agencies/hints.py`. Pure. */

export interface Hint {
  readonly kind: "emergency" | "elsewhere";
  readonly code: string;
  readonly signs: readonly string[];
  readonly title: string;
  readonly words: string;
  readonly call: string;
  readonly tel: string;
}

const WORDS = /[\p{L}\p{N}]+/gu;

/** The hints whose signs stand in the text as whole words, in their order: emergencies come first. */
export function recognised(text: string, hints: readonly Hint[]): Hint[] {
  const told = plain(text);
  return hints.filter(({ signs }) => signs.some((sign) => told.includes(plain(sign))));
}

/** Words alone, small, a space on either side of each. */
export function plain(text: string): string {
  return ` ${(text.toLowerCase().match(WORDS) ?? []).join(" ")} `;
}
