/** From what a person filled in to the operation that says it, by the server's table of shapes. Made once, never changed afterwards. */

import { claimKey, sha256, uuid4, uuid7 } from "./ids.ts";
import type { Receipt, StoredPhoto } from "./store.ts";
import { type Kind, type Operation, type PhotoClaim, SHAPES, type Shape } from "./wire.ts";

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

/** How a form calls the fields of a struct inside an operation; those of a place stand there by their own names. */
const PREFIX: Fields = { contact: "contact_" };
const NO_FIELD: ReadonlySet<string> = new Set(["claim_hash"]);
const YES: ReadonlySet<string> = new Set(["true", "on", "yes", "1"]);

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

/**
 * A new complaint. Of somebody anonymous no contact travels; and what it goes on from is named only where the same person would be behind
 * both, or one would tell who stands behind the other. The key of the earlier one proves that it was theirs.
 */
export async function composeSubmit(
  complaint: string,
  fields: Fields,
  photos: readonly StoredPhoto[],
  sender: Sender,
  previous: Receipt | undefined,
): Promise<Operation> {
  const { owner, key, anonymous } = sender;
  const goesOn = Boolean(fields["previous"]) && (previous === undefined ? owner !== null : fits(previous, owner, anonymous));
  const said = Object.entries(fields).filter(([name]) => (goesOn || name !== "previous") && !(anonymous && name.startsWith("contact_")));
  const made: Fields = { complaint, secrecy: anonymous ? "anonymous" : "name_hidden", ...(key && { claim_hash: await sha256(key) }) };
  const proof = goesOn && owner === null ? (previous?.key ?? null) : null;
  return operation("complaint.submit", carried(sender, proof), { ...Object.fromEntries(said), ...made }, photos);
}

export function composeStep(kind: Kind, fields: Fields, photos: readonly StoredPhoto[], sender: Sender): Operation {
  return operation(kind, carried(sender, sender.key), fields, photos);
}

/** The way back: what the form must hold to say the same again. */
export function fieldsOf(operation: Operation): Record<string, string> {
  return unwritten(SHAPES[operation.kind], operation as unknown as Record<string, unknown>, "");
}

/** The shape is the server's own of this kind: nothing else is written, and what is missing the server says in its own words. */
function operation(kind: Kind, head: Carried, fields: Fields, photos: readonly StoredPhoto[]): Operation {
  return { kind, ...head, ...written(SHAPES[kind], fields, photos.map(claimOf), "") } as unknown as Operation;
}

function written(shape: Shape, fields: Fields, photos: readonly PhotoClaim[], prefix: string): Record<string, unknown> {
  const values = Object.entries(shape).map(([name, type]): [string, unknown] => {
    const field = (fields[prefix + name] ?? "").trim();
    const kind = type.replace("?", "");
    switch (kind) {
      case "photos":
        return [name, photos];
      case "text":
        return [name, field === "" && type !== kind ? undefined : field];
      case "number":
        return [name, field === "" || Number.isNaN(Number(field)) ? undefined : Number(field)];
      case "truth":
        return [name, field === "" && type !== kind ? undefined : YES.has(field)];
      default:
        return [name, inside(kind, fields, PREFIX[name] ?? "")];
    }
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** A struct inside, or nothing where nobody wrote a word of it: that officers may call is no contact without a number. */
function inside(name: string, fields: Fields, prefix: string): Record<string, unknown> | undefined {
  const made = written(shapeOf(name), fields, [], prefix);
  return Object.values(made).some((value) => typeof value !== "boolean") ? made : undefined;
}

function unwritten(shape: Shape, values: Readonly<Record<string, unknown>>, prefix: string): Record<string, string> {
  const fields = Object.entries(shape).flatMap(([name, type]): [string, string][] => {
    const value = values[name];
    if (value === undefined || value === null || Array.isArray(value) || NO_FIELD.has(name)) return [];
    if (typeof value !== "object") return [[prefix + name, String(value)]];
    return Object.entries(unwritten(shapeOf(type.replace("?", "")), value as Record<string, unknown>, PREFIX[name] ?? ""));
  });
  return Object.fromEntries(fields);
}

function shapeOf(name: string): Shape {
  return (SHAPES as Readonly<Record<string, Shape>>)[name] ?? {};
}

/** Of somebody anonymous neither the moment is told nor kept in the id. */
function carried({ owner, anonymous }: Sender, claim: string | null): Carried {
  return {
    id: anonymous ? uuid4() : uuid7(),
    owner,
    ...(anonymous ? {} : { occurred_at: new Date().toISOString() }),
    ...(claim === null ? {} : { claim }),
  };
}

function claimOf({ id, sha256, size }: StoredPhoto): PhotoClaim {
  return { id, sha256, size };
}
