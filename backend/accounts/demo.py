"""Accounts to try the app with: every role, the same password for all, never in a city's real data. All names are invented."""

from datetime import timedelta

import msgspec

from backend import clock
from backend.accounts import opening
from backend.accounts.opening import Asked
from backend.accounts.tables import Account
from backend.actors.permissions import Role

PASSWORD = "sambat-demo"  # noqa: S105  (printed at each start: whoever runs the demo shall know it)
DELEGATED = timedelta(days=365)
IN_OFFICE = timedelta(days=200)
"""So long they have worked here: what the demo tells began before today."""


class DemoAccount(msgspec.Struct, frozen=True):
    """Who can be signed in as. `acts_for`: the address of the secretary a delegate acts for."""

    name: str
    email: str
    role: Role
    agency: str | None = None
    head: bool = False
    acts_for: str = ""


ACCOUNTS = (
    DemoAccount("Siti Rahayu", "warga@contoh.test", Role.CITIZEN),
    DemoAccount("Hadi Susanto", "warga2@contoh.test", Role.CITIZEN),
    DemoAccount("Nurul Hidayah", "warga3@contoh.test", Role.CITIZEN),
    DemoAccount("Bambang Setiawan", "moderator@contoh.test", Role.MODERATOR),
    DemoAccount("Rini Wulandari", "moderator2@contoh.test", Role.MODERATOR),
    DemoAccount("Teguh Santoso", "manajer@contoh.test", Role.MANAGER),
    DemoAccount("Lilik Purnomo", "sekda@contoh.test", Role.SECRETARY),
    DemoAccount("Maya Anggraini", "staf.sekda@contoh.test", Role.SECRETARY, acts_for="sekda@contoh.test"),
    DemoAccount("Gatot Suwarno", "walikota@contoh.test", Role.MAYOR),
    DemoAccount("Sri Handayani", "kepala.dpuprpkp@contoh.test", Role.AGENCY_ADMIN, "DPUPRPKP", head=True),
    DemoAccount("Endang Lestari", "admin.dpuprpkp@contoh.test", Role.AGENCY_ADMIN, "DPUPRPKP"),
    DemoAccount("Agus Wibowo", "petugas.dpuprpkp@contoh.test", Role.OFFICER, "DPUPRPKP"),
    DemoAccount("Ratna Dewi", "admin.dlh@contoh.test", Role.AGENCY_ADMIN, "DLH"),
    DemoAccount("Slamet Raharjo", "petugas.dlh@contoh.test", Role.OFFICER, "DLH"),
    DemoAccount("Yuni Astuti", "admin.dishub@contoh.test", Role.AGENCY_ADMIN, "DISHUB"),
    DemoAccount("Dwi Prasetyo", "petugas.dishub@contoh.test", Role.OFFICER, "DISHUB"),
    DemoAccount("Wahyu Nugroho", "admin.dispendukcapil@contoh.test", Role.AGENCY_ADMIN, "DISPENDUKCAPIL"),
    DemoAccount("Fitri Maharani", "petugas.dispendukcapil@contoh.test", Role.OFFICER, "DISPENDUKCAPIL"),
    DemoAccount("Joko Triyono", "admin.satpolpp@contoh.test", Role.AGENCY_ADMIN, "SATPOL PP"),
    DemoAccount("Bayu Saputra", "petugas.satpolpp@contoh.test", Role.OFFICER, "SATPOL PP"),
    DemoAccount("Dian Kusuma", "admin.dinkes@contoh.test", Role.AGENCY_ADMIN, "DINKES"),
    DemoAccount("Arif Budiman", "petugas.dinkes@contoh.test", Role.OFFICER, "DINKES"),
    DemoAccount("Indah Permatasari", "admin.tugutirta@contoh.test", Role.AGENCY_ADMIN, "PERUMDA TUGU TIRTA"),
    DemoAccount("Eko Cahyono", "petugas.tugutirta@contoh.test", Role.OFFICER, "PERUMDA TUGU TIRTA"),
    DemoAccount("Retno Puspita", "admin.inspektorat@contoh.test", Role.AGENCY_ADMIN, "INSPEKTORAT"),
    DemoAccount("Ahmad Fauzan", "admin.kel-dinoyo@contoh.test", Role.AGENCY_ADMIN, "KEL-DINOYO"),
)


async def seed() -> tuple[DemoAccount, ...]:
    """Open those that are missing; the agencies must be there. Returns all, to be printed."""
    there = set(await Account.select(Account.email).output(as_list=True))
    now = clock.now()
    until = clock.day_of(now) + DELEGATED
    for demo in ACCOUNTS:
        if demo.email not in there:
            asked = Asked(demo.role, demo.agency, demo.head, until if demo.acts_for else None, demo.acts_for)
            with clock.at(now - IN_OFFICE):
                await opening.at_the_console(demo.name, demo.email, PASSWORD, asked, demo=True)
    return ACCOUNTS
