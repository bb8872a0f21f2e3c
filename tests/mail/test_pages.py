"""The outbox of development exists nowhere else."""

import pytest

from backend.mail import actions
from tests.support.commands import PRODUCTION
from tests.support.given import given
from tests.support.mailbox import send_all


async def test_the_outbox_shows_mails_as_they_would_be_sent(door):
    await actions.send("siti@contoh.test", "Kode <b>masuk</b>", "Kode: 123456")
    await send_all()
    page = await (await door()).get("/dev/outbox")
    assert "Kode: 123456" in page.text
    assert "siti@contoh.test" in page.text
    assert "Kode &lt;b&gt;masuk" in page.text
    assert page.headers["x-sambat-scope"] == "none"
    assert "no-store" in page.headers["cache-control"]


@pytest.mark.parametrize("told", [PRODUCTION, {"mail_url": "smtp://mail.test"}])
async def test_where_mails_are_sent_there_is_no_outbox(door, told):
    browser = await door()
    with given(**told):
        assert (await browser.get("/dev/outbox")).status_code == 404
