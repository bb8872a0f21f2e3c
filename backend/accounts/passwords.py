"""Passwords: argon2id, a few at a time and off the event loop; one for nobody takes as long as one for somebody."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.errors import InvalidInput
from backend.words import N_

SHORTEST = 10
LONGEST = 200
FEWEST_DIFFERENT = 4
AT_ONCE = 2
"""Each takes 64 MiB and a core: more at once would only make all of them, and every page beside them, slow."""

COMMON = frozenset((Path(__file__).parent / "data" / "common_passwords.txt").read_text().split())
"""Long enough, and tried first by whoever guesses: lists of leaked passwords begin with these, here with ours among them."""

A = TypeVarTuple("A")
T = TypeVar("T")

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")


async def hashed(password: str, *, email: str = "") -> str:
    """What is kept of a password; one that is too short, too long or too easily guessed is refused (`InvalidInput`)."""
    if not SHORTEST <= len(password) <= LONGEST:
        sentence = N_("Kata sandi terdiri dari {shortest} sampai {longest} huruf, angka, atau spasi.")
        raise InvalidInput({"password": sentence.format(shortest=SHORTEST, longest=LONGEST)})
    if is_easy(password, email):
        raise InvalidInput({"password": N_("Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan, misalnya.")})
    return await _in_thread(_hash, password)


def is_easy(password: str, email: str = "") -> bool:
    """Is it one of the first that somebody would try: a well-known one, a few characters again and again, the address itself?"""
    word = "".join(password.casefold().split())
    own = {email.casefold(), email.casefold().partition("@")[0]} - {""}
    return word in COMMON or len(set(word)) < FEWEST_DIFFERENT or word.rstrip("0123456789!.") in own


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
