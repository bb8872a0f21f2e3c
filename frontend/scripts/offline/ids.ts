/** Everything the phone makes up by itself: ids, claim keys, digests. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const KEY_LENGTH = 26;

/** Random, without a time in it: for whoever stays anonymous, and for photos, which may follow either. */
export function uuid4(): string {
  return crypto.randomUUID();
}

/** Sorts by the time it was made. */
export function uuid7(now = Date.now()): string {
  const time = now.toString(16).padStart(12, "0");
  const rest = crypto.randomUUID().slice(15);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}`;
}

/** 26 Crockford characters, 130 random bits: whoever holds them opens the case. */
export function claimKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_LENGTH));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join("");
}

/** The key as it was made, however it was typed. */
export function normalise(key: string): string {
  const typed = key.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return typed.replaceAll("O", "0").replace(/[IL]/g, "1");
}

export function inGroups(key: string): string {
  return key.replace(/(.{4})(?=.)/g, "$1 ");
}

/** A public number as people read it: `SRK 7F3K 9Q`. */
export function spoken(number: string): string {
  const bare = number.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const digits = bare.length > 6 ? bare.replace(/^SRK/, "") : bare;
  return `SRK ${inGroups(digits)}`;
}

export async function sha256(content: string | ArrayBuffer): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
