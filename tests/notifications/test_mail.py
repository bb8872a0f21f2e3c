"""Mails: to the reporter who wants them, once, and no word more than the push says."""

import pytest

from backend import clock
from backend.accounts.tables import Account
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.mail.tables import Mail
from backend.settings import settings
from tests.support import city as walk
from tests.support import news
from tests.support.phones import heard

KEY = "0123456789ABCDEFGHJKMNPQRS"


async def test_a_mail_goes_to_the_reporter_who_wants_it_from_the_citys_own_address(city, monkeypatch):
    monkeypatch.setenv("SAMBAT_PUBLIC_URL", "https://sambat.malangkota.go.id/")
    settings.cache_clear()
    complaint = await walk.tell(city.citizen)
    [(to, subject, text)] = await news.mails()
    assert to == f"{city.citizen.account}@contoh.test"
    assert subject.startswith("Aduan SRK ")
    assert text.startswith("Aduan Anda sudah kami terima dengan nomor SRK ")
    assert f"https://sambat.malangkota.go.id/complaints/{complaint}\n" in text
    assert "https://sambat.malangkota.go.id/account\n" in text
    settings.cache_clear()


async def test_of_a_confidential_complaint_the_mail_says_no_more_than_that_there_is_news(city):
    complaint = await walk.tell(city.citizen)
    await news.spread()
    await Mail.delete(force=True)
    await news.seal(complaint)
    await walk.forward(city, complaint)
    [(_, subject, text)] = await news.mails()
    assert subject == "Ada kabar untuk aduan Anda"
    assert text.startswith("Ada kabar untuk aduan Anda.\n")
    assert "SRK" not in text.partition("Surel ini")[0]
    assert "Dinas" not in text.partition("Surel ini")[0]


@pytest.mark.parametrize("who", ["does not want it", "guest", "closed", "anonymous"])
async def test_who_is_not_to_have_a_mail_has_none(city, who):
    if who == "guest":
        await walk.tell(key=KEY)
    elif who == "anonymous":
        await walk.tell(key=KEY, anonymous=True)
    else:
        change = {Account.mail_me: False} if who == "does not want it" else {Account.disabled_at: clock.now()}
        await Account.update(change).where(Account.id == city.citizen.account)
        await walk.tell(city.citizen)
    assert await news.mails() == []


async def test_what_only_stands_in_the_inbox_is_neither_pushed_nor_mailed(city, phones, push_service):
    complaint = await walk.tell(city.citizen)
    await heard(push_service)
    await Mail.delete(force=True)
    await Event.delete(force=True)
    await news.happen(EventKind.CONTACT_VIEWED, complaint, actor=city.moderator.account)
    assert (await news.bodies(city.citizen))[0].startswith("Nomor kontak Anda dilihat petugas.")
    assert await news.mails() == []
    assert await heard(push_service) == {}
