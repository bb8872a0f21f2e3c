"""Coming in: by a password or a code from the mailbox, and then, where the account has one, by the second factor."""

from uuid import UUID

import msgspec

from backend import clock, database
from backend.accounts import actions, codes, letters, limits, queries, second_factor, sessions
from backend.accounts.codes import CodeOver, Kind, WrongCode
from backend.accounts.limits import Guess
from backend.accounts.tables import Account
from backend.errors import InvalidInput
from backend.mail import actions as mail
from backend.words import N_

NAMELESS = N_("Warga")
SET_UP = "/account/second-factor"
NOBODY = UUID(int=0)


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody comes in with: where from, how its owner would call it, and the session it held before, which ends."""

    source: str
    words: str = ""
    earlier: str | None = None


class Led(msgspec.Struct, frozen=True, kw_only=True):
    """Where it goes on: with a `session`, or with the `code` that the next page asks for."""

    to: str
    session: str = ""
    code: str = ""


class Asked(msgspec.Struct, frozen=True):
    """For whom a browser asked a code, and where it goes on."""

    email: str
    then: str


class Carried(msgspec.Struct, frozen=True):
    """What a code remembers of the request it was made for."""

    then: str = "/"


async def by_password(email: str, password: str, browser: Browser, then: str) -> Led:
    """In, or on to the second factor. Raises `WrongPassword`, `TooMany`."""
    return await _further(await actions.sign_in(email, password, browser.source), browser, then)


async def ask_code(email: str, browser: Browser, then: str) -> Led:
    """Send a code to whoever reads there; the same is done, and said, whether or not anybody has an account.

    Somebody of the city is told to use the password instead: no code of theirs is ever right. Raises `InvalidInput`, `TooMany`.
    """
    address = address_of(email)
    await limits.take(Guess.CODE_ASKED, source=browser.source, account=address)
    digits, data = codes.new_digits(), msgspec.json.encode(Carried(then)).decode()
    async with database.transaction():
        account = await Account.objects().get(Account.email == address)
        is_staff = sessions.works_for_the_city(await queries.roles_of(account.id if account else NOBODY))
        token = await codes.make(Kind.SIGN_IN, address, account=account.id if account else None, digits=digits, data=data)
        if account is not None and not actions.is_open(account):
            await letters.closed(address)
        elif is_staff:
            await letters.use_the_password(address)
        else:
            await letters.code(address, digits)
    return Led(to="/sign-in/code", code=token)


async def asked_by(token: str) -> Asked | None:
    """What a browser waits for; None where it is over."""
    try:
        code = await codes.find(Kind.SIGN_IN, token)
    except CodeOver:
        return None
    return Asked(code.email, _carried(code.data).then)


async def by_code(token: str, typed: str, name: str, browser: Browser) -> Led:
    """In with the code of the mail; an address nobody had becomes a citizen's account. Raises `WrongCode`, `CodeOver`, `TooMany`."""
    code = await codes.find(Kind.SIGN_IN, token)
    taken = await limits.take(Guess.CODE, source=browser.source, account=code.email)
    await codes.count_try(Kind.SIGN_IN, token)
    if not codes.is_right(code, token, typed):
        raise WrongCode
    async with database.transaction():
        await codes.use_up(Kind.SIGN_IN, token)
        account = await _citizen(code.email, name)
    await limits.give_back(taken)
    return await _further(account, browser, _carried(code.data).then)


async def by_second(token: str, typed: str, browser: Browser) -> Led:
    """In with the second factor, after the first. Raises `WrongCode`, `CodeOver`, `TooMany`."""
    code = await codes.find(Kind.SECOND_FACTOR, token)
    taken = await limits.take(Guess.SECOND, source=browser.source, account=code.email)
    await codes.count_try(Kind.SECOND_FACTOR, token)
    account = await Account.objects().get(Account.email == code.email)
    if account is None or not actions.is_open(account):
        raise WrongCode
    await second_factor.show(account.id, typed)
    await codes.use_up(Kind.SECOND_FACTOR, token)
    await limits.give_back(taken)
    return await enter(account, browser, _carried(code.data).then, proved=True)


async def set_up(account_id: UUID, typed: str, browser: Browser) -> tuple[Led, list[str]]:
    """The second factor is set up: in with it, and the recovery codes. Raises `WrongCode`, `NotNow`, `TooMany`."""
    account, taken = await _counted(account_id, browser)
    recovery_codes = await second_factor.confirm(account_id, typed)
    await limits.give_back(taken)
    return await enter(account, browser, "/", proved=True), recovery_codes


async def prove_again(account_id: UUID, typed: str, browser: Browser) -> None:
    """The second factor once more, before something that could weaken it. Raises `WrongCode`, `TooMany`."""
    _, taken = await _counted(account_id, browser)
    await second_factor.show(account_id, typed)
    await limits.give_back(taken)


async def enter(account: Account, browser: Browser, then: str, *, proved: bool = False) -> Led:
    """A new session under a new token. Who works for the city and has no second factor is led to set it up."""
    is_staff = sessions.works_for_the_city(await queries.roles_of(account.id)) and not account.demo
    opened = await sessions.open_for(account.id, replacing=browser.earlier, browser=browser.words, proved=proved)
    await limits.remember(browser.source, account.email)
    if is_staff and await limits.is_new_browser(account.email, browser.words):
        await letters.new_sign_in(account.email, browser.words)
    return Led(to=SET_UP if is_staff and not proved else then, session=opened.token)


def address_of(email: str) -> str:
    """The address, in one spelling. Raises `InvalidInput` for what is none."""
    address = actions.normal(email)
    if not mail.is_address(address):
        raise InvalidInput({"email": N_("Alamat surel ini tidak dapat kami baca. Contoh: nama@contoh.id")})
    return address


async def _further(account: Account, browser: Browser, then: str) -> Led:
    if account.totp_since is None or account.demo:
        return await enter(account, browser, then)
    data = msgspec.json.encode(Carried(then)).decode()
    token = await codes.make(Kind.SECOND_FACTOR, account.email, account=account.id, data=data)
    return Led(to="/sign-in/second", code=token)


async def _citizen(address: str, name: str) -> Account:
    """The account of an address that was proved, opened where there is none. Two at one moment end up with the same one."""
    called = " ".join(name.split()) or NAMELESS
    new = Account(id=database.new_id(), name=called, email=address, password_hash="", created_at=clock.now())
    await Account.insert(new).on_conflict(target=Account.email, action="DO NOTHING")
    account = await Account.objects().get(Account.email == address)
    if account is None or not actions.is_open(account) or sessions.works_for_the_city(await queries.roles_of(account.id)):
        raise WrongCode
    return account


async def _counted(account_id: UUID, browser: Browser) -> tuple[Account, tuple[str, ...]]:
    account = await Account.objects().get(Account.id == account_id)
    if account is None:
        raise WrongCode
    return account, await limits.take(Guess.SECOND, source=browser.source, account=account.email)


def _carried(data: str) -> Carried:
    return msgspec.json.decode(data, type=Carried)
