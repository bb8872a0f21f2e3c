"""What strangers need to try the house from outside: accounts that let them in, and complaints of each kind with the keys that open them."""

from uuid import UUID

import msgspec

from backend.accounts import exam
from backend.accounts.exam import ExamAccount
from backend.complaints import claims, queries
from backend.errors import DomainError
from backend.settings import settings
from backend.trials.told import PLANS, Plan, named, tell
from backend.words import N_


class NotInProduction(DomainError):
    """Known passwords have no place in a city's real installation."""

    code = "not_in_production"
    sentence = N_("Akun ujian tidak dibuat di pemasangan kota yang sebenarnya.")


class ExamComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint that lies there. `number` as it stands in addresses, `spoken` as people read it; `reporter`: whose account, none: a guest.

    `claim_key` opens a guest's (`POST /claim`, or `Authorization: Claim KEY` where its photos are sent); `officer`: who is sent.
    """

    id: UUID
    number: str
    spoken: str
    status: str
    secrecy: str
    confidential: bool
    published: bool
    reporter: str | None
    claim_key: str | None
    agencies: tuple[str, ...]
    parts: tuple[UUID, ...]
    officer: str | None


class Exam(msgspec.Struct, frozen=True, kw_only=True):
    """Everything, as `sambat seed-exam` prints it."""

    accounts: tuple[ExamAccount, ...]
    complaints: tuple[ExamComplaint, ...]


def refuse_in_production() -> None:
    """Raises `NotInProduction`, before anything is touched."""
    if settings().production:
        raise NotInProduction


async def load() -> Exam:
    """Open and tell what is missing; the rest stays as the trials have left it. Raises `NotInProduction`."""
    refuse_in_production()
    accounts = await exam.seed()
    there = await queries.by_ids([named(plan, "complaint") for plan in PLANS])
    for plan in (plan for plan in PLANS if named(plan, "complaint") not in there):
        await tell(plan, {account.email: account for account in accounts})
    return Exam(accounts=tuple(accounts), complaints=await _lying())


async def _lying() -> tuple[ExamComplaint, ...]:
    ids = [named(plan, "complaint") for plan in PLANS]
    rows, parts = await queries.by_ids(ids), await queries.parts_of_many(ids)
    return tuple(
        ExamComplaint(
            id=row.id,
            number=row.number,
            spoken=claims.spoken(row.number),
            status=row.status,
            secrecy=row.secrecy,
            confidential=row.confidential,
            published=row.published_at is not None,
            reporter=exam.address(plan.reporter) if plan.reporter else None,
            claim_key=None if plan.reporter else _key(plan),
            agencies=tuple(str(part.agency) for part in parts.get(row.id, [])),
            parts=tuple(part.id for part in parts.get(row.id, [])),
            officer=exam.address(f"officer.{plan.agency.lower()}") if plan.officer else None,
        )
        for plan, row in ((plan, rows[named(plan, "complaint")]) for plan in PLANS)
    )


def _key(plan: Plan) -> str:
    return claims.key_for(named(plan, "submit"))
