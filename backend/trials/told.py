"""The complaints of the trials, told through the same actions as real ones."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from backend import clock, database
from backend.accounts import exam, queries
from backend.accounts.exam import ExamAccount
from backend.actors.actor import NOBODY, Actor
from backend.complaints import actions, claims, edits, parts
from backend.complaints import queries as complaints
from backend.complaints import staff_operations as staff
from backend.complaints.operations import Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Mode, PartStatus
from backend.complaints.states import Status as Step
from backend.operations import Operation, Outcome, Status
from backend.sla.policy import ServiceClass

Action = Callable[[Actor, Any], Awaitable[Outcome]]


class Plan(NamedTuple):
    """A complaint: whose (none: a guest's), what it says, and how far it has come. `agency`: to whom it was forwarded, if to anybody."""

    name: str
    text: str
    reporter: str = ""
    anonymous: bool = False
    confidential: bool = False
    agency: str = ""
    published: bool = False
    officer: bool = False


PLANS = (
    Plan("received", "Lampu jalan mati di depan pasar.", "citizen"),
    Plan("at work", "Aspal di depan sekolah berlubang dalam.", "citizen", agency="DPUPRPKP", published=True, officer=True),
    Plan("another's", "Sampah menumpuk di pinggir lapangan.", "citizen2"),
    Plan("confidential", "Saya takut ketahuan tetangga yang membakar sampah.", "citizen2", confidential=True, agency="DLH", officer=True),
    Plan("a guest's", "Rambu lalu lintas tertutup pohon."),
    Plan("a guest's, at work", "Lampu penyeberangan tidak menyala.", agency="DISHUB", published=True, officer=True),
    Plan("anonymous", "Saluran air di gang kami tersumbat.", anonymous=True),
    Plan("anonymous, at work", "Air selokan meluap ke jalan.", anonymous=True, agency="DLH", published=True),
)


async def tell(plan: Plan, accounts: Mapping[str, ExamAccount]) -> None:
    """Whole or not at all."""
    reporter = await _actor(accounts[exam.address(plan.reporter)]) if plan.reporter else NOBODY
    async with database.transaction():
        await _do(actions.submit, reporter, _submit(plan, reporter))
        if plan.confidential:
            secret = staff.SetSecrecy(**_carried(plan, "secrecy", reporter), complaint=named(plan, "complaint"), confidential=True)
            await _do(edits.set_secrecy, reporter, secret)
        if plan.agency:
            moderator = await _actor(accounts[exam.address("moderator")])
            await _do(actions.forward, moderator, _forward(plan, moderator))
        if plan.officer:
            officer = accounts[exam.address(f"officer.{plan.agency.lower()}")]
            admin = await _actor(accounts[exam.address(f"admin.{plan.agency.lower()}")])
            await _do(parts.name_officer, admin, await _sent(plan, admin, officer))


def named(plan: Plan, what: str) -> UUID:
    """An id of the trials: the same at each call, and it holds no time."""
    return claims.id_for(UUID(bytes=exam.made(plan.name)[:16], version=4), what)


def _submit(plan: Plan, reporter: Actor) -> SubmitComplaint:
    form = named(plan, "submit")
    return SubmitComplaint(
        **_carried(plan, "submit", reporter),
        complaint=named(plan, "complaint"),
        secrecy=Secrecy.ANONYMOUS if plan.anonymous else Secrecy.NAME_HIDDEN,
        text=plan.text,
        place=Place(address="dekat Pasar Oro-Oro Dowo", area="35.73.02.1001"),
        claim_hash=None if plan.reporter else claims.hash_of(claims.key_for(form)),
    )


def _forward(plan: Plan, moderator: Actor) -> staff.ForwardComplaint:
    return staff.ForwardComplaint(
        **_carried(plan, "forward", moderator),
        complaint=named(plan, "complaint"),
        seen=Step.RECEIVED,
        mode=Mode.SINGLE,
        parts=(staff.ForwardPart(agency=plan.agency, service_class=ServiceClass.FIELD_WORK),),
        publish=plan.published,
    )


async def _sent(plan: Plan, admin: Actor, officer: ExamAccount) -> staff.NameOfficer:
    [part] = await complaints.parts_of(named(plan, "complaint"))
    tomorrow = clock.day_of(clock.now()) + timedelta(days=1)
    carried = _carried(plan, "officer", admin)
    return staff.NameOfficer(**carried, part=part.id, seen=PartStatus.ASSIGNED, officer=officer.id, visit_on=tomorrow)


def _carried(plan: Plan, step: str, actor: Actor) -> dict[str, Any]:
    return {"id": named(plan, step), "owner": actor.account}


async def _do(action: Action, actor: Actor, op: Operation) -> None:
    outcome = await action(actor, op)
    if outcome.status not in {Status.APPLIED, Status.DUPLICATE}:
        message = f"trials: {type(op).__name__} {outcome.code} {outcome.message} {outcome.fields}"
        raise RuntimeError(message)


async def _actor(account: ExamAccount) -> Actor:
    roles = await queries.roles_of(account.id)
    return Actor(account=account.id, name=account.name, roles=frozenset(roles), agencies=roles)
