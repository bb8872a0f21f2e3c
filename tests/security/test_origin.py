import pytest

from backend.security import origin
from backend.security.origin import ForeignOrigin

OWN = "https://sambat.example"
COOKIE = {"cookie": "__Host-session=x"}


def asks(method="POST", **headers):
    given = {"host": "127.0.0.1:8000", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {"method": method, "headers": [(name.encode(), value.encode()) for name, value in given.items()]}


@pytest.mark.parametrize(
    "scope",
    [
        asks("GET", sec_fetch_site="cross-site", **COOKIE),
        asks("HEAD", origin="https://evil.example", **COOKIE),
        asks(sec_fetch_site="same-origin", **COOKIE),
        asks(sec_fetch_site="none", **COOKIE),
        asks("PATCH", sec_fetch_site="same-origin", origin="http://127.0.0.1:8000", **COOKIE),
        asks(origin="http://127.0.0.1:8000", **COOKIE),
        asks(origin="https://127.0.0.1:8000", **COOKIE),  # TLS ends at the proxy
        asks(origin=OWN, **COOKIE),
        asks(),  # a script without cookies
        asks("DELETE", authorization="Claim X"),
    ],
)
def test_what_our_own_pages_and_honest_scripts_send_passes(scope):
    origin.check(scope, OWN)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": OWN},
        {"sec_fetch_site": "same-origin, cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "https://sambat.example.evil.example"},
        {"origin": "http://sambat.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "null"},
        {"origin": ""},
        COOKIE,
    ],
)
def test_what_another_site_starts_is_refused(method, headers):
    with pytest.raises(ForeignOrigin):
        origin.check(asks(method, **headers), OWN)


def test_without_a_public_address_an_empty_origin_is_still_foreign():
    with pytest.raises(ForeignOrigin):
        origin.check(asks(origin=""), "")
