"""The second factor: an app's code that changes every half minute, none of which works twice."""

from uuid import UUID

import msgspec
import pyotp
import segno

from backend import clock, database
from backend.accounts import letters, queries, recovery, seals
from backend.accounts.codes import WrongCode, digits_of
from backend.accounts.tables import Account, Session
from backend.errors import DomainError
from backend.words import N_

ISSUER = "Sambat Rene Ker"
WINDOW = 1
"""So many half minutes a phone's clock may go before or after ours."""
GROUP = 4


class NotNow(DomainError):
    """A factor is there already, or there is no password it could stand beside."""

    code = "second_factor_not_now"
    http_status = 409
    sentence = N_("Langkah kedua sudah terpasang. Lepas dulu yang lama kalau ponsel Anda berganti.")


class Setup(msgspec.Struct, frozen=True):
    """What an app must know: as a picture, and to be typed."""

    qr: str
    groups: str


async def start(account_id: UUID) -> None:
    """A new secret, which counts for nothing before a code of it was seen. Raises `NotNow`."""
    account = await _of(account_id)
    if account.totp_since is not None:
        raise NotNow
    if account.demo:
        raise NotNow(N_("Akun contoh tidak memerlukan langkah kedua."))
    if not account.password_hash:
        raise NotNow(N_("Buat kata sandi dulu, lalu pasang langkah kedua."))
    secret = seals.seal(pyotp.random_base32())
    await Account.update({Account.totp_secret: secret, Account.totp_step: 0}).where(Account.id == account_id, Account.totp_since.is_null())


async def waiting(account_id: UUID) -> Setup | None:
    """What to show while the factor is being set up; None where nothing waits."""
    account = await _of(account_id)
    secret = seals.unseal(account.totp_secret) if account.totp_since is None else None
    if secret is None:
        return None
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)
    picture = segno.make(uri, error="m").svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True)
    return Setup(qr=picture, groups=" ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP)))


async def confirm(account_id: UUID, typed: str) -> list[str]:
    """The app shows the right code: from now on it is asked for. Returns the recovery codes, which nobody can see again.

    Every session ends: none of them has shown the factor. Raises `WrongCode`, `NotNow`.
    """
    async with database.transaction():
        account = await database.locked(Account.objects().where(Account.id == account_id)).first()
        if account is None or account.totp_since is not None:
            raise NotNow
        step = _step(account, typed)
        await Account.update({Account.totp_since: clock.now(), Account.totp_step: step}).where(Account.id == account_id)
        await Session.delete().where(Session.account == account_id)
        await letters.second_factor_changed(account.email, N_("Langkah kedua baru saja dipasang di akun Anda."))
        return await recovery.renew(account_id)


async def show(account_id: UUID, typed: str) -> None:
    """A code of the app, or a recovery code in its place; either once. Raises `WrongCode`."""
    account = await _of(account_id)
    if account.totp_since is None:
        raise WrongCode
    if recovery.looks_like(typed):
        await _recover(account, typed)
    else:
        await _use(account_id, _step(account, typed))


async def clear(account_id: UUID) -> None:
    """Take the factor away, for somebody who showed it or was recognised otherwise. It must be set up anew before any work."""
    account = await _of(account_id)
    async with database.transaction():
        await Account.update({Account.totp_secret: "", Account.totp_since: None, Account.totp_step: 0}).where(Account.id == account_id)
        await recovery.forget(account_id)
        await Session.update({Session.proved: False}).where(Session.account == account_id)
        await letters.second_factor_changed(account.email, N_("Langkah kedua akun Anda baru saja dilepas."))


async def clear_lost(email: str) -> None:
    """At the console, for somebody who has lost phone and paper and was recognised. Raises `NotFound`."""
    await clear((await queries.by_email(email.strip().lower())).id)


async def renew_recovery(account_id: UUID) -> list[str]:
    """Ten new recovery codes."""
    async with database.transaction():
        return await recovery.renew(account_id)


async def _recover(account: Account, typed: str) -> None:
    async with database.transaction():
        left = await recovery.use(account.id, typed)
        told = N_("Kode pemulihan baru saja dipakai untuk masuk. Tersisa {left} kode.").format(left=left)
        await letters.second_factor_changed(account.email, told)


async def _use(account_id: UUID, step: int) -> None:
    """The same code again, or an earlier one, is none; of two at one moment one comes too late."""
    newer = Account.update({Account.totp_step: step}).where(Account.id == account_id, Account.totp_step < step)
    if not await newer.returning(Account.id):
        raise WrongCode


def _step(account: Account, typed: str) -> int:
    """The half minute whose code this is. Raises `WrongCode`."""
    secret = seals.unseal(account.totp_secret)
    if secret is None:
        raise WrongCode
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(digits_of(typed), for_time=clock.now(), valid_window=WINDOW)
    except pyotp.exceptions.OTPVerificationError:
        raise WrongCode from None
    if step <= account.totp_step:
        raise WrongCode
    return step


async def _of(account_id: UUID) -> Account:
    account = await Account.objects().get(Account.id == account_id)
    if account is None:
        raise WrongCode
    return account
