"""What may be refused about a complaint, each with its sentence."""

from backend.errors import DomainError
from backend.words import N_


class ComplaintExists(DomainError):
    """A complaint of this id is there already, sent by another operation."""

    code = "complaint_exists"
    sentence = N_("Aduan ini sudah pernah kami terima.")


class DisputedEnough(DomainError):
    """There is no third dispute (`law.md` G10)."""

    code = "disputed_enough"
    sentence = N_(
        "Aduan ini sudah dua kali dinyatakan belum beres; moderator yang memutuskan. Anda juga dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman."
    )


class HelpersFirst(DomainError):
    """The lead of a joint complaint closes last (`law.md` 3.5)."""

    code = "helpers_first"
    sentence = N_("Bagian dinas lain belum selesai. Dinas yang memimpin menutup paling akhir.")


class NotAnOfficer(DomainError):
    """Only officers of the OPD can be sent."""

    code = "not_an_officer"
    sentence = N_("Pilih petugas dari dinas Anda.")


class AddInstead(DomainError):
    """Once it is forwarded, the reporter's words stand, and more can be added (`law.md` 6, note 7)."""

    code = "add_instead"
    sentence = N_("Aduan ini sudah diteruskan, jadi tulisannya tidak diubah lagi. Tambahkan keterangan di bawahnya.")


class SealedOrAccused(DomainError):
    """Of a confidential complaint and of an accusation nothing is public."""

    code = "not_public"
    sentence = N_("Aduan rahasia dan laporan tentang petugas tidak ditampilkan untuk umum.")


class NotYetClosed(DomainError):
    """Rated is what has ended as handled."""

    code = "not_yet_closed"
    sentence = N_("Nilai diberikan setelah aduan ditutup.")


class RatedAlready(DomainError):
    """Once, so that nobody is talked into another one."""

    code = "rated_already"
    sentence = N_("Anda sudah memberi nilai. Terima kasih.")


class OwnComplaint(DomainError):
    """Of one's own complaint one hears anyway."""

    code = "own_complaint"
    sentence = N_("Ini aduan Anda sendiri; kabarnya sudah sampai kepada Anda.")


class NotAFollower(DomainError):
    """Who follows it may say that it is still broken."""

    code = "not_a_follower"
    sentence = N_("Ikuti dulu aduan ini, lalu sampaikan keadaannya.")


class NotAskedNow(DomainError):
    """Followers are heard while the reporter is asked, once each (`law.md` C18)."""

    code = "not_asked_now"
    sentence = N_("Aduan ini tidak sedang menunggu jawaban warga, atau Anda sudah menyampaikannya.")


class AskedEnough(DomainError):
    """Two questions are all one asker has (`law.md` G3)."""

    code = "asked_enough"
    sentence = N_("Anda sudah dua kali bertanya tentang aduan ini. Lanjutkan dengan keterangan yang ada.")


class NotAnsweredYet(DomainError):
    """One question at a time."""

    code = "not_answered_yet"
    sentence = N_("Pertanyaan sebelumnya belum dijawab. Tunggu jawabannya atau batas waktunya.")


class ObjectedAlready(DomainError):
    """A rejection is objected to once (`law.md` C8)."""

    code = "objected_already"
    sentence = N_("Keberatan disampaikan satu kali, dan sudah kami periksa. Anda dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman.")


class ObjectionTooLate(DomainError):
    """The window for objections is over (`law.md` T9)."""

    code = "objection_too_late"
    sentence = N_("Batas waktu keberatan sudah lewat. Anda dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman.")


class AnotherPerson(DomainError):
    """Whoever decided first does not decide the objection (`law.md` C9)."""

    code = "another_person"
    sentence = N_("Keputusan pertama dari Anda, jadi keberatannya diperiksa moderator lain atau manajer.")


class NothingObjected(DomainError):
    """There is no objection to decide."""

    code = "nothing_objected"
    sentence = N_("Aduan ini tidak sedang menunggu keputusan atas keberatan.")


class ObjectionFirst(DomainError):
    """While an objection waits, another person decides it; it is neither forwarded nor rejected as a new one is."""

    code = "objection_first"
    sentence = N_("Pelapor berkeberatan. Putuskan keberatannya: benar lalu diteruskan, atau keputusan tetap.")


class NotDisputedTwice(DomainError):
    """A moderator decides after the second dispute (`law.md` C20)."""

    code = "not_disputed_twice"
    sentence = N_("Aduan ini belum dua kali dinyatakan belum beres; dinasnya masih mengerjakan.")


class HasAPartAlready(DomainError):
    """Another OPD is one that had no part of it yet."""

    code = "has_a_part_already"
    sentence = N_("Dinas ini sudah pernah mendapat bagian dari aduan ini. Pilih dinas lain, atau minta dikerjakan lagi.")


class NotToReview(DomainError):
    """Only what waits for a moderator's look is looked at."""

    code = "not_to_review"
    sentence = N_("Aduan ini tidak sedang menunggu pemeriksaan sebelum ditutup.")


class WithdrawnAlready(DomainError):
    """It was withdrawn, and goes on without its reporter."""

    code = "withdrawn_already"
    sentence = N_("Aduan ini sudah Anda cabut. Penanganannya tetap berjalan karena menyangkut orang lain.")
