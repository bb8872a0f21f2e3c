"""Accounts to try the app with: one of each role, the same password for all, never in a city's real data."""

import msgspec

from backend.accounts import actions
from backend.accounts.tables import Account
from backend.actors.permissions import Role

PASSWORD = "sambat-demo"  # noqa: S105  (printed at each start: whoever runs the demo shall know it)


class DemoAccount(msgspec.Struct, frozen=True):
    """Who can be signed in as."""

    name: str
    email: str
    role: Role
    agency: str | None = None


ACCOUNTS = (
    DemoAccount("Siti Rahayu", "warga@contoh.test", Role.CITIZEN),
    DemoAccount("Bambang Setiawan", "moderator@contoh.test", Role.MODERATOR),
    DemoAccount("Endang Lestari", "admin.dpuprpkp@contoh.test", Role.AGENCY_ADMIN, "DPUPRPKP"),
    DemoAccount("Agus Wibowo", "petugas.dpuprpkp@contoh.test", Role.OFFICER, "DPUPRPKP"),
    DemoAccount("Ratna Dewi", "admin.dlh@contoh.test", Role.AGENCY_ADMIN, "DLH"),
    DemoAccount("Slamet Riyadi", "petugas.dlh@contoh.test", Role.OFFICER, "DLH"),
    DemoAccount("Yuni Astuti", "admin.dishub@contoh.test", Role.AGENCY_ADMIN, "DISHUB"),
    DemoAccount("Dwi Prasetyo", "petugas.dishub@contoh.test", Role.OFFICER, "DISHUB"),
)


async def seed() -> tuple[DemoAccount, ...]:
    """Open those that are missing; the agencies must be there. Returns all, to be printed."""
    there = set(await Account.select(Account.email).output(as_list=True))
    for demo in ACCOUNTS:
        if demo.email not in there:
            await actions.create(demo.name, demo.email, PASSWORD, demo.role, demo.agency, demo=True)
    return ACCOUNTS
