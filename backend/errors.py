"""Refusals: what a person may not do or did not fill in, each with a code for machines and a sentence for people."""

from typing import ClassVar

from backend.words import N_, tr


class DomainError(Exception):
    """A refusal. `code` is stable and English; `str(error)` is the sentence shown to the person."""

    code: ClassVar[str] = "refused"
    http_status: ClassVar[int] = 422
    sentence: ClassVar[str] = N_("Permintaan ini tidak dapat kami jalankan.")
    permanent: ClassVar[bool] = True
    """False: the phone keeps the operation and tries again later."""
    stored: ClassVar[bool] = True
    """False: the refusal is not kept as the operation's outcome, so that the right owner's later sending still applies."""

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(tr(sentence or self.sentence))


class NotFound(DomainError):
    """What does not exist, and what this person may not see: the same answer for both."""

    code = "not_found"
    http_status = 404
    sentence = N_("Halaman atau aduan ini tidak ada, atau tidak terbuka untuk Anda.")
    stored = False


class Unreadable(DomainError):
    """The request cannot be understood."""

    code = "unreadable"
    http_status = 400
    sentence = N_("Permintaan ini tidak dapat kami baca.")


class NotSignedIn(DomainError):
    """Somebody must sign in first; nothing is lost meanwhile."""

    code = "not_signed_in"
    http_status = 401
    sentence = N_("Silakan masuk dulu.")
    permanent = False


class InvalidInput(DomainError):
    """Fields that cannot be taken as they are: field name -> sentence."""

    code = "invalid"
    sentence = N_("Ada isian yang perlu diperbaiki.")

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = {name: tr(sentence) for name, sentence in fields.items()}
        super().__init__(" ".join(self.fields.values()))


class TooMany(DomainError):
    """More tries than a person makes; `retry_after` in seconds."""

    code = "too_many"
    http_status = 429
    sentence = N_("Terlalu banyak percobaan. Coba lagi sebentar lagi.")
    permanent = False

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class Away(DomainError):
    """What the answer needs does not answer itself: the same will work in a moment."""

    code = "away"
    http_status = 503
    sentence = N_(
        "Layanan ini sedang tidak dapat menjawab. Coba lagi sebentar lagi. Kiriman Anda yang belum diterima tetap tersimpan di ponsel."
    )
    permanent = False
    stored = False
    retry_after: ClassVar[int] = 5
