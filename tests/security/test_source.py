import pytest

from backend.security import source_of

PROXY, PHONE = "10.0.0.2", "203.0.113.7"


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "source"),
    [
        (PHONE, None, "", PHONE),
        (PHONE, None, PROXY, PHONE),
        (PHONE, "192.0.2.1", PROXY, PHONE),  # forged: the peer is not our proxy
        (PHONE, "192.0.2.1", "", PHONE),
        (PROXY, PHONE, PROXY, PHONE),
        (PROXY, f"192.0.2.1, {PHONE}", PROXY, PHONE),  # forged before our proxy: only the last hop is its own
        (PROXY, f"192.0.2.1,{PHONE} ", "10.0.0.0/8", PHONE),
        (PROXY, "unknown", PROXY, PROXY),
        (PROXY, "", PROXY, PROXY),
        (PROXY, None, PROXY, PROXY),
        ("::ffff:203.0.113.7", None, "", PHONE),
        ("2001:db8:1:2:3:4:5:6", None, "", "2001:db8:1:2::/64"),
        ("testclient", None, "", ""),
    ],
)
def test_only_our_own_proxy_is_believed_and_only_its_last_hop(peer, forwarded, trusted, source):
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded is not None else []
    assert source_of({"client": (peer, 4711), "headers": headers}, trusted) == source


def test_hops_spread_over_several_headers_end_with_our_proxys():
    headers = [(b"x-forwarded-for", b"192.0.2.1"), (b"X-Forwarded-For", PHONE.encode())]
    assert source_of({"client": (PROXY, 1), "headers": headers}, PROXY) == PHONE


def test_a_socket_without_a_peer_has_no_source():
    assert source_of({"client": None, "headers": []}, PROXY) == ""
