"""Recovery codes: ten on paper, each good once for a phone that is lost."""

import hashlib
import secrets
from uuid import UUID

from backend import clock, database
from backend.accounts.codes import WrongCode
from backend.accounts.tables import RecoveryCode

HOW_MANY = 10
LENGTH = 16
GROUP = 4
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford characters: 80 bits, so that a plain hash of them tells nothing."""

_MISREAD = str.maketrans("OIL", "011")


async def renew(account: UUID) -> list[str]:
    """Ten new ones, as they are written down; the earlier ones are worth nothing. In the caller's transaction."""
    made = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    await forget(account)
    await RecoveryCode.insert(*(RecoveryCode(id=database.new_id(), account=account, code_hash=_hashed(account, code)) for code in made))
    return ["-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP)) for code in made]


async def use(account: UUID, typed: str) -> int:
    """It is used; how many are left. Raises `WrongCode` for the second time as for a wrong one."""
    unused = RecoveryCode.update({RecoveryCode.used_at: clock.now()}).where(
        RecoveryCode.account == account, RecoveryCode.code_hash == _hashed(account, _normal(typed)), RecoveryCode.used_at.is_null()
    )
    if not await unused.returning(RecoveryCode.id):
        raise WrongCode
    return await left(account)


async def left(account: UUID) -> int:
    """How many have not been used."""
    return int(await RecoveryCode.count().where(RecoveryCode.account == account, RecoveryCode.used_at.is_null()))


async def forget(account: UUID) -> None:
    """None of them counts any more."""
    await RecoveryCode.delete().where(RecoveryCode.account == account)


def looks_like(typed: str) -> bool:
    """Is it as long as a recovery code, and not as a code of the app?"""
    return len(_normal(typed)) == LENGTH


def _normal(typed: str) -> str:
    return "".join(character for character in typed.upper() if character.isalnum()).translate(_MISREAD)


def _hashed(account: UUID, code: str) -> str:
    return hashlib.sha256(f"{account}\0{code}".encode()).hexdigest()
