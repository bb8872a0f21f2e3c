"""The words a person reads for endings, reasons, kinds of questions and ways in."""

from backend.complaints.states import Ending, PromiseReason, QuestionKind, Rejection, Source
from backend.words import N_

ENDING_WORDS: dict[str, str] = {
    Ending.CONFIRMED: N_("Sudah beres menurut pelapor"),
    Ending.SILENCE: N_("Ditutup karena tidak ada kabar"),
    Ending.DECIDED: N_("Ditutup dengan keputusan moderator"),
    Ending.WITHDRAWN: N_("Dicabut pelapor"),
    Ending.REJECTED: N_("Bukan wewenang Pemkot"),
    Ending.NOTE: N_("Catatan sudah disampaikan"),
}

REJECTION_WORDS: dict[str, str] = {
    Rejection.NOT_CITY: N_("Wewenang instansi lain"),
    Rejection.OTHER_REGION: N_("Terjadi di daerah lain"),
    Rejection.IN_COURT: N_("Sedang diperiksa pengadilan"),
    Rejection.NOT_A_COMPLAINT: N_("Bukan keluhan atau pertanyaan"),
    Rejection.ABUSE: N_("Berisi makian atau ancaman"),
}

REJECTION_HINTS: dict[str, str] = {
    Rejection.NOT_CITY: N_("PLN, Bulog, kepolisian, kampus, provinsi, pusat."),
    Rejection.OTHER_REGION: N_("Kabupaten Malang, Kota Batu, atau daerah lain."),
    Rejection.IN_COURT: N_("Perkaranya sudah ada di pengadilan."),
    Rejection.NOT_A_COMPLAINT: N_("Iklan, salah kirim, uji coba."),
    Rejection.ABUSE: N_("Tidak ada urusan yang dapat dikerjakan di dalamnya."),
}

QUESTION_WORDS: dict[str, str] = {
    QuestionKind.PLACE: N_("Tempatnya"),
    QuestionKind.TIME: N_("Waktunya"),
    QuestionKind.PHOTO: N_("Foto"),
    QuestionKind.DETAILS: N_("Keterangan"),
    QuestionKind.DOCUMENT: N_("Berkas"),
    QuestionKind.STILL_SO: N_("Masih begitu?"),
}

QUESTION_HINTS: dict[str, str] = {
    QuestionKind.PLACE: N_("Di mana persisnya, patokannya apa."),
    QuestionKind.TIME: N_("Sejak kapan, jam berapa."),
    QuestionKind.PHOTO: N_("Minta foto dari sisi tertentu."),
    QuestionKind.DETAILS: N_("Apa yang terjadi, seberapa parah."),
    QuestionKind.DOCUMENT: N_("Surat, tanda terima, atau nomor berkas."),
    QuestionKind.STILL_SO: N_("Apakah keadaannya masih sama."),
}

PROMISE_REASONS: dict[str, str] = {
    PromiseReason.QUESTION: N_("menunggu keterangan"),
    PromiseReason.DISPUTE: N_("belum beres menurut pelapor"),
    PromiseReason.JOINT: N_("dikerjakan bersama"),
    PromiseReason.FINISH_DATE: N_("tanggal selesai dari dinas"),
    PromiseReason.DECISION: N_("keputusan moderator"),
    PromiseReason.CLASS: N_("jenis pekerjaan berubah"),
    PromiseReason.HOLIDAY: N_("hari libur ditambahkan"),
    PromiseReason.EXTENSION: N_("perpanjangan dari moderator"),
}
"""They follow "karena"."""

SOURCE_WORDS: dict[str, str] = {
    Source.APP: N_("Aplikasi"),
    Source.COUNTER: N_("Loket"),
    Source.PHONE: N_("Telepon"),
    Source.SMS: N_("SMS"),
    Source.WHATSAPP: N_("WhatsApp"),
    Source.LAPOR: N_("SP4N-LAPOR!"),
}
