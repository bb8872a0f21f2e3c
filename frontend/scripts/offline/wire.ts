/** What travels between phone and server: the server's own structs, mirrored by `make mirror`. */

import type { Operation, PhotoClaim } from "../generated/operations.ts";

export type {
  Answer as SyncAnswer,
  FinishPart,
  Operation,
  Outcome,
  Owed,
  PhotoClaim,
  Place,
  SubmitComplaint,
  VisitPart,
} from "../generated/operations.ts";
export { LARGEST_PHOTO, MOST_CLAIMS, MOST_PHOTOS, PART_TARGETS, PROTOCOL } from "../generated/operations.ts";

export type Kind = Operation["kind"];

export function photosOf(operation: Operation): readonly PhotoClaim[] {
  return "photos" in operation ? (operation.photos ?? []) : [];
}
