"""Bringing a guest's complaints into an account: the card stays valid, and what is anonymous stays so."""

from collections.abc import Collection
from uuid import UUID

from piccolo.columns.combination import And

from backend import database
from backend.actors.actor import Actor
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Complaint, Follower
from backend.errors import DomainError, NotFound, NotSignedIn
from backend.events import log
from backend.events.kinds import EventKind
from backend.words import N_


class StaysAnonymous(DomainError):
    """An account would tell who it was."""

    code = "stays_anonymous"
    sentence = N_(
        "Aduan anonim tidak dapat dibawa ke akun: sesudah itu akun Anda akan memberi tahu siapa pengirimnya. Bukalah terus dengan kartunya."
    )


class AnothersAccount(DomainError):
    """Somebody who holds the key, too, was first."""

    code = "anothers_account"
    sentence = N_("Aduan ini sudah dibawa ke akun lain. Dengan kartunya Anda tetap dapat membukanya.")


async def take_into_account(actor: Actor, complaint_ids: Collection[UUID]) -> None:
    """Make these complaints, whose keys `actor` has proved, those of the account. What is there already stays there.

    Raises `StaysAnonymous`, `AnothersAccount`, `NotFound` for what was not proved; then none is taken.
    """
    if actor.account is None:
        raise NotSignedIn
    wanted = set(complaint_ids)
    if not wanted or not wanted <= actor.claimed:
        raise NotFound
    async with database.transaction():
        rows = Complaint.select(Complaint.id, Complaint.secrecy, Complaint.reporter).where(Complaint.id.is_in(list(wanted)))
        found = await database.locked(rows.order_by(Complaint.id))
        if len(found) < len(wanted):
            raise NotFound
        if any(row["secrecy"] == Secrecy.ANONYMOUS for row in found):
            raise StaysAnonymous
        if any(row["reporter"] not in {None, actor.account} for row in found):
            raise AnothersAccount
        await _take(actor.account, [row["id"] for row in found if row["reporter"] is None])


async def _take(account: UUID, complaints: list[UUID]) -> None:
    if not complaints:
        return
    await Complaint.update({Complaint.reporter: account}).where(And(Complaint.id.is_in(complaints), Complaint.reporter.is_null()))
    await Follower.delete().where(Follower.account == account, Follower.complaint.is_in(complaints))  # nobody follows what is their own
    await log.record_each(
        EventKind.CLAIMED, [{"complaint": complaint, "actor": account} for complaint in complaints], [{} for _ in complaints]
    )
