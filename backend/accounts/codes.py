"""One-time codes and links: made for one browser or one mailbox, alive for a while, used once, guessed at a few times only."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from piccolo.columns.combination import And

from backend import clock
from backend.accounts.tables import Code
from backend.errors import DomainError
from backend.words import N_

MOST_TRIES = 5
DIGITS = 6


class Kind(StrEnum):
    """What a code is good for. The first two are bound to the browser that asked, the others are what a link holds."""

    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    RESET = "reset"
    INVITATION = "invitation"


LIFETIMES = {
    Kind.SIGN_IN: timedelta(minutes=10),
    Kind.SECOND_FACTOR: timedelta(minutes=10),
    Kind.RESET: timedelta(minutes=30),
    Kind.INVITATION: timedelta(days=7),
}


class WrongCode(DomainError):
    """Not the code that was sent."""

    code = "wrong_code"
    http_status = 401
    sentence = N_("Kode ini tidak cocok. Periksa lagi, lalu coba sekali lagi.")
    permanent = False


class CodeOver(DomainError):
    """Used, too old, tried too often, or never made: the same for all four."""

    code = "code_over"
    http_status = 401
    sentence = N_("Kode ini sudah tidak berlaku. Silakan minta yang baru.")
    permanent = False


async def make(kind: Kind, email: str, *, account: UUID | None = None, digits: str = "", data: str = "{}") -> str:
    """A new code, in the caller's transaction; returns the token that finds it again. `digits`: what must be typed besides."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    await Code.delete().where(Code.expires_at <= now)
    row = Code(
        token_hash=_hashed(token),
        kind=kind,
        email=email,
        account=account,
        answer=_answer(token, digits) if digits else "",
        data=data,
        created_at=now,
        expires_at=now + LIFETIMES[kind],
    )
    await Code.insert(row)
    return token


def new_digits() -> str:
    """Six digits nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


async def find(kind: Kind, token: str) -> Code:
    """A code that still counts. Raises `CodeOver`."""
    found = await Code.objects().get(_living(kind, token))
    if found is None:
        raise CodeOver
    return found


async def count_try(kind: Kind, token: str) -> None:
    """One more try at what must be typed; counted before it is looked at. Raises `CodeOver` after the last one."""
    counted = await Code.update({Code.tries: Code.tries + 1}).where(_living(kind, token)).returning(Code.tries)
    if not counted:
        raise CodeOver


def is_right(code: Code, token: str, typed: str) -> bool:
    """Are these the digits that were sent to whoever keeps this token?"""
    return bool(code.answer) and hmac.compare_digest(code.answer, _answer(token, digits_of(typed)))


async def use_up(kind: Kind, token: str) -> None:
    """It was right, and is right never again: of two at one moment one comes too late (`CodeOver`)."""
    if not await Code.delete().where(Code.token_hash == _hashed(token), Code.kind == kind).returning(Code.token_hash):
        raise CodeOver


async def withdraw(email: str, *kinds: Kind) -> None:
    """Earlier ones of these kinds for an address count no longer; of all, where none is named."""
    await Code.delete().where(Code.email == email, Code.kind.is_in([str(kind) for kind in kinds or Kind]))


def digits_of(typed: str) -> str:
    """What was typed, without the spaces and dashes people put between."""
    return "".join(character for character in typed if character.isalnum())


def _living(kind: Kind, token: str) -> And:
    here = And(Code.token_hash == _hashed(token), Code.kind == kind)
    return And(here, And(Code.expires_at > clock.now(), Code.tries < MOST_TRIES))


def _answer(token: str, digits: str) -> str:
    return _hashed(f"{token}\0{digits}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
