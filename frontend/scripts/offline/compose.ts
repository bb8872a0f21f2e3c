/** From what a person filled in to the operation that says it. Made once, never changed afterwards. */

import { claimKey, sha256, uuid4, uuid7 } from "./ids.ts";
import type { Receipt, StoredPhoto } from "./store.ts";
import type { FinishPart, Kind, Operation, PhotoClaim, Place, SubmitComplaint, VisitPart } from "./wire.ts";

export type Fields = Readonly<Record<string, string>>;

/** In whose name: an account, or the holder of a complaint's key. */
export interface Sender {
  readonly owner: string | null;
  readonly key: string | null;
  readonly anonymous: boolean;
}

interface Carried {
  readonly id: string;
  readonly owner: string | null;
  readonly occurred_at?: string;
  readonly claim?: string;
}

/** What a form does not hold. */
const CARRIED: ReadonlySet<string> = new Set(["kind", "id", "owner", "occurred_at", "claim", "claim_hash"]);

/** An account, or who holds the key of a case; undefined where this phone has neither. */
export function senderFor(receipt: Receipt | undefined, account: string): Sender | undefined {
  if (receipt !== undefined && receipt.key !== null) return { owner: null, key: receipt.key, anonymous: receipt.anonymous };
  return account === "" ? undefined : { owner: account, key: null, anonymous: false };
}

/** A new complaint's sender: who stays anonymous, or has no account, gets a key. A mended one keeps what it had, if it still fits. */
export function newSender(secrecy: string | undefined, account: string, earlier: Receipt | undefined): Sender {
  const anonymous = secrecy === "anonymous";
  const owner = anonymous || account === "" ? null : account;
  const kept = earlier !== undefined && fits(earlier, owner, anonymous) ? earlier.key : null;
  return { owner, anonymous, key: owner === null ? (kept ?? claimKey()) : null };
}

export function fits(earlier: Receipt, owner: string | null, anonymous: boolean): boolean {
  return earlier.owner === owner && earlier.anonymous === anonymous;
}

export function newComplaintId({ anonymous }: Sender): string {
  return anonymous ? uuid4() : uuid7();
}

export async function composeSubmit(
  complaint: string,
  fields: Fields,
  photos: readonly StoredPhoto[],
  sender: Sender,
): Promise<SubmitComplaint> {
  return {
    kind: "complaint.submit",
    ...carried(sender, false),
    complaint,
    secrecy: sender.anonymous ? "anonymous" : "name_hidden",
    text: (fields["text"] ?? "").trim(),
    ...optional("category", fields["category"]),
    place: placeOf(fields),
    photos: photos.map(claimOf),
    ...(sender.key === null ? {} : { claim_hash: await sha256(sender.key) }),
  };
}

export function composeStep(
  kind: Exclude<Kind, "complaint.submit">,
  fields: Fields,
  photos: readonly StoredPhoto[],
  sender: Sender,
): Operation {
  const field = (name: string): string => (fields[name] ?? "").trim();
  const base = { ...carried(sender, true), seen: field("seen") };
  const manifest = photos.map(claimOf);
  switch (kind) {
    case "complaint.confirm":
      return { kind, ...base, complaint: field("complaint") };
    case "complaint.dispute":
      return { kind, ...base, complaint: field("complaint"), text: field("text"), ...optional("part", fields["part"]), photos: manifest };
    case "part.visit":
      return {
        kind,
        ...base,
        part: field("part"),
        text: field("text"),
        finish_on: field("finish_on"),
        photos: manifest as VisitPart["photos"],
      };
    case "part.done": {
      const result = {
        outcome: field("outcome") as FinishPart["outcome"],
        work_done: field("work_done"),
        work_done_on: field("work_done_on"),
      };
      return { kind, ...base, part: field("part"), ...result, work_done_by: field("work_done_by"), photos: manifest };
    }
  }
}

/** The way back: what the form must hold to say the same again. */
export function fieldsOf(operation: Operation): Record<string, string> {
  const place = operation.kind === "complaint.submit" ? operation.place : undefined;
  const flat = Object.entries({ ...operation, ...place }).filter(([name, value]) => typeof value !== "object" && !CARRIED.has(name));
  return Object.fromEntries(flat.map(([name, value]) => [name, String(value)]));
}

/** Of somebody anonymous neither the moment is told nor kept in the id. */
function carried({ owner, key, anonymous }: Sender, proves: boolean): Carried {
  return {
    id: anonymous ? uuid4() : uuid7(),
    owner,
    ...(anonymous ? {} : { occurred_at: new Date().toISOString() }),
    ...(proves && key !== null ? { claim: key } : {}),
  };
}

function placeOf(fields: Fields): Place {
  return {
    ...optionalNumber("latitude", fields["latitude"]),
    ...optionalNumber("longitude", fields["longitude"]),
    ...optionalNumber("accuracy_m", fields["accuracy_m"]),
    ...optional("area", fields["area"]),
    ...(fields["area"] && fields["area_estimated"] === "true" ? { area_estimated: true } : {}),
    ...optional("address", fields["address"]),
  };
}

function claimOf({ id, sha256, size }: StoredPhoto): PhotoClaim {
  return { id, sha256, size };
}

function optional<N extends string>(name: N, value: string | undefined): { [K in N]?: string } {
  return (value?.trim() ? { [name]: value.trim() } : {}) as { [K in N]?: string };
}

function optionalNumber<N extends string>(name: N, value: string | undefined): { [K in N]?: number } {
  const number = value?.trim() ? Number(value) : Number.NaN;
  return (Number.isFinite(number) ? { [name]: number } : {}) as { [K in N]?: number };
}
