"""THE WORDS of what is told: one sentence for each event and each who hears of it. `{…}`: numbers, agencies and days, nothing else."""

from backend.events.kinds import EventKind
from backend.notifications.audience import Hearer
from backend.words import N_

TITLE = N_("Aduan {number}")
NEWS = N_("Ada kabar untuk aduan Anda")
TASK = N_("Ada tugas baru")
"""Of a confidential complaint no more than these is said: to the reporter, and to the city's people."""

TIMELINE = ""
"""The sentence that stands in the timeline too."""

K, H = EventKind, Hearer

BY_DAY: dict[str, str] = {
    "by_forward": N_(" paling lambat {day}"),
    "by_answer": N_(" paling lambat {day}"),
    "by_work": N_(" paling lambat {day}"),
    "by_decide": N_(" paling lambat {day}"),
    "by_finish": N_(" paling lambat {day}"),
    "after_reply": N_(" sesudah {day}"),
    "until_reply": N_(" Jawab sampai {day}."),
    "until_object": N_(" sampai {day}"),
    "on_visit": N_("; kunjungan {day}"),
}
"""What is said of a day, where there is one."""

MODERATOR = N_("Moderator")
ASSIGNED = N_("Ada tugas baru; jawaban{by_answer}.")
AGAIN = N_("Pelapor menyatakan belum beres; wajib dikerjakan lagi{by_work}.")
AGAIN_OPENLY = N_("Dinyatakan belum beres; {agency} wajib mengerjakan lagi{by_work}.")
SECOND_DISPUTE = N_("Belum beres untuk kedua kali; moderator memutuskan{by_decide}.")
PART_DONE = N_("Bagian {agency} selesai; masih menunggu {waiting}.")
REPLIED = N_("Pelapor sudah menjawab pertanyaan.")
REPLY_OVER = N_("Pelapor tidak menjawab sampai batasnya; lanjutkan dengan keterangan yang ada.")
REDO = N_("Moderator memutuskan {agency} mengerjakan lagi{by_finish}.")
REDO_AT_WORK = N_("Moderator memutuskan: kerjakan lagi{by_finish}.")
REDIRECTED = N_("Moderator mengalihkan aduan ini ke {agency}.")
DECIDED = N_("Moderator menutup aduan ini. Alasannya ada di halaman aduan.")
PROMISE_MOVED = N_("Tanggal janji berubah dari {old} ke {new}. Alasannya ada di halaman aduan.")
ROLE_CHANGED = N_("Peran Anda di Sambat Rene Ker berubah. Kalau ini tidak Anda kenali, hubungi pengelola.")

