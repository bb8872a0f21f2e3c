"""What each person is offered from everywhere: nothing they would be turned away from, and a bar that fits a phone."""

import pytest

from backend import menu
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Role
from backend.menu import Stands

MOST_ON_A_PHONE = 5


def acting(*roles):
    return Actor(name="Siti", roles=frozenset(roles))


def urls(actor, stands):
    return [entry.url for entry in menu.offered(actor)[stands]]


@pytest.mark.parametrize("roles", [(), (Role.CITIZEN,), *((role,) for role in Role)])
def test_a_phones_bar_holds_no_more_than_fit_beside_each_other(roles):
    assert 0 < len(urls(acting(*roles), Stands.BAR)) <= MOST_ON_A_PHONE


def test_who_works_for_the_city_finds_the_work_first():
    assert urls(acting(Role.OFFICER), Stands.BAR)[0] == "/work"
    assert "/work" not in urls(acting(Role.CITIZEN), Stands.BAR)


def test_a_stranger_is_offered_to_tell_and_to_read():
    assert urls(NOBODY, Stands.BAR) == ["/", "/complaints/new", "/complaints", "/inbox"]


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CITIZEN, set()),
        (Role.OFFICER, set()),
        (Role.AGENCY_ADMIN, {"/people", "/complaints/for-other"}),
        (Role.MODERATOR, {"/complaints/for-other"}),
        (Role.MANAGER, {"/people", "/city"}),
    ],
)
def test_a_desk_is_offered_only_to_whom_it_opens(role, offered):
    assert {"/people", "/city", "/complaints/for-other"} & set(urls(acting(role), Stands.NAME)) == offered


@pytest.mark.parametrize("role", [None, *Role])
def test_every_page_of_the_menu_is_there_once_at_a_phone(role):
    actor = NOBODY if role is None else acting(role)
    on_a_phone = urls(actor, Stands.BAR) + urls(actor, Stands.NAME)
    assert len(set(on_a_phone)) == len(on_a_phone)
    assert set(urls(actor, Stands.DESK)) <= set(on_a_phone)
