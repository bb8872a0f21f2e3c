"""Where one event reads in more than one way (`law.md` 4): which way it is, and its words."""

from typing import TYPE_CHECKING, NamedTuple

from backend.events.kinds import EventKind
from backend.words import N_

if TYPE_CHECKING:
    from backend.complaints.sentences import Facts


class Said(NamedTuple):
    """A sentence for the reporter and, where it speaks to the reporter, the one for everybody else."""

    reporter: str
    desk: str = ""


K = EventKind

VARIANTS: dict[tuple[EventKind, str], Said] = {
    (K.FORWARDED, "joint"): Said(N_("Ditangani bersama: {lead} memimpin, {agencies} membantu; jawaban bersama paling lambat {answer_on}.")),
    (K.FORWARDED, "no_work"): Said(N_("Diteruskan ke {agencies}; jawaban paling lambat {answer_on}.")),
    (K.DISPUTED, "second"): Said(N_("Belum beres untuk kedua kali: moderator memutuskan paling lambat {decide_on}.")),
    (K.DISPUTED, "followers"): Said(
        N_("Warga yang mengikuti aduan ini menyatakan belum beres; {agencies} wajib mengerjakan lagi paling lambat {work_on}.")
    ),
    (K.ASKED, "part"): Said(
        N_("{agency} bertanya: {words} Tanpa jawaban pun pekerjaan dilanjutkan sesudah {reply_until}."),
        N_("{agency} bertanya kepada pelapor: {words} Tanpa jawaban pun pekerjaan dilanjutkan sesudah {reply_until}."),
    ),
    (K.REPLIED, "work"): Said(
        N_("Terima kasih, keterangan Anda kami terima; mulai dikerjakan paling lambat {work_on}."),
        N_("Pelapor menjawab; mulai dikerjakan paling lambat {work_on}."),
    ),
    (K.REPLIED, "finish"): Said(
        N_("Terima kasih, keterangan Anda kami terima; selesai paling lambat {finish_on}."),
        N_("Pelapor menjawab; selesai paling lambat {finish_on}."),
    ),
    (K.REPLIED, "kept"): Said(N_("Terima kasih, keterangan Anda kami terima."), N_("Pelapor menjawab.")),
    (K.REPLIED, "late"): Said(
        N_("Terima kasih, keterangan Anda kami terima. Pekerjaannya sudah kami lanjutkan."),
        N_("Pelapor menjawab sesudah batas waktunya; pekerjaan sudah dilanjutkan."),
    ),
    (K.REPLY_OVER, "work"): Said(N_("Kami lanjutkan dengan keterangan yang ada; mulai dikerjakan paling lambat {work_on}.")),
    (K.REPLY_OVER, "finish"): Said(N_("Kami lanjutkan dengan keterangan yang ada; selesai paling lambat {finish_on}.")),
    (K.REPLY_OVER, "kept"): Said(N_("Kami lanjutkan dengan keterangan yang ada.")),
    (K.REJECTED, "nobody"): Said(N_("Aduan ini tidak dapat kami teruskan: {words} Keberatan dapat disampaikan sampai {object_until}.")),
    (K.EDITED, "reporter"): Said(N_("Anda menyunting {fields}; tulisan sebelumnya tetap tersimpan."), N_("Pelapor menyunting {fields}.")),
    (K.SECRECY_CHANGED, "lowered"): Said(N_("Aduan ini tidak lagi rahasia.")),
    (K.WITHDRAWN, "goes_on"): Said(
        N_("Aduan Anda cabut {on}. Karena menyangkut keselamatan atau kepentingan orang lain, penanganannya tetap berjalan."),
        N_("Pelapor mencabut aduan {on}; karena menyangkut orang lain, penanganannya tetap berjalan."),
    ),
    (K.WITHDRAWN, "pressed"): Said(
        N_("Anda ingin mencabut aduan, tetapi bukan atas kemauan sendiri. Aduan tetap berjalan dan moderator memeriksanya."),
        N_("Pelapor diminta mencabut aduan, bukan atas kemauannya sendiri. Aduan tetap berjalan; moderator memeriksanya."),
    ),
    (K.REDO_DECIDED, "review"): Said(
        N_("Moderator memeriksa hasilnya: belum beres. {agencies} mengerjakan lagi paling lambat {finish_on}.")
    ),
    (K.REDO_DECIDED, "district"): Said(
        N_("Moderator memutuskan {agencies} mengerjakan lagi paling lambat {finish_on}; kecamatan ikut memeriksa.")
    ),
    (K.CLOSED_SILENTLY, "reviewed"): Said(
        N_(
            "Moderator sudah memeriksa hasilnya. Kami tutup karena tidak ada kabar sampai {reply_until}. Kalau masih bermasalah, tekan “Lapor lagi”."
        ),
        N_("Moderator sudah memeriksa hasilnya. Ditutup karena tidak ada kabar sampai {reply_until}."),
    ),
    (K.CLOCK_OVER, "objection"): Said(N_("Tidak ada keberatan sampai {on}; keputusan ini tetap.")),
}


def variant(kind: EventKind, facts: "Facts") -> str:
    """Which way it is, by what is known of it; nothing where there is only one."""
    match kind:
        case EventKind.FORWARDED if facts.lead:
            return "joint"
        case EventKind.FORWARDED if facts.work_on is None:
            return "no_work"
        case EventKind.DISPUTED if facts.times > 1:
            return "second"
        case EventKind.REJECTED if not facts.responsible:
            return "nobody"
        case EventKind.REPLIED | EventKind.REPLY_OVER if facts.answer_on is None:
            return "work" if facts.work_on else "finish" if facts.finish_on else "kept"
        case _:
            return ""
