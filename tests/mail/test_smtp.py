"""Where mails are handed in, as the setting says it."""

import pytest

from backend.mail.smtp import server_of


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
