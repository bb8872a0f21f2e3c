"""In whose names the demo's stories are told: its citizens, moderators, and one admin and officer of each OPD they concern."""

from uuid import UUID

import msgspec

from backend.accounts import demo, opening, queries
from backend.accounts.opening import Asked
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.agencies import queries as agencies
from backend.demo.story import Story

CITIZENS = ("warga", "warga2", "warga3")


class People(msgspec.Struct, frozen=True, kw_only=True):
    """Citizens by the names stories give them, staff by OPD."""

    citizens: dict[str, Actor]
    moderator: Actor
    other_moderator: Actor
    admins: dict[str, Actor]
    officers: dict[str, Actor]


async def people(stories: list[Story]) -> People:
    """Those of the demo's accounts, and an admin for each other OPD a story names."""
    wanted = {code for story in stories for code in story.agencies.replace("+", "/").split("/") if code}
    names = await agencies.agency_names()
    codes = sorted({code.partition(":")[0] for code in wanted})
    admins, officers = {}, {}
    for code in codes:
        admins[code] = await _admin(code, names[code])
        if found := await queries.officers_of(code):
            officers[code] = await _actor_of(found[0].id)
    return People(
        citizens={name: await _actor(f"{name}@contoh.test") for name in CITIZENS},
        moderator=await _actor("moderator@contoh.test"),
        other_moderator=await _actor("moderator2@contoh.test"),
        admins=admins,
        officers=officers,
    )


async def _admin(code: str, name: str) -> Actor:
    """An admin of this OPD: whoever is there, else somebody of the demo's own."""
    there = sorted(await queries.holding(Role.AGENCY_ADMIN, {code}))
    if there:
        return await _actor_of(there[0])
    address = f"admin.{code.lower().replace(' ', '')}@contoh.test"
    short = name.partition(" – ")[0]
    return await _actor_of(
        await opening.at_the_console(f"Admin {short}", address, demo.PASSWORD, Asked(Role.AGENCY_ADMIN, code), demo=True)
    )


async def _actor(address: str) -> Actor:
    return await _actor_of((await queries.by_email(address)).id)


async def _actor_of(account: UUID) -> Actor:
    roles = await queries.roles_of(account)
    names = await queries.names([account])
    return Actor(account=account, name=names[account], roles=frozenset(roles), agencies=roles)
