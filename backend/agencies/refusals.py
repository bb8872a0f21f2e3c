"""What a manager may not do to the city's data, and why."""

from backend.errors import DomainError
from backend.words import N_


class ChangedMeanwhile(DomainError):
    """Somebody else saved the row after the form was shown. Nothing typed is lost: the form comes back with both."""

    code = "changed_meanwhile"
    http_status = 409
    sentence = N_("Belum tersimpan: orang lain baru saja mengubah data ini. Bandingkan dulu, lalu simpan lagi bila isian Anda yang benar.")
