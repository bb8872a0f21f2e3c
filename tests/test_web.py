from uuid import uuid4

import httpx
import pytest
from jinja2 import DictLoader
from litestar import Litestar, Request, get, route
from litestar.exceptions import NotFoundException

from backend import web
from backend.actors.actor import NOBODY, Actor
from backend.errors import DomainError, InvalidInput, NotFound, TooMany
from backend.security import Security

SITI = Actor(account=uuid4(), name="<b>Siti</b>", scope="5c0be5")
TEMPLATES = {
    "case.html": "<h1>{{ _('Aduan') }}</h1>{% block list %}<p>{{ actor.name }}: {{ text }}, {{ settings_poll }}</p>{% endblock %}",
    "shell.html": "{{ actor.name }}{{ scope }}{{ assets['unbuilt.js'] }}",
    "error.html": "{{ code }}: {{ sentence }}{% if shell %} (shell){% endif %}",
    "accounts/sign_in.html": "{{ errors.email }} {{ next }}",
}


@get("/case")
async def case(request: Request) -> web.Response:
    return web.page(request, "case.html", "list", text="<script>")


@get("/shell")
async def shell(request: Request) -> web.Response:
    return web.page(request, "shell.html", shell=True)


@get("/mine")
async def mine(request: Request) -> str:
    return web.require_account(request).name


@route("/refused", http_method=["GET", "POST"])
async def refused(request: Request) -> None:
    raise {"found": NotFound(), "many": TooMany(90), "input": InvalidInput({"text": "Tulis dulu."})}[request.query_params["what"]]


def signed_in(app):
    async def middleware(scope, receive, send):
        scope["state"]["actor"] = SITI if (b"x-who", b"siti") in scope["headers"] else NOBODY
        await app(scope, receive, send)

    return middleware


@pytest.fixture
async def client(monkeypatch):
    monkeypatch.setattr(web.environment(), "loader", DictLoader(TEMPLATES))
    handlers = {DomainError: web.refusal, NotFoundException: lambda request, _: web.refusal(request, NotFound())}
    app = Litestar([case, shell, mine, refused], middleware=[signed_in], exception_handlers=handlers, openapi_config=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Security(app)), base_url="http://127.0.0.1") as made:
        yield made


WHO = {"x-who": "siti"}


async def test_a_page_names_the_cache_it_belongs_to(client):
    own, strangers = await client.get("/case", headers=WHO), await client.get("/case")
    assert own.headers["x-sambat-scope"] == "5c0be5"
    assert own.headers["cache-control"] == "private, no-store"
    assert strangers.headers["x-sambat-scope"] == "public"
    assert strangers.headers["cache-control"] == "no-cache"


async def test_text_is_text_on_a_page_and_in_its_part(client):
    page, part = await client.get("/case", headers=WHO), await client.get("/case", headers={**WHO, "HX-Request": "true"})
    assert "<h1>Aduan</h1>" in page.text
    assert part.text == "<p>&lt;b&gt;Siti&lt;/b&gt;: &lt;script&gt;, 10</p>"
    assert part.headers["x-sambat-scope"] == "5c0be5"


async def test_a_shell_is_the_same_for_everybody(client):
    own, strangers = await client.get("/shell", headers=WHO), await client.get("/shell")
    assert own.text == strangers.text == "public/assets/unbuilt.js"
    assert own.headers["x-sambat-scope"] == "public"


async def test_an_address_that_does_not_exist_does_not_tell_a_phone_that_its_owner_is_gone(client):
    answer = await client.get("/nowhere", headers=WHO)
    assert (answer.status_code, answer.text) == (404, f"not_found: {NotFound.sentence} (shell)")


async def test_who_must_sign_in_finds_the_form_and_the_way_back(client):
    answer = await client.get("/mine?page=2")
    assert (answer.status_code, answer.text) == (401, "Silakan masuk dulu. /mine?page=2")
    assert (await client.get("/mine", headers=WHO)).text == SITI.name


async def test_a_refusal_speaks_the_askers_language(client):
    page = await client.get("/refused?what=found", headers={"accept": "text/html,*/*"})
    data = await client.get("/refused?what=input", headers={"accept": "application/json"})
    assert (page.status_code, page.text) == (404, f"not_found: {NotFound.sentence}")
    assert (data.status_code, data.json()) == (422, {"code": "invalid", "message": "Tulis dulu.", "fields": {"text": "Tulis dulu."}})


async def test_who_tries_too_often_is_told_when_to_come_back(client):
    answer = await client.get("/refused?what=many")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "90")


async def test_a_list_that_asks_by_itself_is_not_replaced_by_an_error(client):
    polled = await client.get("/refused?what=found", headers={"HX-Request": "true"})
    sent = await client.post("/refused?what=found", headers={"HX-Request": "true"})
    assert polled.headers["hx-reswap"] == "none"
    assert sent.headers["hx-retarget"] == "body"


@pytest.mark.parametrize("address", ["/", "/complaints/1?page=2", "/work#top"])
def test_after_signing_in_one_goes_on_here(address):
    assert web.local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/e",
        "evil",
    ],
)
def test_and_nowhere_else(address):
    assert web.local_path(address) == "/"


def test_our_cookies_are_for_this_host_and_no_script():
    header = web.cookie("__Host-session", "token").to_header()
    for word in ("Path=/", "Secure", "HttpOnly", "SameSite=lax", "Max-Age="):
        assert word in header
    assert "Domain" not in header
    assert "Max-Age=0" in web.without("__Host-session").to_header()
