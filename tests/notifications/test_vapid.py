import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend.notifications import vapid
from backend.settings import settings


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """Nothing generated yet."""
    monkeypatch.setenv("SAMBAT_DATA_DIR", str(tmp_path / "data"))
    _forget()
    yield tmp_path
    monkeypatch.undo()
    _forget()


def _forget():
    settings.cache_clear()
    vapid.private_key.cache_clear()


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_the_key_is_made_once_and_read_by_nobody_else(fresh):
    first = vapid.public_key()
    vapid.private_key.cache_clear()
    assert vapid.public_key() == first
    assert stat.S_IMODE((fresh / "data" / "vapid.pem").stat().st_mode) == 0o600
    assert {path.name for path in (fresh / "data").iterdir()} <= {"vapid.pem", "secret.key"}


def test_the_public_key_is_the_point_a_browser_subscribes_with(fresh):
    point = base64.urlsafe_b64decode(vapid.public_key() + "=")
    assert (len(point), point[0]) == (65, 4)


def test_two_who_start_at_once_use_one_key(fresh):
    path = fresh / "data" / "vapid.pem"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: vapid._made(path), range(8)))
    assert [one.name for one in path.parent.iterdir()] == ["vapid.pem"]
    assert vapid.public_key()


def test_a_key_that_is_given_is_used(fresh, monkeypatch):
    key = ec.generate_private_key(ec.SECP256R1())
    (fresh / "given.pem").write_bytes(pem(key))
    monkeypatch.setenv("SAMBAT_VAPID_KEY_FILE", str(fresh / "given.pem"))
    _forget()
    assert vapid.private_key().private_numbers() == key.private_numbers()
    assert not (fresh / "data" / "vapid.pem").exists()


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)])
def test_a_key_of_another_kind_is_refused(fresh, monkeypatch, key):
    (fresh / "given.pem").write_bytes(pem(key))
    monkeypatch.setenv("SAMBAT_VAPID_KEY_FILE", str(fresh / "given.pem"))
    _forget()
    with pytest.raises(ValueError, match="P-256"):
        vapid.private_key()
