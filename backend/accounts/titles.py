"""What roles are called."""

from datetime import date

from babel.dates import format_date

from backend.actors.permissions import Role
from backend.words import N_, tr

TITLES: dict[Role, str] = {
    Role.CITIZEN: N_("Warga"),
    Role.OFFICER: N_("Petugas lapangan"),
    Role.AGENCY_ADMIN: N_("Admin dinas"),
    Role.MODERATOR: N_("Moderator"),
    Role.MANAGER: N_("Manajer aplikasi"),
    Role.SECRETARY: N_("Sekretaris Daerah"),
    Role.MAYOR: N_("Wali Kota"),
}
HEAD = N_("Kepala dinas")
DELEGATE = N_("Wakil Sekretaris Daerah")


def title(role: Role, *, head: bool = False, delegate: bool = False) -> str:
    """The role as a person reads it; a delegate's is not the role of whom he acts for."""
    return tr(HEAD if head else DELEGATE if delegate else TITLES[role])


def period(valid_from: date, valid_until: date | None) -> str:
    """From when until when: "mulai 1 Mei 2026 sampai 30 Juni 2026"."""
    if valid_until is None:
        return tr(N_("mulai {start}")).format(start=_day(valid_from))
    return tr(N_("mulai {start} sampai {end}")).format(start=_day(valid_from), end=_day(valid_until))


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="id")
