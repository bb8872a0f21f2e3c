"""Sessions: rows that end when they are told to. The browser holds the token, the table only its SHA-256."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from backend import clock, database
from backend.accounts import queries
from backend.accounts.tables import Session, SessionClaim
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Role
from backend.settings import settings

ACCOUNT_COOKIE = "__Host-session"
GUEST_COOKIE = "__Host-guest"

LIFETIME = timedelta(days=30)
STAFF_LIFETIME = timedelta(hours=12)
"""Both are counted from the last request."""

SEEN_EVERY = timedelta(minutes=5)


class Opened(NamedTuple):
    """A new session: the cookie's token, and the name of its page cache on the phone."""

    token: str
    scope: str


class Signed(NamedTuple):
    """A browser in which an account is signed in. `here`: the one that asks."""

    id: str
    browser: str
    since: datetime
    seen: datetime
    here: bool


async def open_for(account: UUID, *, replacing: str | None = None, browser: str = "", proved: bool = False) -> Opened:
    """A session of an account. The browser's earlier one (`replacing`) ends: a token never outlives a sign-in.

    `proved`: a second factor was shown. Without, somebody who works for the city has no role yet.
    """
    return await _open(account=account, replacing=replacing, browser=browser, proved=proved)


async def open_guest(claimed: Iterable[UUID], *, add_to: str | None = None, alone: bool = False) -> Opened:
    """A guest's session for complaints whose keys were proved, and for those `add_to` held; its token ends.

    `alone`: for the one complaint of somebody anonymous. Such a session never takes over another's complaints, nor gives its own.
    """
    complaints = set(claimed)
    earlier = None if alone or add_to is None else await _guest(add_to)
    if earlier is not None and earlier.alone:
        earlier = None
    if earlier is not None:
        complaints |= earlier.claimed
    return await _open(claimed=complaints, alone=alone, scope=earlier.scope if earlier else None, replacing=add_to)


async def actor_of(session_token: str | None, guest_token: str | None) -> Actor:
    """Who is asking, by today's grants. Both may be held at once and are never stored together."""
    guest = await _guest(guest_token) if guest_token else None
    person = await _person(session_token) if session_token else NOBODY
    if guest is None:
        return person
    if person.account is None:
        return Actor(roles=frozenset({Role.CITIZEN}), claimed=guest.claimed, scope=guest.scope)
    return person.holding(guest.claimed)


def works_for_the_city(roles: Iterable[Role]) -> bool:
    """Is it more than a citizen's account?"""
    return not set(roles) <= {Role.CITIZEN}


async def close(token: str) -> None:
    """Sign this browser out."""
    await Session.delete().where(Session.token_hash == hashed(token))


async def close_all(account: UUID, *, but: str = "") -> None:
    """Sign an account out everywhere; `but`: not here, where this token is held."""
    await Session.delete().where(Session.account == account, Session.token_hash != hashed(but))


async def end(account: UUID, session: str) -> None:
    """Sign one browser of an account out. Of another's account nothing is found, and nothing said."""
    await Session.delete().where(Session.account == account, Session.token_hash == session)


async def of(account: UUID, token: str) -> list[Signed]:
    """Where an account is signed in, the one last seen first."""
    rows = (
        await Session.select(Session.token_hash, Session.browser, Session.created_at, Session.seen_at)
        .where(Session.account == account, Session.expires_at > clock.now())
        .order_by(Session.seen_at, ascending=False)
    )
    here = hashed(token)
    return [Signed(row["token_hash"], row["browser"], row["created_at"], row["seen_at"], row["token_hash"] == here) for row in rows]


async def count() -> int:
    """How many have not ended."""
    return int(await Session.count().where(Session.expires_at > clock.now()))


def hashed(token: str) -> str:
    """The key of a session's row."""
    return hashlib.sha256(token.encode()).hexdigest()


class _Guest(NamedTuple):
    claimed: frozenset[UUID]
    scope: str
    alone: bool


async def _open(
    *,
    account: UUID | None = None,
    claimed: Iterable[UUID] = (),
    alone: bool = False,
    scope: str | None = None,
    replacing: str | None = None,
    browser: str = "",
    proved: bool = False,
) -> Opened:
    opened = Opened(secrets.token_urlsafe(32), scope or secrets.token_hex(16))
    key = hashed(opened.token)
    at = _moment(alone=alone)
    lifetime = _lifetime(await queries.roles_of(account)) if account else LIFETIME
    session = Session(
        token_hash=key,
        account=account,
        scope=opened.scope,
        alone=alone,
        created_at=at,
        seen_at=at,
        expires_at=at + lifetime,
        browser=browser,
        proved=proved,
    )
    claims = [SessionClaim(id=database.new_id(anonymous=alone), session=key, complaint=complaint) for complaint in claimed]
    await Session.delete().where(Session.expires_at <= clock.now())
    async with database.transaction():
        if replacing is not None:
            await close(replacing)
        await Session.insert(session)
        if claims:
            await SessionClaim.insert(*claims)
    return opened


async def _person(token: str) -> Actor:
    session = (
        await Session.select(
            Session.token_hash,
            Session.account,
            Session.account.name.as_alias("name"),
            Session.scope,
            Session.alone,
            Session.seen_at,
            Session.proved,
            Session.account.demo.as_alias("demo"),
        )
        .where(Session.token_hash == hashed(token), Session.expires_at > clock.now(), Session.account.disabled_at.is_null())
        .first()
    )
    if session is None or session["account"] is None:
        return NOBODY
    standing = await queries.standing(session["account"])
    lifetime = _lifetime(standing.roles)
    if session["seen_at"] + lifetime <= clock.now():  # a citizen's session of a person who works for the city since
        return NOBODY
    await _seen(session, lifetime)
    known = Actor(account=session["account"], name=session["name"], scope=session["scope"], demo=bool(session["demo"]))
    is_exempt = session["demo"] and not settings().production
    if works_for_the_city(standing.roles) and not (session["proved"] or is_exempt):
        return msgspec.structs.replace(known, second_factor_missing=True)
    return msgspec.structs.replace(
        known,
        roles=frozenset(standing.roles),
        agencies={role: codes for role, codes in standing.roles.items() if codes},
        heads=standing.heads,
        acts_for=standing.acts_for,
    )


async def _guest(token: str) -> _Guest | None:
    rows = await SessionClaim.select(
        SessionClaim.complaint,
        SessionClaim.session.token_hash.as_alias("token_hash"),
        SessionClaim.session.scope.as_alias("scope"),
        SessionClaim.session.alone.as_alias("alone"),
        SessionClaim.session.seen_at.as_alias("seen_at"),
    ).where(SessionClaim.session == hashed(token), SessionClaim.session.expires_at > clock.now())
    if not rows:
        return None
    await _seen(rows[0], LIFETIME)
    return _Guest(frozenset(row["complaint"] for row in rows), rows[0]["scope"], bool(rows[0]["alone"]))


async def _seen(session: dict[str, Any], lifetime: timedelta) -> None:
    """Move the end of a session in use, seldom: a page that is read shall not wait for the writer."""
    at = _moment(alone=bool(session["alone"]))
    if at - session["seen_at"] >= SEEN_EVERY:
        update = Session.update({Session.seen_at: at, Session.expires_at: at + lifetime})
        await update.where(Session.token_hash == session["token_hash"], Session.seen_at == session["seen_at"])


def _moment(*, alone: bool) -> datetime:
    return clock.coarse(clock.now()) if alone else clock.now()


def _lifetime(roles: Iterable[Role]) -> timedelta:
    return STAFF_LIFETIME if works_for_the_city(roles) else LIFETIME
