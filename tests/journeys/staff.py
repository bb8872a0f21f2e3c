"""Who of the city takes part."""

from typing import NamedTuple

from tests.support.people import Person


class Staff(NamedTuple):
    """The moderator, and of two OPDs an admin and an officer each."""

    moderator: Person
    roads: Person
    parks: Person
    roads_officer: Person
    parks_officer: Person
