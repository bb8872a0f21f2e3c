"""What a browser may do with our pages: load from us, run nothing that stands in the page, tell nobody where it was."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "same-origin",  # "no-referrer" would make browsers send `Origin: null` with our own forms
    "permissions-policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OVER_TLS = {"strict-transport-security": "max-age=31536000; includeSubDomains"}


def headers_for(public_url: str) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer. Only an address with TLS asks browsers to insist on it."""
    wanted = ALWAYS | OVER_TLS if public_url.startswith("https://") else ALWAYS
    return tuple((name.encode(), value.encode()) for name, value in wanted.items())
