"""The key that tells push services who we are: given as a file, else made once in the data folder."""

import base64
import contextlib
import os
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from backend.settings import settings

FILE = "vapid.pem"


@cache
def private_key() -> EllipticCurvePrivateKey:
    """Our key, on P-256. Raises `ValueError` when the file holds another kind."""
    given = settings().vapid_key_file
    path = Path(given) if given else _made(settings().data_dir / FILE)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
        return key
    message = f"{path.name}: a P-256 key is expected"
    raise ValueError(message)


def public_key() -> str:
    """What a browser subscribes with: the uncompressed point, base64url without padding."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _made(file: Path) -> Path:
    """The key's file, made whole or not at all, and only once: a new key would silence every subscription there is."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent) as draft:  # readable by its owner only
            draft.write(generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            draft.flush()
            os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(draft.name, file)
    return file
