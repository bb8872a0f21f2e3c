"""Where mails are handed in, as the setting says it."""

import pytest

from backend.mail.smtp import NotTaken, greet, server_of
from backend.settings import settings
from tests.support import machine


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "use_tls", "start_tls"),
    [
        ("smtp://mail.test", "mail.test", 587, None, None, False, None),
        ("smtp://mail.test:25?starttls=0", "mail.test", 25, None, None, False, False),
        ("smtp://mail.test?starttls=1", "mail.test", 587, None, None, False, True),
        ("smtp://sambat:rahasia%40rumah@mail.test", "mail.test", 587, "sambat", "rahasia@rumah", False, True),
        ("smtp://sambat:rahasia@mail.test?starttls=0", "mail.test", 587, "sambat", "rahasia", False, False),
        ("smtps://sambat%40kota:rahasia@mail.test", "mail.test", 465, "sambat@kota", "rahasia", True, None),
        ("smtps://mail.test:4650", "mail.test", 4650, None, None, True, None),
    ],
)
def test_a_password_goes_over_no_open_line_unless_the_city_says_so(url, host, port, user, password, use_tls, start_tls):
    assert server_of(url) == (host, port, user, password, use_tls, start_tls)


async def test_the_server_is_greeted_and_gets_no_mail(mailbox):
    await greet(server_of(settings().mail_url))
    assert mailbox.taken == []


async def test_a_server_that_is_not_there_is_a_code_and_no_name():
    with pytest.raises(NotTaken, match=r"^\w+$"):
        await greet(server_of(f"smtp://127.0.0.1:{machine.free_port()}"))
