"""Where a request comes from, as far as that can be believed."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from backend.security.asgi import Scope, header

HOUSEHOLD = 64
"""An IPv6 household has 2⁶⁴ addresses and counts as one."""


def source_of(scope: Scope, trusted_proxy: str) -> str:
    """The peer's address; behind our own proxy what that one saw, which is the last hop it wrote. Other hops are anybody's words.

    `trusted_proxy` is an address, a network (`172.16.0.0/12`) or empty.
    """
    peer = _address(scope["client"][0]) if scope.get("client") else None
    if peer is None:
        return ""
    hops = header(scope, "x-forwarded-for")
    if hops is None or not is_proxy(scope, trusted_proxy):
        return _named(peer)
    return _named(_address(hops.rpartition(",")[2].strip()) or peer)


def is_proxy(scope: Scope, trusted_proxy: str) -> bool:
    """Does the request come from our own proxy?"""
    peer = _address(scope["client"][0]) if scope.get("client") else None
    return peer is not None and bool(trusted_proxy) and peer in ip_network(trusted_proxy, strict=False)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _named(address: IPv4Address | IPv6Address) -> str:
    return str(address) if isinstance(address, IPv4Address) else str(ip_network((address, HOUSEHOLD), strict=False))
