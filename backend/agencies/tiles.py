"""The eight tiles a citizen chooses from, in the order of the law, each with its icon."""

from backend.words import N_

TILES: dict[str, str] = {
    "Jalan dan saluran": "route",
    "Lampu, lalu lintas, parkir": "lightbulb",
    "Sampah, pohon, lingkungan": "leaf",
    "Air bersih": "droplet",
    "Surat dan pelayanan": "file-text",
    "Sosial dan kesehatan": "heart-pulse",
    "Sekolah, pasar, olahraga": "graduation-cap",
    "Ketertiban dan lainnya": "shield",
}
"""Name, as `Category.group_name` has it -> icon."""

MARKS: dict[str, str] = {
    "B": N_("Boleh masuk anggaran tahun depan"),
    "D": N_("Menanyakan apakah membahayakan orang sekarang"),
    "N": N_("Butuh NIK di isian hanya untuk petugas"),
    "R": N_("Menyarankan rahasia"),
}
"""The letters of `Category.marks` in their order, and what they say to a manager."""

LAST = "46"
""""Lainnya / tidak tahu" is always the last."""


def order(code: str) -> tuple[bool, int, str]:
    """Codes are numbers written as text: 9 comes before 10, and what a citizen chooses who does not know comes last."""
    return code == LAST, len(code), code
