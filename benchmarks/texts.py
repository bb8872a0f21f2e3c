"""What phones write: complaints of our own invention, or a city's own where a file of them lies beside the house."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "demo_malang_realtext.csv"
"""Citizens' own words. They go into a database that is thrown away and nowhere else: not to the screen, not to a log."""


class Told(NamedTuple):
    """Words and where they belong: degrees, and the kelurahan's official code."""

    text: str
    latitude: float
    longitude: float
    area: str


def load(file: Path = BESIDE) -> Sequence[Told]:
    """The complaints of the file; where there is none, our own."""
    if not file.exists():
        return OWN
    with file.open(encoding="utf-8", newline="") as opened:
        return [Told(row["teks"].strip(), float(row["lat"]), float(row["lon"]), row["kode_kelurahan"]) for row in csv.DictReader(opened)]


def distinct(text: str, mark: str) -> str:
    """The same words as nobody else sends them."""
    return f"{text} (kiriman {mark})"


_PLACES = (
    (-7.922524, 112.650166, "35.73.01.1001"),
    (-7.944619, 112.645971, "35.73.01.1005"),
    (-7.976677, 112.642497, "35.73.01.1009"),
    (-7.964993, 112.63576, "35.73.02.1002"),
    (-7.989898, 112.62593, "35.73.02.1006"),
    (-7.970468, 112.617155, "35.73.02.1010"),
    (-8.018367, 112.637026, "35.73.03.1003"),
    (-7.992514, 112.665002, "35.73.03.1007"),
    (-8.02316, 112.622232, "35.73.04.1003"),
    (-7.972669, 112.606817, "35.73.04.1007"),
    (-7.944197, 112.6082, "35.73.05.1004"),
    (-7.929116, 112.633126, "35.73.05.1008"),
)

_TEXTS = (
    "Aspal di depan gerbang perumahan amblas selebar ban mobil. Sudah diberi ember oleh warga supaya kelihatan.",
    "Selokan di samping mushola mampet, kalau hujan setengah jam saja airnya masuk ke teras.",
    "Lampu penerangan di tanjakan mati dua titik. Pulang kerja malam jadi waswas.",
    "Truk sampah minggu ini belum lewat sama sekali, bak di depan rumah sudah penuh dan mulai berbau.",
    "Pohon sengon di pinggir sungai miring ke arah rumah saya setelah angin kemarin. Mohon dicek sebelum roboh.",
    "Kabel menjuntai rendah di gang, truk kecil tidak bisa lewat. Tidak tahu itu kabel apa.",
    "Parkir motor di trotoar depan warung kopi tiap malam, pejalan kaki harus turun ke jalan.",
    "Mohon info jadwal posyandu lansia di kelurahan kami, papan pengumumannya masih bulan lalu.",
    "Airnya keruh sejak tiga hari, kadang berpasir. Satu gang mengalami hal yang sama.",
    "Rambu dilarang masuk tertutup daun, pengendara dari luar kota sering salah arah.",
    "Ada tumpukan puing bangunan di tepi jalan, sudah sebulan dan makin banyak yang ikut membuang.",
    "Halte depan pasar bocor, bangkunya patah satu. Ibu-ibu menunggu angkot sambil berdiri di bawah payung.",
    "Penutup gorong-gorong di tikungan berbunyi keras setiap dilindas, takutnya lama-lama lepas.",
    "Saya mau mengurus kartu keluarga karena pindah RT. Apakah harus datang atau bisa lewat internet?",
    "Anjing liar berkeliaran dekat sekolah waktu jam pulang, anak-anak takut lewat.",
    "Air sungai berbusa putih tadi pagi, baunya seperti deterjen. Biasanya tidak begini.",
    "Taman bermain di RW kami ayunannya putus sebelah, besinya tajam. Mohon diperbaiki atau dilepas dulu.",
    "Musik dari tempat hiburan sampai jam dua pagi padahal hari kerja. Sudah ditegur ketua RT tapi kembali lagi.",
    "Zebra cross di depan puskesmas sudah pudar, kendaraan tidak mau berhenti.",
    "Nomor antrean di loket sering loncat, yang datang belakangan dipanggil dulu. Mohon ditertibkan.",
    "Dinding penahan tanah di belakang rumah retak panjang, kalau hujan keluar lumpur.",
    "Tolong semprot nyamuk, di gang kami sudah tiga orang kena demam berdarah.",
    "Angkot ngetem di mulut jembatan, macetnya sampai ke pertigaan setiap pagi.",
    "Spanduk iklan dipaku ke pohon peneduh sepanjang jalan, pohonnya jadi rusak.",
    "Pedagang menutup seluruh trotoar dekat stasiun, kursi roda ibu saya tidak bisa lewat.",
    "Pompa air taman menyala terus siang malam walau kolamnya kosong. Sayang listriknya.",
    "Bantuan yang dulu didata kok belum ada kabarnya? Tetangga di RT sebelah sudah terima.",
    "Jalan baru ditambal minggu lalu sudah mengelupas lagi, kerikilnya ke mana-mana.",
    "Petugas di kantor kelurahan sangat membantu waktu saya mengurus surat. Terima kasih, hanya kursinya kurang.",
    "Lampu merah terlalu sebentar untuk menyeberang, orang tua baru sampai tengah sudah hijau lagi.",
    "Ada kebakaran kecil di lahan kosong karena orang membakar sampah. Mohon ada papan larangan.",
    "Wifi gratis di alun-alun sudah lama tidak bisa dipakai, padahal tulisannya masih ada.",
)

OWN = tuple(Told(text, *_PLACES[place % len(_PLACES)]) for place, text in enumerate(_TEXTS))
