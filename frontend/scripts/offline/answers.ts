/** What an answer means, whatever was asked: one table; and how long to wait after a failure. */

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 5 * 60_000;
const WAIT_UNTOLD = 30_000;
const LONGEST_TOLD = 3600_000;

/**
 * `answered` look into it · `line` no network, keep all and wait · `fault` the server stumbled, keep this and wait · `pause` the whole
 * queue waits · `login` the session is gone · `too_large` · `refused` what was sent cannot be taken · `outdated` this program is too old.
 */
export type Meaning = "answered" | "line" | "fault" | "pause" | "login" | "too_large" | "refused" | "outdated";

export const NO_ANSWER = 0;

const MEANINGS: Readonly<Record<number, Meaning>> = {
  [NO_ANSWER]: "line",
  200: "answered",
  400: "refused",
  401: "login",
  408: "fault",
  413: "too_large",
  415: "refused",
  422: "refused",
  425: "fault",
  426: "outdated",
  429: "pause",
  500: "fault",
  502: "fault",
  503: "fault",
  504: "fault",
};

/** A status nobody has thought of keeps what was sent, too. */
export function meaning(status: number, retryAfter: string | null): Meaning {
  if (status === 503 && retryAfter !== null) return "pause";
  return MEANINGS[status] ?? "fault";
}

/** Full jitter: anything between nothing and a bound that doubles, so that a thousand phones do not come back at one moment. */
export function backOff(attempts: number): number {
  return Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (Math.max(1, attempts) - 1));
}

/** Milliseconds that `Retry-After` asks for (seconds or a date), and up to a tenth more. */
export function askedToWait(retryAfter: string | null, now: number): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  const told = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter ?? "") - now;
  const wait = Number.isFinite(told) ? Math.min(Math.max(told, 0), LONGEST_TOLD) : WAIT_UNTOLD;
  return wait * (1 + Math.random() / 10);
}
