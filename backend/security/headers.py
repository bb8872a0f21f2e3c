"""What a browser may do with our pages: load from us, run nothing that stands in the page, tell nobody where it was."""

from urllib.parse import urlsplit

PICTURES = "img-src 'self' blob: data:"
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; {PICTURES}; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "referrer-policy": "same-origin",  # "no-referrer" would make browsers send `Origin: null` with our own forms
    "permissions-policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OVER_TLS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


def headers_for(public_url: str, tile_url: str = "") -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer. Only an address with TLS asks browsers to insist on it."""
    wanted = {"content-security-policy": _policy(tile_url), **ALWAYS}
    if public_url.startswith("https://"):
        wanted |= OVER_TLS
    return tuple((name.encode(), value.encode()) for name, value in wanted.items())


def _policy(tile_url: str) -> str:
    """Pictures of a map may come from elsewhere, where the settings say so: from that one origin."""
    scheme, host, *_ = urlsplit(tile_url)
    return CONTENT_SECURITY_POLICY.replace(PICTURES, f"{PICTURES} {scheme}://{host}") if host else CONTENT_SECURITY_POLICY
