"""Who is asking: a person with a browser, or a script."""

from backend.security.asgi import Scope, header


def wants_json(scope: Scope) -> bool:
    """Shall the answer be JSON?"""
    accepted = header(scope, "accept") or ""
    return scope["path"].startswith("/api/") or ("application/json" in accepted and "text/html" not in accepted)
