"""What is not offered before a complaint can be sealed on the phone, pure."""

from backend.words import N_

NEEDS_SEALING = frozenset({"33", "42"})
"""Violence at home and accusations (`law.md` 7): a text of them must not lie open anywhere."""
OVERSIGHT = "oversight"

WHY = N_("Kategori ini belum bisa dibuka: laporannya harus disegel di ponsel, dan penyegelan belum ada. Sampai saat itu tampil kontaknya.")


def must_stay_off(code: str, service_class: str | None) -> bool:
    """Would a complaint of this category have to be sealed?"""
    return code in NEEDS_SEALING or service_class == OVERSIGHT
