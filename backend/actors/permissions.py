"""THE PERMISSION TABLE (`law.md` 6): who may do what, and how far it reaches."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What somebody is in the city's system. A guest is a citizen who proves a key."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    AGENCY_ADMIN = "agency_admin"
    MODERATOR = "moderator"
    MANAGER = "manager"
    SECRETARY = "secretary"
    MAYOR = "mayor"


class Reach(IntEnum):
    """How far a permission goes, from the nearest to the widest. Agency: the OPD's and its sub-units'."""

    NONE = 0
    OWN = 1
    ASSIGNED = 2
    AGENCY = 3
    CITY = 4


class Permission(StrEnum):
    """What can be done."""

    READ_PUBLIC = "complaint.read_public"
    SUBMIT = "complaint.submit"
    SUBMIT_FOR_OTHER = "complaint.submit_for_other"
    READ = "complaint.read"
    READ_CONFIDENTIAL = "complaint.read_confidential"
    READ_ORIGINAL = "complaint.read_original"
    VIEW_CONTACT = "contact.view"
    REQUEST_UNMASKING = "identity.unmask_request"
    APPROVE_UNMASKING = "identity.unmask_approve"
    REPLY = "complaint.reply"
    CONFIRM = "complaint.confirm"
    DISPUTE = "complaint.dispute"
    RATE = "complaint.rate"
    WITHDRAW = "complaint.withdraw"
    OBJECT = "complaint.object"
    FOLLOW = "complaint.follow"
    FORWARD = "complaint.forward"
    CLAIM = "complaint.claim"
    ANSWER_FROM_DIRECTORY = "complaint.answer_from_directory"
    ASK = "complaint.ask"
    REJECT = "complaint.reject"
    MERGE = "complaint.merge"
    UNMERGE = "complaint.unmerge"
    DECIDE_OBJECTION = "objection.decide"
    DECIDE_DISPUTE = "dispute.decide"
    REVIEW_SILENCE = "silence.review"
    EDIT = "complaint.edit"
    BLACK_OUT = "photo.black_out"
    RAISE_SECRECY = "secrecy.raise"
    LOWER_SECRECY = "secrecy.lower"
    HIDE_ABUSE = "complaint.hide_abuse"
    BLOCK_SENDER = "sender.block"
    RAISE_CLASS = "class.raise"
    LOWER_CLASS = "class.lower"
    EXTEND_DEADLINE = "deadline.extend"
    ANSWER = "part.answer"
    ASSIGN = "part.assign"
    VISIT = "part.visit"
    PHOTOGRAPH = "part.photo"
    NOTE = "part.note"
    SET_FINISH_DATE = "part.finish_date"
    DONE = "part.done"
    BUDGET_THIS_YEAR = "part.budget_this_year"
    BUDGET_NEXT_YEAR = "part.budget_next_year"
    CONFIRM_LAPSE = "part.lapse_confirm"
    HAND_BACK = "part.hand_back"
    NOTE_INTERNALLY = "note.internal"
    EDIT_TEMPLATES = "template.edit"
    EDIT_SOPS = "sop.edit"
    EDIT_DIRECTORY = "directory.edit"
    READ_WALL = "wall.read"
    READ_REPORTS = "report.read"
    ADD_TO_REPORT = "report.add_note"
    REPLY_TO_REPORT = "report.reply"
    ACKNOWLEDGE_REPORT = "report.acknowledge"
    INSTRUCT = "report.instruct"
    READ_EVALUATION = "evaluation.read"
    NOTE_EVALUATION = "evaluation.note"
    DECIDE_EVALUATION = "evaluation.decide"
    ISSUE_EVALUATION = "evaluation.issue_version"
    EXPORT_CASES = "export.cases"
    EXPORT_FIGURES = "export.figures"
    MANAGE_USERS = "user.manage"
    GRANT_IN_AGENCY = "role.grant_agency"
    PROPOSE_GRANT = "role.propose"
    CONFIRM_GRANT = "role.confirm"
    EDIT_AGENCIES = "agency.edit"
    EDIT_CATEGORIES = "category.edit"
    IMPORT_AREAS = "area.import"
    EDIT_ROUTING = "routing.edit"
    PROPOSE_HOLIDAY = "holiday.propose"
    PROPOSE_POLICY = "policy.propose"
    CONFIRM_HOLIDAY = "holiday.confirm"
    CONFIRM_POLICY = "policy.confirm"
    READ_ACCESS_TRAIL = "audit.read_access"
    READ_CHANGES = "audit.read_changes"
    HANDLE_DATA_REQUEST = "data_request.handle"
    LIST_OPERATIONS = "operations.list"


_, O, S, A, C = Reach  # noqa: E741  (own: one letter a cell, so that the table can be read as the law prints it)
N = Reach.NONE
P = Permission

PERMISSIONS: dict[Permission, dict[Role, Reach]] = {
    permission: dict(zip(Role, reaches, strict=True))
    for permission, reaches in {
        # permission         citizen, officer, agency_admin, moderator, manager, secretary, mayor
        P.READ_PUBLIC:           (C, C, C, C, C, C, C),
        P.SUBMIT:                (O, O, O, O, O, O, O),
        P.SUBMIT_FOR_OTHER:      (N, N, A, C, N, N, N),  # at the OPD's own counters
        P.READ:                  (O, A, A, C, C, C, C),
        P.READ_CONFIDENTIAL:     (O, S, A, C, N, N, N),
        P.READ_ORIGINAL:         (O, N, N, C, N, N, N),
        P.VIEW_CONTACT:          (O, S, A, C, N, N, N),  # an officer only with the citizen's tick
        P.REQUEST_UNMASKING:     (N, N, N, C, N, N, N),
        P.APPROVE_UNMASKING:     (N, N, N, N, N, C, N),
        P.REPLY:                 (O, N, N, N, N, N, N),
        P.CONFIRM:               (O, N, N, N, N, N, N),
        P.DISPUTE:               (O, N, N, N, N, N, N),
        P.RATE:                  (O, N, N, N, N, N, N),
        P.WITHDRAW:              (O, N, N, N, N, N, N),
        P.OBJECT:                (O, N, N, N, N, N, N),
        P.FOLLOW:                (C, C, C, C, N, N, N),  # public ones
        P.FORWARD:               (N, N, N, C, N, N, N),
        P.CLAIM:                 (N, N, A, N, N, N, N),
        P.ANSWER_FROM_DIRECTORY: (N, N, N, C, N, N, N),
        P.ASK:                   (N, S, A, C, N, N, N),
        P.REJECT:                (N, N, N, C, N, N, N),
        P.MERGE:                 (N, N, N, C, N, N, N),
        P.UNMERGE:               (N, N, N, C, N, N, N),
        P.DECIDE_OBJECTION:      (N, N, N, C, C, N, N),  # not who decided before
        P.DECIDE_DISPUTE:        (N, N, N, C, N, N, N),
        P.REVIEW_SILENCE:        (N, N, N, C, N, N, N),
        P.EDIT:                  (O, N, N, C, N, N, N),  # own: until forwarded; afterwards additions only
        P.BLACK_OUT:             (O, N, N, C, N, N, N),
        P.RAISE_SECRECY:         (O, N, A, C, N, N, N),
        P.LOWER_SECRECY:         (O, N, N, N, N, N, N),
        P.HIDE_ABUSE:            (N, N, N, C, N, N, N),
        P.BLOCK_SENDER:          (N, N, N, C, N, N, N),
        P.RAISE_CLASS:           (N, N, A, C, N, N, N),
        P.LOWER_CLASS:           (N, N, N, C, N, C, N),
        P.EXTEND_DEADLINE:       (N, N, N, C, N, C, N),  # once; beyond it the secretary
        P.ANSWER:                (N, N, A, N, N, N, N),
        P.ASSIGN:                (N, N, A, N, N, N, N),
        P.VISIT:                 (N, S, A, N, N, N, N),
        P.PHOTOGRAPH:            (N, S, A, N, N, N, N),
        P.NOTE:                  (N, S, A, N, N, N, N),
        P.SET_FINISH_DATE:       (N, S, A, N, N, N, N),
        P.DONE:                  (N, S, A, N, N, N, N),
        P.BUDGET_THIS_YEAR:      (N, S, A, N, N, N, N),
        P.BUDGET_NEXT_YEAR:      (N, N, A, N, N, N, N),
        P.CONFIRM_LAPSE:         (N, N, N, N, N, C, N),
        P.HAND_BACK:             (N, S, A, N, N, N, N),
        P.NOTE_INTERNALLY:       (N, S, A, C, N, N, N),
        P.EDIT_TEMPLATES:        (N, N, A, N, C, N, N),
        P.EDIT_SOPS:             (N, N, A, N, C, N, N),
        P.EDIT_DIRECTORY:        (N, N, A, C, C, N, N),
        P.READ_WALL:             (N, A, C, C, C, C, C),
        P.READ_REPORTS:          (N, N, A, C, C, C, C),
        P.ADD_TO_REPORT:         (N, N, N, N, C, N, N),
        P.REPLY_TO_REPORT:       (N, N, A, N, N, N, N),
        P.ACKNOWLEDGE_REPORT:    (N, N, N, N, N, C, N),
        P.INSTRUCT:              (N, N, N, N, N, C, N),
        P.READ_EVALUATION:       (N, N, C, C, C, C, C),
        P.NOTE_EVALUATION:       (N, N, N, N, C, N, N),
        P.DECIDE_EVALUATION:     (N, N, N, N, C, C, N),
        P.ISSUE_EVALUATION:      (N, N, N, N, C, N, N),
        P.EXPORT_CASES:          (O, N, A, C, N, N, N),
        P.EXPORT_FIGURES:        (C, C, C, C, C, C, C),
        P.MANAGE_USERS:          (N, N, A, N, C, N, N),
        P.GRANT_IN_AGENCY:       (N, N, N, N, C, N, N),
        P.PROPOSE_GRANT:         (N, N, N, N, C, N, N),  # moderator, manager, secretary, mayor, delegate: two persons
        P.CONFIRM_GRANT:         (N, N, N, N, N, C, N),
        P.EDIT_AGENCIES:         (N, N, N, N, C, N, N),
        P.EDIT_CATEGORIES:       (N, N, N, N, C, N, N),
        P.IMPORT_AREAS:          (N, N, N, N, C, N, N),
        P.EDIT_ROUTING:          (N, N, N, N, C, N, N),
        P.PROPOSE_HOLIDAY:       (N, N, N, N, C, N, N),
        P.PROPOSE_POLICY:        (N, N, N, N, C, N, N),
        P.CONFIRM_HOLIDAY:       (N, N, N, N, N, C, N),
        P.CONFIRM_POLICY:        (N, N, N, N, N, C, N),
        P.READ_ACCESS_TRAIL:     (O, N, N, N, C, C, N),
        P.READ_CHANGES:          (N, N, C, C, C, C, C),
        P.HANDLE_DATA_REQUEST:   (O, N, N, N, C, N, N),
        P.LIST_OPERATIONS:       (N, N, N, N, C, N, N),
    }.items()
}  # fmt: skip

IN_AN_AGENCY = frozenset({Role.OFFICER, Role.AGENCY_ADMIN})
"""Roles that are given for one OPD."""
BY_TWO = frozenset({Role.MODERATOR, Role.MANAGER, Role.SECRETARY, Role.MAYOR})
"""Roles that one person proposes and another confirms (guard Gp)."""


def exported() -> dict[str, dict[str, dict[str, str]]]:
    """The table as `sambat permissions --json` prints it: permission -> role -> none, own, assigned, agency or city."""
    table = {str(p): {str(role): reach.name.lower() for role, reach in row.items()} for p, row in PERMISSIONS.items()}
    return {"permissions": table}
