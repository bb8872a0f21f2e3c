"""A small city for tests: its people, and the walk of one complaint through them."""

import hashlib
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from backend import clock
from backend import database as db
from backend.accounts import queries as people
from backend.accounts.tables import Account, RoleGrant
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.complaints import actions, claims, parts, queries
from backend.complaints.operations import ConfirmComplaint, DisputeComplaint, PhotoClaim, Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import AnswerPart, FinishPart, ForwardComplaint, ForwardPart, NameOfficer, VisitPart
from backend.complaints.states import Mode, PartOutcome
from backend.operations import Status
from backend.sla import queries as sla
from backend.sla.policy import ServiceClass


class City(NamedTuple):
    """One of each; `roads` and `parks` are the admins of two OPDs."""

    citizen: Actor
    moderator: Actor
    roads: Actor
    officer: Actor
    parks: Actor


async def founded():
    """The people of a city whose data stand already (fixture `planted`)."""
    return City(
        citizen=await person(Role.CITIZEN),
        moderator=await person(Role.MODERATOR),
        roads=await person(Role.AGENCY_ADMIN, "DPUPRPKP"),
        officer=await person(Role.OFFICER, "DPUPRPKP"),
        parks=await person(Role.AGENCY_ADMIN, "DLH"),
    )


async def person(role, agency=None):
    account = db.new_id()
    row = Account(id=account, name="Siti", email=f"{account}@contoh.test", password_hash="none", created_at=clock.now())
    await Account.insert(row)
    if role != Role.CITIZEN:
        today = clock.day_of(clock.now())
        await RoleGrant.insert(RoleGrant(id=db.new_id(), account=account, role=role, agency=agency, valid_from=today))
    agencies = {role: frozenset({agency})} if agency else {}
    return Actor(account=account, name="Siti", roles=frozenset({role}), agencies=agencies)


async def as_today(account, name="Siti"):
    """The actor whom a session of this account would be today."""
    standing = await people.standing(account)
    return Actor(
        account=account,
        name=name,
        roles=frozenset(standing.roles),
        agencies={role: codes for role, codes in standing.roles.items() if codes},
        heads=standing.heads,
        acts_for=standing.acts_for,
    )


async def tell(reporter=None, key=None, *, anonymous=False):
    """The id of a new complaint: of an account, or of the guest who holds the key."""
    complaint = uuid4() if anonymous else db.new_id()
    op = SubmitComplaint(
        id=uuid4() if anonymous else db.new_id(),
        owner=reporter.account if reporter else None,
        complaint=complaint,
        secrecy=Secrecy.ANONYMOUS if anonymous else Secrecy.NAME_HIDDEN,
        text="Lampu jalan mati di depan pasar.",
        place=Place(address="depan Pasar Oro-Oro Dowo"),
        claim_hash=None if reporter else claims.hash_of(key),
    )
    _ok(await actions.submit(reporter or Actor(), op))
    return complaint


async def forward(city, complaint, *agencies, mode=Mode.SINGLE):
    """Parts at these OPDs, the first leading; returns their ids in this order."""
    first, *_ = agencies = agencies or ("DPUPRPKP",)
    named = tuple(
        ForwardPart(agency=agency, service_class=ServiceClass.FIELD_WORK, lead=agency == first and mode == Mode.JOINT)
        for agency in agencies
    )
    op = ForwardComplaint(
        id=db.new_id(), owner=city.moderator.account, complaint=complaint, seen="received", mode=mode, parts=named, reason="Perlu berdua."
    )
    _ok(await actions.forward(city.moderator, op))
    by_agency = {part.agency: part.id for part in await queries.parts_of(complaint)}
    return [by_agency[part.agency] for part in named]


async def answer(admin, part, seen="assigned"):
    _ok(await parts.answer(admin, AnswerPart(id=db.new_id(), owner=admin.account, part=part, seen=seen, text="Kami kerjakan besok pagi.")))


async def name_officer(city, part, seen="assigned"):
    op = NameOfficer(
        id=db.new_id(), owner=city.roads.account, part=part, seen=seen, officer=city.officer.account, visit_on=clock.day_of(clock.now())
    )
    _ok(await parts.name_officer(city.roads, op))


async def visit(city, part, seen="assigned"):
    content = b"photo"
    photo = PhotoClaim(id=db.new_id(), sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    finish_on = await sla.due_on(clock.now() + timedelta(days=1), 1)
    op = VisitPart(
        id=db.new_id(), owner=city.officer.account, part=part, seen=seen, text="Kabel putus.", finish_on=finish_on, photos=(photo,)
    )
    _ok(await parts.visit(city.officer, op))


async def finish(worker, part, seen="assigned"):
    op = FinishPart(
        id=db.new_id(),
        owner=worker.account,
        part=part,
        seen=seen,
        outcome=PartOutcome.FIXED,
        work_done="Lampu diganti.",
        work_done_on=clock.day_of(clock.now()),
        work_done_by="Regu tiga",
    )
    _ok(await parts.finish(worker, op))


async def confirm(reporter, complaint):
    _ok(await actions.confirm(reporter, ConfirmComplaint(id=db.new_id(), owner=reporter.account, complaint=complaint, seen="resolved")))


async def dispute(reporter, complaint):
    op = DisputeComplaint(id=db.new_id(), owner=reporter.account, complaint=complaint, seen="resolved", text="Masih mati.")
    _ok(await actions.dispute(reporter, op))


def guest(*complaints: UUID):
    return Actor(claimed=frozenset(complaints), roles=frozenset({Role.CITIZEN}))


def _ok(outcome):
    assert outcome.status == Status.APPLIED, outcome
