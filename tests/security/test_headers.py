"""What the headers let a browser load: from us, and map pictures from where the settings say."""

import msgspec
import pytest

from backend.security.headers import CONTENT_SECURITY_POLICY, headers_for
from backend.settings import read


def policy(tile_url):
    return dict(headers_for("", tile_url))[b"content-security-policy"].decode()


@pytest.mark.parametrize("own", ["", "/tiles/{z}/{x}/{y}.png"])
def test_without_a_map_server_of_others_pictures_are_ours(own):
    assert policy(own) == CONTENT_SECURITY_POLICY


def test_map_pictures_come_from_their_one_origin_and_nothing_else_does():
    given = policy("https://tiles.example:8443/city/{z}/{x}/{y}.png?key=1")
    assert "img-src 'self' blob: data: https://tiles.example:8443;" in given
    assert given.replace(" https://tiles.example:8443", "") == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "address",
    ["https://tiles.example/{z}; script-src *", "javascript:{z}", "https://{s}.tiles.example/{z}", "tiles/{z}", "https://tiles.example/"],
)
def test_an_address_that_would_say_more_is_refused(address):
    with pytest.raises(msgspec.ValidationError, match="tile_url"):
        read({"SAMBAT_TILE_URL": address})