WORDS: dict[tuple[EventKind, Hearer], str] = {
    (K.RECEIVED, H.REPORTER): TIMELINE,
    (K.RECEIVED, H.MODERATOR): N_("Aduan baru menunggu diteruskan{by_forward}."),
    (K.FORWARDED, H.REPORTER): TIMELINE,
    (K.FORWARDED, H.FOLLOWER): TIMELINE,
    (K.FORWARDED, H.AGENCY_ADMIN): ASSIGNED,
    (K.OFFICER_NAMED, H.REPORTER): TIMELINE,
    (K.OFFICER_NAMED, H.FOLLOWER): TIMELINE,
    (K.OFFICER_NAMED, H.OFFICER): N_("Ada tugas baru untuk Anda{on_visit}."),
    (K.ASKED, H.REPORTER): N_("{asker} bertanya tentang aduan Anda. Tanpa jawaban pun aduan dilanjutkan{after_reply}."),
    (K.REPLIED, H.REPORTER): N_("Keterangan Anda kami terima. Terima kasih."),
    (K.REPLIED, H.OFFICER): REPLIED,
    (K.REPLIED, H.AGENCY_ADMIN): REPLIED,
    (K.REPLIED, H.MODERATOR): REPLIED,
    (K.REPLY_OVER, H.REPORTER): N_("Aduan Anda kami lanjutkan dengan keterangan yang ada."),
    (K.REPLY_OVER, H.OFFICER): REPLY_OVER,
    (K.REPLY_OVER, H.AGENCY_ADMIN): REPLY_OVER,
    (K.REPLY_OVER, H.MODERATOR): REPLY_OVER,
    (K.ANSWERED, H.REPORTER): N_("{agency} menjawab aduan Anda."),
    (K.ANSWERED, H.FOLLOWER): N_("{agency} menjawab aduan yang Anda ikuti."),
    (K.VISITED, H.REPORTER): TIMELINE,
    (K.VISITED, H.FOLLOWER): TIMELINE,
    (K.PART_DONE, H.REPORTER): PART_DONE,
    (K.PART_DONE, H.FOLLOWER): PART_DONE,
    (K.PART_DONE, H.LEAD_ADMIN): PART_DONE,
    (K.RESOLVED, H.REPORTER): N_("{agency} menyatakan selesai. Sudah beres?{until_reply}"),
    (K.RESOLVED, H.FOLLOWER): N_("{agency} menyatakan selesai. Kalau masih bermasalah, katakan di halaman aduan."),
    (K.CONFIRMED, H.REPORTER): N_("Anda menyatakan sudah beres. Terima kasih."),
    (K.CONFIRMED, H.FOLLOWER): N_("Pelapor menyatakan sudah beres."),
    (K.CLOSED_SILENTLY, H.REPORTER): N_("Aduan kami tutup karena tidak ada kabar dari Anda. Kalau masih bermasalah, tekan “Lapor lagi”."),
    (K.CLOSED_SILENTLY, H.FOLLOWER): N_("Aduan yang Anda ikuti ditutup karena tidak ada kabar dari pelapor."),
    (K.WITHDRAWN, H.REPORTER): N_("Aduan Anda sudah dicabut."),
    (K.WITHDRAWN, H.FOLLOWER): N_("Aduan yang Anda ikuti dicabut oleh pelapor."),
    (K.NOTED, H.REPORTER): N_("Catatan Anda kami terima. Terima kasih."),
    (K.NOTED, H.FOLLOWER): N_("Catatan yang Anda ikuti sudah diterima."),
    (K.DISPUTED, H.REPORTER): AGAIN_OPENLY,
    (K.DISPUTED, H.FOLLOWER): AGAIN_OPENLY,
    (K.DISPUTED, H.OFFICER): AGAIN,
    (K.DISPUTED, H.AGENCY_ADMIN): AGAIN,
    (K.DISPUTED, H.HEAD): AGAIN,
    (K.DISPUTED, H.MODERATOR): SECOND_DISPUTE,
    (K.REDO_DECIDED, H.REPORTER): REDO,
    (K.REDO_DECIDED, H.FOLLOWER): REDO,
    (K.REDO_DECIDED, H.OFFICER): REDO_AT_WORK,
    (K.REDO_DECIDED, H.AGENCY_ADMIN): REDO_AT_WORK,
    (K.REDO_DECIDED, H.HEAD): REDO_AT_WORK,
    (K.REDO_DECIDED, H.MODERATOR): REDO,
    (K.REDIRECTED, H.REPORTER): REDIRECTED,
    (K.REDIRECTED, H.FOLLOWER): REDIRECTED,
    (K.REDIRECTED, H.OFFICER): TASK,
    (K.REDIRECTED, H.AGENCY_ADMIN): ASSIGNED,
    (K.REDIRECTED, H.HEAD): REDIRECTED,
    (K.REDIRECTED, H.MODERATOR): REDIRECTED,
    (K.CLOSED_BY_DECISION, H.REPORTER): DECIDED,
    (K.CLOSED_BY_DECISION, H.FOLLOWER): DECIDED,
    (K.CLOSED_BY_DECISION, H.OFFICER): DECIDED,
    (K.CLOSED_BY_DECISION, H.AGENCY_ADMIN): DECIDED,
    (K.CLOSED_BY_DECISION, H.HEAD): DECIDED,
    (K.CLOSED_BY_DECISION, H.MODERATOR): DECIDED,
    (K.REJECTED, H.REPORTER): N_(
        "Aduan Anda tidak kami teruskan. Alasan dan ke mana Anda bisa menghubungi ada di halaman aduan; keberatan dapat disampaikan{until_object}."
    ),
    (K.OBJECTED, H.REPORTER): N_("Keberatan Anda kami terima; petugas lain memeriksanya{by_decide}."),
    (K.OBJECTED, H.OTHER_MODERATOR): N_("Pelapor berkeberatan; petugas lain memutuskan{by_decide}."),
    (K.OBJECTION_GRANTED, H.REPORTER): N_("Keberatan Anda benar; aduan diteruskan ke {agency}."),
    (K.OBJECTION_GRANTED, H.OTHER_MODERATOR): N_("Keberatan pelapor dibenarkan; aduan diteruskan ke {agency}."),
    (K.OBJECTION_REFUSED, H.REPORTER): N_("Keberatan Anda sudah diperiksa: keputusan tetap. Alasannya ada di halaman aduan."),
    (K.OBJECTION_REFUSED, H.OTHER_MODERATOR): N_("Keberatan pelapor diperiksa: keputusan tetap."),
    (K.EDITED, H.REPORTER): N_("Moderator menyunting aduan Anda. Tulisan asli Anda tetap tersimpan dan bisa Anda lihat."),
    (K.SECRECY_CHANGED, H.REPORTER): N_("Aduan Anda sekarang lebih tertutup: hanya yang menangani yang bisa membacanya."),
    (K.PROMISE_MOVED, H.REPORTER): PROMISE_MOVED,
    (K.PROMISE_MOVED, H.FOLLOWER): PROMISE_MOVED,
    (K.CONTACT_VIEWED, H.REPORTER): N_("Nomor kontak Anda dilihat petugas. Siapa dan kapan ada di halaman aduan."),
    (K.ROLE_PROPOSED, H.SECRETARY): N_("Ada usulan peran yang menunggu persetujuan Anda."),
    (K.ROLE_GIVEN, H.SELF): ROLE_CHANGED,
    (K.ROLE_CONFIRMED, H.SELF): ROLE_CHANGED,
    (K.ROLE_ENDED, H.SELF): ROLE_CHANGED,
}

OF_PEOPLE: dict[Hearer, tuple[str, str]] = {
    H.SELF: (N_("Akun Anda"), "/account"),
    H.SECRETARY: (N_("Menunggu persetujuan"), "/people"),
}
"""News of no complaint: what stands above it, and where it leads."""

MAIL = N_(
    "{body}\n\nBuka di sini: {link}\n\n"
    "Surel ini dikirim otomatis oleh Sambat Rene Ker, layanan aduan Kota Malang.\n"
    "Tidak ingin dikabari lewat surel? Matikan di {account}\n"
)
