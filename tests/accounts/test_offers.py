"""What a form offers to give, and what it asks for."""

from datetime import date
from uuid import uuid4

import pytest

from backend.accounts import offers
from backend.accounts.giving import Wish
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.errors import InvalidInput

TODAY = date(2026, 11, 24)
SECRETARY = uuid4()


@pytest.mark.parametrize(
    ("role", "values"),
    [
        (Role.MANAGER, ["officer", "agency_admin", "head", "moderator", "manager", "secretary", "delegate", "mayor"]),
        (Role.AGENCY_ADMIN, ["officer", "agency_admin"]),
        (Role.SECRETARY, []),
        (Role.CITIZEN, []),
    ],
)
def test_each_is_offered_what_is_theirs_to_give(role, values):
    assert [value for value, _ in offers.offered(Actor(roles=frozenset({role})))] == values


def test_an_admin_reads_that_it_is_a_substitute():
    assert dict(offers.offered(Actor(roles=frozenset({Role.AGENCY_ADMIN}))))["agency_admin"] == "Admin pengganti, paling lama 60 hari"


@pytest.mark.parametrize(
    ("values", "wish"),
    [
        ({"role": "officer", "agency": "DLH"}, Wish(role=Role.OFFICER, agency="DLH", valid_from=TODAY)),
        (
            {"role": "head", "agency": "DLH", "reason": "SK"},
            Wish(role=Role.AGENCY_ADMIN, agency="DLH", head=True, valid_from=TODAY, reason="SK"),
        ),
        ({"role": "moderator", "agency": "", "valid_until": ""}, Wish(role=Role.MODERATOR, valid_from=TODAY)),
        (
            {"role": "delegate", "acts_for": str(SECRETARY), "valid_from": "2026-12-01", "valid_until": "2026-12-31"},
            Wish(role=Role.SECRETARY, acts_for=SECRETARY, valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31)),
        ),
    ],
)
def test_a_form_becomes_a_wish_that_begins_today(values, wish):
    assert offers.wish({"name": "Budi", "email": "x", **values}, TODAY) == wish


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "role"),
        ({"role": "raja"}, "role"),
        ({"role": "citizen"}, "role"),
        ({"role": "delegate"}, "acts_for"),
        ({"role": "delegate", "acts_for": "x"}, "acts_for"),
        ({"role": "mayor", "valid_from": "besok"}, "valid_from"),
        ({"role": "mayor", "reason": "a" * 501}, "reason"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(values, field):
    with pytest.raises(InvalidInput) as refused:
        offers.wish(values, TODAY)
    assert set(refused.value.fields) == {field}
