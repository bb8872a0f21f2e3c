"""On whose behalf something is done."""

from uuid import UUID

import msgspec

from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person behind a request: an account with its roles of today, a guest with the complaints whose keys are proved, or nobody.

    `agencies` maps each role to the OPDs it reaches: those it was granted for and their sub-units; of a moderator or manager
    the office of the city they sit in. `heads`: OPDs whose head this is. `acts_for`: the name a delegate acts for.
    `scope` names this person's page cache on the phone. `second_factor_missing`: signed in to work for the city, but not yet
    with a second factor; such a person has no roles until it is set up. `demo`: an account to try the app with, which needs none.
    """

    account: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    agencies: dict[Role, frozenset[str]] = {}
    heads: frozenset[str] = frozenset()
    acts_for: str = ""
    claimed: frozenset[UUID] = frozenset()
    scope: str = ""
    second_factor_missing: bool = False
    demo: bool = False

    @property
    def is_staff(self) -> bool:
        """Does this person work for the city?"""
        return bool(self.roles - {Role.CITIZEN})

    def reach(self, permission: Permission) -> Reach:
        """How far this person's widest role takes a permission.

        What is one's own is a citizen's for everybody; what citizens may for the whole city, who works for it may by their roles alone.
        """
        row = PERMISSIONS[permission]
        staff = [row[role] for role in self.roles - {Role.CITIZEN}]
        citizen = row[Role.CITIZEN]
        return max([*staff, citizen if not staff or citizen == Reach.OWN else Reach.NONE])

    def of_agencies(self, permission: Permission) -> frozenset[str]:
        """The OPDs for which a role gives `permission` with the reach of an agency."""
        given = [codes for role, codes in self.agencies.items() if PERMISSIONS[permission][role] == Reach.AGENCY]
        return frozenset().union(*given)

    def holding(self, claimed: frozenset[UUID]) -> "Actor":
        """The same person, who also proved the keys of `claimed`."""
        return msgspec.structs.replace(self, claimed=self.claimed | claimed)


NOBODY = Actor()
