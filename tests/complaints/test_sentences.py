"""Each thing that happens has its sentence, whole for every reader."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from backend import clock
from backend.complaints.sentence_variants import VARIANTS
from backend.complaints.sentences import DESK, MOVES, SENTENCES, Facts, listed, sentence, who
from backend.events.kinds import EventKind

WHOLE = Facts(
    number="SRK 7F3K 9Q",
    other_number="SRK 2P4M 7H",
    agency="Dinas PU",
    agencies=("Dinas PU", "Dinas Perhubungan"),
    taken=("Dinas PU",),
    answer_on=date(2026, 3, 4),
    work_on=date(2026, 3, 5),
    finish_on=date(2026, 3, 6),
    visit_on=date(2026, 3, 3),
    reply_until=date(2026, 3, 16),
    decide_on=date(2026, 3, 5),
    object_until=date(2026, 3, 16),
    old_on=date(2026, 3, 5),
    new_on=date(2026, 3, 10),
    on=date(2026, 3, 3),
    words="Lampu diganti",
    reason="salah ketik",
    fields="isi aduan",
    responsible="PLN",
    contact="123",
    person="Siti",
    stars=4,
)
OF_ACCOUNTS = {kind for kind in EventKind if kind.startswith(("role.", "account."))}
SILENT = {EventKind.PHOTO_UPLOADED, EventKind.PHOTO_READY, EventKind.FOLLOWED, EventKind.CLOCK_OVER} | OF_ACCOUNTS
READINGS = [(kind, "") for kind in sorted(set(EventKind) - SILENT)] + sorted(VARIANTS)


def test_everything_that_can_happen_has_its_line():
    assert set(SENTENCES) == set(EventKind)
    assert {kind for kind in EventKind if not sentence(kind, WHOLE)} == SILENT


@pytest.mark.parametrize(("kind", "variant"), READINGS)
@pytest.mark.parametrize("desk", [False, True])
def test_every_sentence_is_whole(kind, variant, desk):
    lead = "Dinas Kesehatan" if variant == "joint" else ""
    said = sentence(kind, msgspec.structs.replace(WHOLE, variant=variant, lead=lead), desk=desk)
    assert said
    assert "{" not in said
    assert said[-1] in ".?”"
    assert "  " not in said
    assert ".;" not in said


@pytest.mark.parametrize(("kind", "variant"), READINGS)
def test_only_the_reporter_is_spoken_to_as_anda(kind, variant):
    assert "Anda" not in sentence(kind, msgspec.structs.replace(WHOLE, variant=variant), desk=True)


def test_the_desk_has_words_of_its_own_where_the_reporter_is_spoken_to():
    spoken_to = {kind for kind in EventKind if "Anda" in SENTENCES[kind]}
    assert spoken_to <= set(DESK)
    assert all(said.desk for said in VARIANTS.values() if "Anda" in said.reporter)


LAW = {
    # law.md 4, word for word
    (
        EventKind.ASKED,
        "",
    ): "Kami perlu satu keterangan dari Anda: Lampu diganti. Tanpa jawaban pun aduan kami lanjutkan sesudah Senin 16 Maret.",
    (EventKind.ASKED, "part"): "Dinas PU bertanya: Lampu diganti. Tanpa jawaban pun pekerjaan dilanjutkan sesudah Senin 16 Maret.",
    (EventKind.REPLIED, ""): "Terima kasih, keterangan Anda kami terima; jawaban paling lambat Rabu 4 Maret.",
    (EventKind.REPLY_OVER, ""): "Kami lanjutkan dengan keterangan yang ada; jawaban paling lambat Rabu 4 Maret.",
    (EventKind.REJECTED, ""): (
        "Ini wewenang PLN, bukan Pemkot Malang; hubungi 123, teks aduannya sudah kami siapkan."
        " Keberatan dapat disampaikan sampai Senin 16 Maret."
    ),
    (EventKind.OBJECTED, ""): "Keberatan Anda kami terima; petugas lain memeriksanya paling lambat Kamis 5 Maret.",
    (EventKind.OBJECTION_GRANTED, ""): "Keberatan Anda benar, aduan diteruskan ke Dinas PU dan Dinas Perhubungan.",
    (EventKind.OBJECTION_REFUSED, ""): "Keputusan tetap: salah ketik; Anda dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman.",
    (EventKind.PROMISE_MOVED, ""): "Janji berubah dari Kamis 5 Maret ke Selasa 10 Maret karena salah ketik.",
    (EventKind.EDITED, ""): ("Moderator menyunting isi aduan karena salah ketik; tulisan asli Anda tetap tersimpan dan bisa Anda lihat."),
    (EventKind.WITHDRAWN, ""): "Aduan Anda cabut Selasa 3 Maret.",
    (EventKind.CLOSED_SILENTLY, ""): (
        "Kami tutup karena tidak ada kabar sampai Senin 16 Maret. Kalau masih bermasalah, tekan “Lapor lagi”."
    ),
    (EventKind.DISPUTED, "second"): "Belum beres untuk kedua kali: moderator memutuskan paling lambat Kamis 5 Maret.",
    (EventKind.REDO_DECIDED, ""): (
        "Moderator memutuskan Dinas PU dan Dinas Perhubungan mengerjakan lagi paling lambat Jumat 6 Maret; kelurahan ikut memeriksa."
    ),
    (EventKind.CLOSED_BY_DECISION, ""): (
        "Moderator menutup aduan karena salah ketik; ketidaksetujuan Anda tercatat, dan Anda dapat melanjutkan ke Ombudsman."
    ),
    (EventKind.CONTINUED, ""): "Aduan baru SRK 2P4M 7H, lanjutan dari SRK 7F3K 9Q.",
    (EventKind.CONTACT_VIEWED, ""): "Siti, Dinas PU, melihat nomor Anda Selasa 3 Maret.",
}


@pytest.fixture
def in_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 2, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize(("kind", "variant"), sorted(LAW))
def test_the_citizen_reads_what_the_law_says(in_2026, kind, variant):
    assert sentence(kind, msgspec.structs.replace(WHOLE, variant=variant)) == LAW[kind, variant]


def test_jointly_the_lead_is_named():
    joint = msgspec.structs.replace(WHOLE, lead="Dinas PU", agencies=("Dinas Perhubungan",))
    assert sentence(EventKind.FORWARDED, joint).startswith("Ditangani bersama: Dinas PU memimpin, Dinas Perhubungan membantu;")


def test_a_question_promises_an_answer_and_no_work():
    said = sentence(EventKind.FORWARDED, msgspec.structs.replace(WHOLE, work_on=None))
    assert said.startswith("Diteruskan ke Dinas PU dan Dinas Perhubungan; jawaban paling lambat Rabu 4 Maret")
    assert "dikerjakan" not in said


def test_names_are_listed_as_people_say_them():
    assert (listed(()), listed(("A",)), listed(("A", "B")), listed(("A", "B", "C"))) == ("", "A", "A dan B", "A, B dan C")


def test_a_second_dispute_and_a_rejection_without_anybody_to_turn_to_read_otherwise():
    second = msgspec.structs.replace(WHOLE, times=2)
    assert sentence(EventKind.DISPUTED, second).startswith("Belum beres untuk kedua kali")
    nobody = msgspec.structs.replace(WHOLE, responsible="", contact="")
    assert sentence(EventKind.REJECTED, nobody).startswith("Aduan ini tidak dapat kami teruskan: Lampu diganti.")


def test_after_the_answer_a_reply_promises_the_work_and_then_the_end():
    answered = msgspec.structs.replace(WHOLE, answer_on=None)
    assert "mulai dikerjakan paling lambat Kamis 5 Maret" in sentence(EventKind.REPLIED, answered)
    visited = msgspec.structs.replace(answered, work_on=None)
    assert "selesai paling lambat Jumat 6 Maret" in sentence(EventKind.REPLY_OVER, visited)


def test_who_did_it_is_never_a_persons_name():
    assert who(EventKind.CONFIRMED, "Dinas PU") == "Pelapor"
    assert who(EventKind.FORWARDED, "Dinas PU") == "Moderator"
    assert who(EventKind.ANSWERED, "Dinas PU") == who(EventKind.ASKED, "Dinas PU") == "Dinas PU"
    assert who(EventKind.ASKED, "") == "Moderator"
    assert who(EventKind.ANSWERED, "") == who(EventKind.CLOSED_SILENTLY, "") == "Sambat"
    assert who(EventKind.DISPUTED, "Dinas PU", by="followers") == who(EventKind.STILL_BROKEN, "") == "Warga lain"
    assert who(EventKind.EDITED, "", by="reporter") == "Pelapor"
    assert who(EventKind.SECRECY_CHANGED, "Dinas PU", by="agency") == "Dinas PU"


def test_what_only_adds_to_it_moves_nothing():
    added = {kind for kind in EventKind if kind.startswith(("photo.", "role.", "account."))}
    assert set(EventKind) - MOVES == added | {
        EventKind.CONFLICTED, EventKind.ADDED, EventKind.EDITED, EventKind.SECRECY_CHANGED, EventKind.PROMISE_MOVED,
        EventKind.PHOTOS_RELEASED, EventKind.RATED, EventKind.FOLLOWED, EventKind.STILL_BROKEN, EventKind.CONTINUED,
        EventKind.CONTACT_VIEWED, EventKind.CLAIMED, EventKind.CLOCK_OVER,
    }  # fmt: skip
