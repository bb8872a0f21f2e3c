import time

import argon2
import pytest

from backend.accounts import passwords
from backend.errors import InvalidInput


@pytest.fixture(autouse=True)
def real_costs(monkeypatch):
    """Everywhere else hashing is made cheap."""
    monkeypatch.setattr(passwords, "_hasher", argon2.PasswordHasher())


async def test_only_the_right_password_opens():
    kept = await passwords.hashed("kembang kol goreng")
    assert kept.startswith("$argon2id$")
    assert await passwords.matches(kept, "kembang kol goreng")
    assert not await passwords.matches(kept, "kembang kol rebus")


@pytest.mark.parametrize("password", ["", "pendek7", "x" * 201])
async def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(InvalidInput):
        await passwords.hashed(password)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=65536,t=3,p=4$broken"])
async def test_nobody_and_a_broken_row_are_never_right(kept):
    assert not await passwords.matches(kept, "kembang kol goreng")


async def test_time_does_not_tell_who_has_an_account():
    kept = await passwords.hashed("kembang kol goreng")

    async def quickest(password_hash):
        times = []
        for _ in range(3):
            began = time.process_time()
            await passwords.matches(password_hash, "salah semua")
            times.append(time.process_time() - began)
        return min(times)

    somebody, nobody = await quickest(kept), await quickest(None)
    assert 0.4 < nobody / somebody < 2.5
