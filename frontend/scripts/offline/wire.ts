/** What travels between phone and server: the server's own structs, mirrored by `make mirror`. */

import type { Operation, PhotoClaim } from "../generated/operations.ts";

export type {
  Answer as SyncAnswer,
  Operation,
  Outcome,
  Owed,
  PhotoClaim,
} from "../generated/operations.ts";
export { LARGEST_PHOTO, MOST_CLAIMS, MOST_PHOTOS, PART_TARGETS, PROTOCOL, SHAPES } from "../generated/operations.ts";

export type Kind = Operation["kind"];

/** Field -> text, number, truth, photos or the name of another shape; `?`: may be left out. */
export type Shape = Readonly<Record<string, string>>;

export function photosOf(operation: Operation): readonly PhotoClaim[] {
  return "photos" in operation ? (operation.photos ?? []) : [];
}
