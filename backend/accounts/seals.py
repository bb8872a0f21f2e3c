"""What must be kept readable, but by this house alone: sealed with a key made of the house's secret."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.accounts.tables import Account
from backend.settings import settings


def seal(text: str) -> str:
    """Unreadable to whoever has the database alone."""
    return _fernet(settings().secret_key).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """What was sealed; None where it was sealed by another secret, or by nobody."""
    try:
        return _fernet(settings().secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


async def fits() -> bool:
    """Does the house's secret open what was sealed last? True where nothing has been."""
    row = await Account.select(Account.totp_secret).where(Account.totp_secret != "").order_by(Account.id, ascending=False).first()
    return row is None or unseal(row["totp_secret"]) is not None


@cache
def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sambat second factor").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
