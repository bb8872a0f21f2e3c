"""On whose behalf something is done."""

from uuid import UUID

import msgspec

from backend.actors.permissions import Role


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person behind a request: an account with its roles of today, a guest with the complaints whose keys are proved, or nobody.

    `agencies` maps each role to the OPDs it was granted for. `scope` names this person's page cache on the phone.
    """

    account: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    agencies: dict[Role, frozenset[str]] = {}
    claimed: frozenset[UUID] = frozenset()
    scope: str = ""

    @property
    def is_staff(self) -> bool:
        """Does this person work for the city?"""
        return bool(self.roles - {Role.CITIZEN})

    def holding(self, claimed: frozenset[UUID]) -> "Actor":
        """The same person, who also proved the keys of `claimed`."""
        return msgspec.structs.replace(self, claimed=self.claimed | claimed)


NOBODY = Actor()
