import asyncio

import pytest

from backend.notifications import endpoints
from backend.notifications.endpoints import EndpointRefused


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://fcm.googleapis.com:443/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://updates-eu.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYA%2bA",
    ],
)
def test_the_push_services_of_browsers_are_known(address):
    assert endpoints.read(address).trial is False


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/fcm/send/a",
        "https://fcm.googleapis.com:8443/fcm/send/a",
        "https://fcm.googleapis.com:80/fcm/send/a",
        "https://fcm.googleapis.com",
        "https://FCM.googleapis.com/a",
        "https://fcm.googleapis.com./a",
        "https://fcm.googleapis.com.evil.test/a",
        "https://evil-fcm.googleapis.com/a",
        "https://xfcm.googleapis.com/a",
        "https://notify.windows.com/a",
        "https://a.b.notify.windows.com/a",
        "https://evilnotify.windows.com/a",
        "https://me@fcm.googleapis.com/a",
        "https://fcm.googleapis.com@evil.test/a",
        "https://evil.test\\@fcm.googleapis.com/a",
        "https://fcm.googleapis.com\\evil.test/a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\n",
        "https://fcm.googleapis.com/a\r\nHost: evil.test",
        " https://fcm.googleapis.com/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://localhost/a",
        "https://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:9999/a",
        "file:///etc/passwd",
        "ftp://fcm.googleapis.com/a",
        "//fcm.googleapis.com/a",
        "fcm.googleapis.com/a",
        "",
        "https://fcm.googleapis.com/" + "a" * endpoints.LONGEST_ENDPOINT,
    ],
)
async def test_no_other_address_is_spoken_to(address):
    with pytest.raises(EndpointRefused):
        endpoints.read(address)
    with pytest.raises(EndpointRefused):
        await endpoints.check(address)


def test_a_host_of_the_trials_is_taken_by_name_and_port_only(trial_hosts):
    trial_hosts("127.0.0.1:4711", "localhost:4712")
    assert endpoints.read("http://127.0.0.1:4711/a").trial
    assert endpoints.read("http://localhost:4712/a").origin == "http://localhost:4712"
    for address in ("http://127.0.0.1:4712/a", "http://localhost:4711/a", "http://127.0.0.1/a"):
        assert not endpoints.is_trial(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1"]
)
async def test_a_known_name_that_leads_to_a_private_address_is_refused(monkeypatch, address):
    """The net is outside: what it answers to a name is played here."""

    async def answers(host, port, **_):
        public = [(2, 1, 6, "", ("142.250.4.95", port))]
        return [*public, (10 if ":" in address else 2, 1, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers, raising=False)
    with pytest.raises(EndpointRefused):
        await endpoints.check("https://fcm.googleapis.com/a")


async def test_a_known_name_without_an_answer_is_stored_and_asked_again_at_sending(monkeypatch):
    async def no_answer(*_, **__):
        raise OSError("no such name")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", no_answer, raising=False)
    await endpoints.check("https://fcm.googleapis.com/a")
