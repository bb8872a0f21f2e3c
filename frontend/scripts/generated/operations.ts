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
  "part.ask": "needs_info",
  "part.done": "done",
};

/** What a form writes into each operation, and into the structs inside one; `?`: may be left out. */
export const SHAPES = {
  "complaint.submit": { complaint: "text", secrecy: "text", text: "text", category: "text?", place: "Place?", photos: "photos?", claim_hash: "text?", private: "text?", contact: "ContactGiven?", previous: "text?" },
  "complaint.reply": { complaint: "text", question: "text", seen: "text", text: "text?", unknown: "truth?", photos: "photos?" },
  "complaint.add": { complaint: "text", text: "text", photos: "photos?" },
  "complaint.object": { complaint: "text", seen: "text", text: "text" },
  "complaint.withdraw": { complaint: "text", seen: "text", own_will: "truth", text: "text?" },
  "complaint.confirm": { complaint: "text", seen: "text" },
  "complaint.dispute": { complaint: "text", seen: "text", text: "text", part: "text?", photos: "photos?" },
  "complaint.rate": { complaint: "text", stars: "number", text: "text?" },
  "complaint.follow": { complaint: "text", on: "truth?" },
  "complaint.still_broken": { complaint: "text", text: "text" },
  "part.ask": { part: "text", seen: "text", question_kind: "text", text: "text" },
  "part.visit": { part: "text", seen: "text", text: "text", finish_on: "text", photos: "photos" },
  "part.done": { part: "text", seen: "text", outcome: "text", work_done: "text", work_done_on: "text", work_done_by: "text", photos: "photos?" },
  "ContactGiven": { name: "text?", phone: "text?", may_call: "truth?" },
  "Place": { latitude: "number?", longitude: "number?", accuracy_m: "number?", area: "text?", area_estimated: "truth?", address: "text?" },
} as const;

export type Operation =
  | SubmitComplaint
  | ReplyComplaint
  | AddToComplaint
  | ObjectToRejection
  | WithdrawComplaint
  | ConfirmComplaint
  | DisputeComplaint
  | RateComplaint
  | FollowComplaint
  | StillBroken
  | AskForPart
  | VisitPart
  | FinishPart;
/**
 * Name hidden: the text is public after moderation, the name is not. Anonymous: nobody knows who, and nothing kept could tell.
 */
export type Secrecy = "anonymous" | "name_hidden";
/**
 * What may be asked (G3); never who an anonymous reporter is.
 */
export type QuestionKind = "details" | "document" | "photo" | "place" | "still_so" | "time";
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
 *
 *     `private`: what only the city's people need (a NIK), never public. `previous`: the closed complaint this one goes on from (C21).
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
  private?: string;
  contact?: ContactGiven | null;
  previous?: string | null;
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
 * How the reporter can be reached: name and phone number, and whether officers may call.
 */
export interface ContactGiven {
  name?: string;
  phone?: string;
  may_call?: boolean;
}
/**
 * C5, P6. The reporter answers the question `question`; `unknown`: "Saya tidak tahu", which is an answer too.
 */
export interface ReplyComplaint {
  kind: "complaint.reply";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  question: string;
  seen: string;
  text?: string;
  unknown?: boolean;
  /**
   * @maxItems 5
   */
  photos?: PhotoClaim[];
}
/**
 * C13, the reporter's own: what was written stays, this is added.
 */
export interface AddToComplaint {
  kind: "complaint.add";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  text: string;
  /**
   * @maxItems 5
   */
  photos?: PhotoClaim[];
}
/**
 * C8. The reporter says why the rejection is wrong, once.
 */
export interface ObjectToRejection {
  kind: "complaint.object";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  seen: string;
  text: string;
}
/**
 * C14. `own_will`: "Atas kemauan sendiri?" was answered yes; no is kept too, and looked at (G16).
 */
export interface WithdrawComplaint {
  kind: "complaint.withdraw";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  seen: string;
  own_will: boolean;
  text?: string;
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
 * One to five stars, and a word.
 */
export interface RateComplaint {
  kind: "complaint.rate";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  stars: number;
  text?: string;
}
/**
 * Hear of a public complaint ("Ini juga keluhan saya"); `on` false: no longer.
 */
export interface FollowComplaint {
  kind: "complaint.follow";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  on?: boolean;
}
/**
 * A follower says that it is not in order, while the reporter is asked (C18).
 */
export interface StillBroken {
  kind: "complaint.still_broken";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  complaint: string;
  text: string;
}
/**
 * P5. The OPD's question to the reporter.
 */
export interface AskForPart {
  kind: "part.ask";
  id: string;
  owner?: string | null;
  occurred_at?: string | null;
  claim?: string | null;
  part: string;
  seen: string;
  question_kind: QuestionKind;
  text: string;
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
