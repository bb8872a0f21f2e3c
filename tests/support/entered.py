"""People at the sign-in page: with a password, a code from the mailbox, an app for the second factor."""

import re

import httpx
import pyotp

from backend import clock
from backend import database as db
from backend.accounts import passwords, seals
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role

PASSWORD = "kembang kol goreng"
CHROME = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0"
_hashes: dict[str, str] = {}


async def account(email: str, role: Role = Role.CITIZEN, agency: str | None = None, **columns: object) -> Account:
    """An account with the password of all, which is hashed only once."""
    if PASSWORD not in _hashes:
        _hashes[PASSWORD] = await passwords.hashed(PASSWORD)
    given = {"name": "Siti", "password_hash": _hashes[PASSWORD], "created_at": clock.now(), **columns}
    row = Account(id=db.new_id(), email=email, **given)
    await Account.insert(row)
    if role != Role.CITIZEN:
        today = clock.day_of(clock.now())
        await RoleGrant.insert(RoleGrant(id=db.new_id(), account=row.id, role=role, agency=agency, valid_from=today))
    return row


async def with_app(email: str, role: Role = Role.MODERATOR, agency: str | None = None) -> tuple[Account, pyotp.TOTP]:
    """An account whose second factor is set up, and the app on its owner's phone."""
    secret = pyotp.random_base32()
    row = await account(email, role, agency, totp_secret=seals.seal(secret), totp_since=clock.now())
    return row, pyotp.TOTP(secret)


def shown(app: pyotp.TOTP) -> str:
    """What the app shows now."""
    return app.at(clock.now())


async def sign_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD, then: str = "/") -> httpx.Response:
    return await browser.post("/sign-in", data={"email": email, "password": password, "next": then})


async def ask_code(browser: httpx.AsyncClient, email: str, then: str = "/") -> httpx.Response:
    return await browser.post("/sign-in", data={"email": email, "next": then})


async def set_up_app(browser: httpx.AsyncClient) -> tuple[pyotp.TOTP, list[str]]:
    """Walk through the set-up; the app, and the recovery codes that were shown."""
    await browser.post("/account/second-factor", data={"step": "start"})
    page = (await browser.get("/account/second-factor")).text
    app = pyotp.TOTP(re.search(r'class="secret__groups">([A-Z2-7 ]+)<', page)[1].replace(" ", ""))
    confirmed = await browser.post("/account/second-factor", data={"step": "confirm", "code": shown(app)})
    assert confirmed.status_code == 200, confirmed.text
    return app, re.findall(r"<code[^>]*>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</code>", confirmed.text)


async def who(browser: httpx.AsyncClient) -> str:
    """The id of the account this browser is signed in with; empty for nobody."""
    return re.search(r'data-owner="([^"]*)"', (await browser.get("/complaints")).text)[1]
