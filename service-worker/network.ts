/** The network, with a limit: people look at an old page rather than at a white one. */

export const LIMIT = 3000;

/** `"late"` when the limit has passed and `"dead"` when there is no way; `whole` goes on. */
export async function soon(whole: Promise<Response>): Promise<Response | "late" | "dead"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), LIMIT);
  });
  const dead = whole.catch((): "dead" => "dead");
  try {
    return await Promise.race([dead, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy speaks for a server that is not there. */
export function isOutOfOrder({ status }: Response): boolean {
  return status === 502 || status === 503 || status === 504;
}
