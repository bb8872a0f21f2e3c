/** Written by `make mirror` from backend/sync/registry.py; changes belong there. */

export const PROTOCOL = 1;
export const MOST_OPERATIONS = 100;
export const MOST_CLAIMS = 50;
export const MOST_PHOTOS = 5;
export const LARGEST_PHOTO = 12582912;
export const LONGEST_TEXT = 4000;
export const LONGEST_NOTE = 2000;

/** What a part becomes by a step. */
export const PART_TARGETS: Readonly<Partial<Record<string, string>>> = {
  "part.visit": "in_progress",
  "part.done": "done",
};

export type Operation = SubmitComplaint | ConfirmComplaint | DisputeComplaint | VisitPart | FinishPart;
/**
 * Name hidden: the text is public after moderation, the name is not. Anonymous: nobody knows who, and nothing kept could tell.
 */
export type Secrecy = "anonymous" | "name_hidden";
/**
 * How a part ended (C15). The first three count as handled in public.
 */
export type PartOutcome = "already_fixed" | "answered" | "fixed" | "not_found" | "not_possible" | "settled";
/**
 * What came of an operation.
 */
export type Status = "applied" | "conflict" | "duplicate" | "rejected" | "retry";

export interface Wire {
  operation?: Operation;
  answer?: Answer;
}
/**
 * C1. `complaint` is the phone's id for it; a guest brings `claim_hash`, the SHA-256 (hex) of the claim key kept on the phone.
 */
export interface SubmitComplaint {
  kind: "complaint.submit";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  secrecy: Secrecy;
  text: string;
  category?: string | null;
  place?: Place;
  /**
   * @maxItems 5
   */
  photos?: PhotoClaim[];
  claim_hash?: string | null;
}
/**
 * Where it is: degrees (WGS 84) with accuracy in metres, kelurahan by official code (`area_estimated`: proposed by distance), words.
 */
export interface Place {
  latitude?: number | null;
  longitude?: number | null;
  accuracy_m?: number | null;
  area?: string | null;
  area_estimated?: boolean;
  address?: string;
}
/**
 * A photo that will follow by `/api/photos`: id made by the phone, SHA-256 (hex) and size in bytes of what will arrive.
 */
export interface PhotoClaim {
  id: string;
  sha256: string;
  size: number;
}
/**
 * C16. The reporter says it is in order.
 */
export interface ConfirmComplaint {
  kind: "complaint.confirm";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  seen: string;
}
/**
 * C18, C19. The reporter says it is not in order; `part` names the OPD's part, none means all.
 */
export interface DisputeComplaint {
  kind: "complaint.dispute";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  seen: string;
  text: string;
  part?: string | null;
  /**
   * @maxItems 5
   */
  photos?: PhotoClaim[];
}
/**
 * P4. Somebody was there: note, photo, and the day by which it will be finished.
 */
export interface VisitPart {
  kind: "part.visit";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  part: string;
  seen: string;
  text: string;
  finish_on: string;
  /**
   * @minItems 1
   * @maxItems 5
   */
  photos: [PhotoClaim, ...PhotoClaim[]];
}
/**
 * P16, C15. Outcome, what was done, when and by whom; field work without an after-photo is weak evidence.
 */
export interface FinishPart {
  kind: "part.done";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  part: string;
  seen: string;
  outcome: PartOutcome;
  work_done: string;
  work_done_on: string;
  work_done_by: string;
  /**
   * @maxItems 5
   */
  photos?: PhotoClaim[];
}
/**
 * What a phone hears: one outcome for each operation, in order, and what has changed since its cursor.
 */
export interface Answer {
  server_time: string;
  outcomes: Outcome[];
  changed: Changed[];
  cursor: number;
  more: boolean;
}
/**
 * The answer to one operation. `message` is a sentence for the person, `fields` one for each field that must be mended.
 */
export interface Outcome {
  id: string;
  status: Status;
  code?: string;
  message?: string;
  fields?: {
    [k: string]: string;
  } | null;
  complaint?: ComplaintReceipt | null;
  notice?: string;
}
/**
 * The complaint an operation was about, as its sender may see it.
 */
export interface ComplaintReceipt {
  id: string;
  number: string;
  status: string;
  owed?: Owed[];
}
/**
 * A promise to the citizen: `what` is answer, work or finish, `by` the day (YYYY-MM-DD, Malang).
 */
export interface Owed {
  what: string;
  by: string;
}
/**
 * A page to fetch again, and the position that made it so.
 */
export interface Changed {
  url: string;
  version: number;
}
