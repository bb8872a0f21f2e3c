"""Sessions: rows that end when they are told to. The browser holds the token, the table only its SHA-256."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from backend import clock, database
from backend.accounts import queries
from backend.accounts.tables import Session, SessionClaim
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Role

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


async def open_for(account: UUID, *, replacing: str | None = None) -> Opened:
    """A session of an account. The browser's earlier one (`replacing`) ends: a token never outlives a sign-in."""
    lifetime = _lifetime(await queries.roles_of(account))
    return await _open(account=account, lifetime=lifetime, replacing=replacing)


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


async def close(token: str) -> None:
    """Sign this browser out."""
    await Session.delete().where(Session.token_hash == hashed(token))


async def close_all(account: UUID) -> None:
    """Sign an account out everywhere."""
    await Session.delete().where(Session.account == account)


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
    lifetime: timedelta = LIFETIME,
    replacing: str | None = None,
) -> Opened:
    opened = Opened(secrets.token_urlsafe(32), scope or secrets.token_hex(16))
    key = hashed(opened.token)
    at = _moment(alone=alone)
    session = Session(token_hash=key, account=account, scope=opened.scope, alone=alone, created_at=at, seen_at=at, expires_at=at + lifetime)
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
        )
        .where(Session.token_hash == hashed(token), Session.expires_at > clock.now(), Session.account.disabled_at.is_null())
        .first()
    )
    if session is None or session["account"] is None:
        return NOBODY
    roles = await queries.roles_of(session["account"])
    lifetime = _lifetime(roles)
    if session["seen_at"] + lifetime <= clock.now():  # a citizen's session of a person who works for the city since
        return NOBODY
    await _seen(session, lifetime)
    agencies = {role: codes for role, codes in roles.items() if codes}
    return Actor(account=session["account"], name=session["name"], roles=frozenset(roles), agencies=agencies, scope=session["scope"])


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
    return LIFETIME if set(roles) <= {Role.CITIZEN} else STAFF_LIFETIME
