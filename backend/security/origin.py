"""No other site acts in a person's name. No tokens: forms lie in caches and operations in queues for days."""

from backend.errors import DomainError
from backend.security.asgi import Scope, header
from backend.words import N_

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignOrigin(DomainError):
    """The request was started by another site."""

    code = "foreign_origin"
    http_status = 403
    sentence = N_("Kiriman ini tidak berasal dari halaman kami. Buka lagi halaman ini, lalu kirim dari sana.")


def check(scope: Scope, own: str) -> None:
    """Refuse what another site started (`ForeignOrigin`). `own` is the public address, or empty."""
    if scope["method"] in SAFE:
        return
    site, claimed = header(scope, "sec-fetch-site"), header(scope, "origin")
    if site is not None:
        ours = site in {"same-origin", "none"}
    elif claimed is not None:
        host = (header(scope, "host") or "").lower()
        ours = claimed.lower() in {own, f"http://{host}", f"https://{host}"} - {""}
    else:
        ours = header(scope, "cookie") is None  # no browser: a script, which brings its own proof or none
    if not ours:
        raise ForeignOrigin
