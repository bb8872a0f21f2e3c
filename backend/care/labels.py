"""The words a manager reads for what the house does by itself."""

from backend.jobs.kinds import JobKind
from backend.words import N_, tr

JOB_WORDS: dict[str, str] = {
    JobKind.ANNOUNCE: N_("Menyusun kabar tentang satu kejadian"),
    JobKind.PUSH: N_("Mengirim pemberitahuan ke ponsel"),
    JobKind.PROCESS_PHOTO: N_("Memeriksa dan mengecilkan foto"),
    JobKind.MAIL: N_("Mengirim surel"),
    JobKind.HAND_OVER: N_("Memindahkan kabar ke akun pelapor"),
    JobKind.FORGET_BROWSERS: N_("Menghapus alamat pemberitahuan akun yang ditutup"),
    JobKind.CLOCK_OVER: N_("Menindaklanjuti waktu yang habis"),
}


def job_word(kind: str) -> str:
    """What a job does; of a kind this release does not know, its code."""
    return tr(JOB_WORDS.get(kind, kind))
