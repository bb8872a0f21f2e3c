"""Without containers the same is started as with them."""

import socket

import pytest

from benchmarks import composed, names


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("${CITY}", "malang"),
        ("a ${CITY:-nowhere} b ${CITY:?}", "a malang b malang"),
        ("${NOBODY:-https://host:1}", "https://host:1"),
        ("${NOBODY}${EMPTY:-}", ""),
        ("$$(cat ${CITY})", "$(cat malang)"),
    ],
)
def test_variables_are_filled_in_as_compose_does(written, filled):
    assert composed.filled({"one": [written]}, {"CITY": "malang", "EMPTY": ""}) == {"one": [filled]}


def test_a_variable_that_must_be_set_is_asked_for():
    with pytest.raises(KeyError, match="PUBLIC_URL"):
        composed.services({})


def test_services_are_as_the_file_says():
    found = composed.services({"PUBLIC_URL": "https://sambat.example", "TLS": "internal", "VAPID_CONTACT": "mailto:a@sambat.example"})
    assert found["web"].command == ("sambat", "web")
    assert found["web"].environment["SAMBAT_PORT"] == "8000"
    assert found["web"].environment["SAMBAT_PUBLIC_URL"] == "https://sambat.example"
    assert list(found["worker"].numbers) == [1, 2]
    assert found["migrate"].one_shot
    assert found["redis"].health[:2] == ("sh", "-c")
    assert found["caddy"].after == {"web": "service_healthy"}


def test_a_name_has_all_its_addresses_and_a_stranger_none():
    with names.served({"web": ["127.70.0.1", "127.70.0.2"]}) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        host, _, port = server.partition(":")
        asker.settimeout(2)
        said = []
        for name, kind in ((b"\x03web\x00", b"\x00\x01"), (b"\x03WEB\x00", b"\x00\x1c"), (b"\x04mail\x00", b"\x00\x01")):
            asker.sendto(b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + name + kind + b"\x00\x01", (host, int(port)))
            said.append(asker.recv(512))
    found, of_another_kind, unknown = said
    assert found[:2] == b"\x12\x34"
    assert socket.inet_aton("127.70.0.1") in found
    assert found.endswith(socket.inet_aton("127.70.0.2"))
    assert of_another_kind[6:8] == b"\x00\x00"
    assert [answer[3] & 15 for answer in (found, of_another_kind, unknown)] == [0, 0, 3]
