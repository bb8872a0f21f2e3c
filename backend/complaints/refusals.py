"""What may be refused about a complaint, each with its sentence."""

from backend.errors import DomainError


class ComplaintExists(DomainError):
    """A complaint of this id is there already, sent by another operation."""

    code = "complaint_exists"
    sentence = "Aduan ini sudah pernah kami terima."


class DisputedEnough(DomainError):
    """There is no third dispute (`law.md` G10)."""

    code = "disputed_enough"
    sentence = "Aduan ini sudah dua kali dinyatakan belum beres; moderator yang memutuskan. Anda juga dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman."


class HelpersFirst(DomainError):
    """The lead of a joint complaint closes last (`law.md` 3.5)."""

    code = "helpers_first"
    sentence = "Bagian dinas lain belum selesai. Dinas yang memimpin menutup paling akhir."


class NotAnOfficer(DomainError):
    """Only officers of the OPD can be sent."""

    code = "not_an_officer"
    sentence = "Pilih petugas dari dinas Anda."
