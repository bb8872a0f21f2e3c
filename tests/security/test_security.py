import httpx
import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import CacheControlHeader

from backend.security import Security
from backend.security.headers import CONTENT_SECURITY_POLICY
from backend.settings import settings

COOKIE = {"cookie": "__Host-session=x"}


@get("/")
async def front() -> Response[str]:
    return Response("halo", headers={"Cache-Control": "no-cache"})


@get("/assets/x.js", cache_control=CacheControlHeader(public=True, immutable=True, max_age=31_536_000))
async def asset() -> str:
    return "1"


@get("/broken")
async def broken() -> str:
    raise ZeroDivisionError


@get("/picture")
async def picture() -> Response[bytes]:
    return Response(b"", headers={"Content-Security-Policy": "sandbox"})


@post(["/api/sync", "/api/photos", "/sign-in"])
async def echo(request: Request) -> Response[str]:
    return Response(str(len(await request.body())), status_code=200)


async def falls_over(scope, receive, send):
    raise ZeroDivisionError


def phone(app=None, **options):
    made = app or Litestar([front, asset, broken, picture, echo], openapi_config=None, request_max_body_size=None, logging_config=None)
    transport = httpx.ASGITransport(Security(made), client=("203.0.113.7", 1))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", **options)


@pytest.mark.parametrize(
    ("method", "path", "headers", "content", "status"),
    [
        ("GET", "/", {}, b"", 200),
        ("GET", "/nowhere", {}, b"", 404),
        ("DELETE", "/", {}, b"", 405),
        ("GET", "/broken", {}, b"", 500),
        ("POST", "/sign-in", {"sec-fetch-site": "cross-site"}, b"", 403),
        ("POST", "/sign-in", COOKIE, b"", 403),
        ("POST", "/sign-in", {}, b"x" * 65_537, 413),
        ("POST", "/api/sync", {"content-type": "application/json"}, b"[" * 200_000, 400),
    ],
)
async def test_every_answer_carries_the_headers(method, path, headers, content, status):
    async with phone() as client:
        answer = await client.request(method, path, headers=headers, content=content)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=(self)" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers


async def test_an_app_that_falls_over_is_a_500_that_tells_nothing():
    async with phone(falls_over) as client:
        page, data = await client.get("/"), await client.get("/api/sync")
    assert page.status_code == data.status_code == 500
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert data.json()["code"] == "broken"
    assert "ZeroDivisionError" not in page.text + data.text
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_nothing_inline_runs():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


async def test_only_with_tls_do_browsers_insist_on_it(monkeypatch):
    monkeypatch.setenv("SAMBAT_PUBLIC_URL", "https://sambat.example")
    settings.cache_clear()
    try:
        async with phone() as client:
            answer = await client.get("/nowhere")
    finally:
        settings.cache_clear()
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_a_page_may_be_stricter_than_all():
    async with phone() as client:
        assert (await client.get("/picture")).headers.get_list("content-security-policy") == ["sandbox"]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/broken"])
async def test_with_a_session_no_cache_keeps_an_answer_errors_too(path):
    async with phone() as client:
        answer = await client.get(path, headers=COOKIE)
        script = await client.get("/assets/x.js", headers=COOKIE)
        stranger = await client.get("/")
    assert answer.headers.get_list("cache-control") == ["private, no-store"]
    assert "immutable" in script.headers["cache-control"]
    assert stranger.headers["cache-control"] == "no-cache"


async def test_a_foreign_request_is_refused_in_the_askers_language():
    async with phone(headers={"sec-fetch-site": "cross-site"}) as client:
        data = await client.post("/api/sync")
        page = await client.post("/sign-in", headers={"accept": "text/html"})
        script = await client.post("/sign-in", headers={"accept": "application/json"})
    assert data.json()["code"] == script.json()["code"] == "foreign_origin"
    assert "<p>Kiriman ini tidak berasal dari halaman kami." in page.text


async def drip(total, piece=50_000):
    for _ in range(total // piece):
        yield b" " * piece


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
async def test_a_body_that_hides_its_size_is_cut_off_in_the_middle(kind):
    async with phone() as client:
        small = await client.post("/api/sync", content=drip(200_000), headers={"content-type": kind})
        large = await client.post("/api/sync", content=drip(300_000), headers={"content-type": kind})
    assert (small.status_code, small.text) == (200, "200000")
    assert large.status_code == 413
    assert large.json()["code"] == "too_large"


async def test_a_photo_may_be_larger_than_a_form():
    async with phone() as client:
        assert (await client.post("/api/photos", content=b"x" * 1_000_000)).text == "1000000"
        assert (await client.post("/api/photos", content=b"", headers={"content-length": "99999999"})).status_code == 413


async def test_a_path_no_database_could_keep_is_no_page(door):
    for path in ("/public/%00", "/city/agencies/%00", "/agencies/a%00b"):
        assert (await (await door()).get(path)).status_code == 404
