"""Passwords: argon2id, a few at a time and off the event loop; one for nobody takes as long as one for somebody."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.errors import InvalidInput

SHORTEST = 8
LONGEST = 200
AT_ONCE = 2
"""Each takes 64 MiB and a core: more at once would only make all of them, and every page beside them, slow."""

A = TypeVarTuple("A")
T = TypeVar("T")

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")


async def hashed(password: str) -> str:
    """What is kept of a password; one that is too short or too long is refused (`InvalidInput`)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput({"password": f"Kata sandi terdiri dari {SHORTEST} sampai {LONGEST} huruf atau angka."})
    return await _in_thread(_hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Is it the password? For nobody (`None`) always no, after the same work, so that time does not tell who has an account."""
    password = password[: LONGEST + 1]
    if password_hash is None:
        await _in_thread(_hash, password)
        return False
    return await _in_thread(_verify, password_hash, password)


def _hash(password: str) -> str:
    return _hasher.hash(password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[[*A], T], *arguments: *A) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, work, *arguments)
