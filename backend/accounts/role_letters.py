"""The mails about roles: to whom a role is given, refused or taken, and to who is to confirm one."""

from collections.abc import Iterable

from backend.accounts.letters import CLOSING
from backend.accounts.tables import Account, RoleGrant
from backend.accounts.titles import period, title
from backend.actors.permissions import Role
from backend.agencies import queries as agencies
from backend.mail import actions as mail
from backend.settings import settings
from backend.words import N_, tr

SUBJECT = N_("Peran Anda di Sambat Rene Ker")
GIVEN = N_("Anda sekarang bertugas sebagai {role}, {period}.\n\nAlasan yang dicatat: {reason}\n\nBuka daftar tugas Anda: {url}/work")
ENDED = N_(
    "Tugas Anda sebagai {role} sudah berakhir.\n\nAlasan yang dicatat: {reason}\n\nBila ini keliru, hubungi admin dinas Anda atau Diskominfo."
)
REFUSED = N_("Usulan agar {name} bertugas sebagai {role} tidak disetujui.\n\nAlasan yang dicatat: {reason}")
PROPOSED_SUBJECT = N_("Ada usulan peran yang menunggu keputusan Anda")
PROPOSED = N_("{name} diusulkan bertugas sebagai {role}, {period}.\n\nAlasan yang dicatat: {reason}\n\nSetujui atau tolak: {url}/people")
NO_REASON = N_("tidak ada")


async def tell_given(grant: RoleGrant, person: Account) -> None:
    """To the person: the role counts."""
    text = tr(GIVEN).format(role=await _role(grant), period=_period(grant), reason=grant.reason or tr(NO_REASON), url=settings().base_url)
    await mail.send(person.email, tr(SUBJECT), _greeted(person, text))


async def tell_ended(grant: RoleGrant, person: Account, reason: str) -> None:
    """To the person: the role is over, at once."""
    await mail.send(person.email, tr(SUBJECT), _greeted(person, tr(ENDED).format(role=await _role(grant), reason=reason or tr(NO_REASON))))


async def tell_proposed(grant: RoleGrant, person: Account, confirmers: Iterable[Account]) -> None:
    """To those who may confirm it."""
    text = tr(PROPOSED).format(
        name=person.name, role=await _role(grant), period=_period(grant), reason=grant.reason or tr(NO_REASON), url=settings().base_url
    )
    for confirmer in confirmers:
        await mail.send(confirmer.email, tr(PROPOSED_SUBJECT), _greeted(confirmer, text))


async def tell_refused(grant: RoleGrant, person: Account, proposer: Account, reason: str) -> None:
    """To who proposed it."""
    text = tr(REFUSED).format(name=person.name, role=await _role(grant), reason=reason or tr(NO_REASON))
    await mail.send(proposer.email, tr(N_("Usulan peran tidak disetujui")), _greeted(proposer, text))


async def _role(grant: RoleGrant) -> str:
    called = title(Role(grant.role), head=grant.head, delegate=grant.acts_for is not None)
    return called if grant.agency is None else f"{called} ({(await agencies.agency(str(grant.agency))).citizen_name})"


def _period(grant: RoleGrant) -> str:
    return period(grant.valid_from, grant.valid_until)


def _greeted(person: Account, text: str) -> str:
    closing = tr(CLOSING).format(address=settings().base_url)
    return f"{N_('Halo {name},').format(name=person.name)}\n\n{text}\n\n{closing}\n"
