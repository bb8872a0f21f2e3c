"""Who may be responsible where the city is not: always worded as a guess, for a border is never certain."""

from backend.words import N_, tr

REGENCY_LATITUDES = (-8.45, -7.74)
REGENCY_LONGITUDES = (112.28, 112.96)
"""A box around Kabupaten Malang, which surrounds the city, and Kota Batu; nothing but the wording hangs on it."""

NEIGHBOURS = N_("Pemerintah Kabupaten Malang atau Kota Batu")
ELSEWHERE = N_("pemerintah daerah setempat")


OUTSIDE = N_("Titik ini sepertinya di luar Kota Malang. Aduan tetap kami terima; kemungkinan yang berwenang {responsible} (lapor.go.id).")


def outside_notice(latitude: float, longitude: float) -> str:
    """What a citizen reads about a point that seems to lie outside the city."""
    south, north = REGENCY_LATITUDES
    west, east = REGENCY_LONGITUDES
    near = south <= latitude <= north and west <= longitude <= east
    responsible = NEIGHBOURS if near else ELSEWHERE
    return tr(OUTSIDE).format(responsible=tr(responsible))
