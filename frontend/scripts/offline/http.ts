/** One request with a limit of time. Whatever goes wrong on the line is no answer, never an exception. */

import { NO_ANSWER } from "./answers.ts";

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** The JSON of the body, or undefined where there is none. */
  readonly body: unknown;
}

/** A redirect is no answer either: neither a captive portal nor a page to sign in can have taken what we sent. */
export async function ask(url: string, init: RequestInit, limit: number): Promise<Answer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const response = await fetch(url, { ...init, cache: "no-store", redirect: "error", signal: stop.signal });
    const text = await response.text();
    return { status: response.status, header: (name) => response.headers.get(name), body: json(text) };
  } catch {
    return { status: NO_ANSWER, header: () => null, body: undefined };
  } finally {
    clearTimeout(timer);
  }
}

/** The sentence a refusal carries for the person, if it does. */
export function troubleOf({ status, body }: Answer): { code: string; message: string } {
  const { code, message } = (isRecord(body) ? body : {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === "string" ? code : `http_${status}`, message: typeof message === "string" ? message : "" };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
