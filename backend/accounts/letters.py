"""The mails an account gets: what happened, what to do, and what if it was somebody else."""

from backend.mail import actions as mail
from backend.settings import settings
from backend.words import N_, tr

CLOSING = N_("Salam,\nSambat Rene Ker, layanan aduan Kota Malang\n{address}")


async def code(to: str, digits: str) -> None:
    """The code of a sign-in."""
    await _send(
        to,
        N_("Kode masuk Anda"),
        N_(
            "Kode masuk Anda: {digits}\n\n"
            "Tuliskan kode ini di halaman tempat Anda memintanya. Kode berlaku 10 menit dan hanya di peramban itu.\n\n"
            "Jangan berikan kode ini kepada siapa pun; petugas kami tidak pernah memintanya. "
            "Kalau Anda tidak merasa meminta kode, abaikan surel ini."
        ),
        digits=digits,
    )


async def use_the_password(to: str) -> None:
    """To somebody of the city who asked for a code: it would be too little."""
    await _send(
        to,
        N_("Masuk dengan kata sandi"),
        N_(
            "Seseorang meminta kode masuk untuk akun ini. Akun petugas masuk dengan kata sandi, bukan dengan kode:\n{address}/sign-in\n\n"
            "Belum punya atau lupa kata sandi? Buat yang baru di sini:\n{address}/reset\n\n"
            "Kalau bukan Anda yang meminta, abaikan surel ini."
        ),
    )


async def closed(to: str) -> None:
    """To the owner of an account that was closed, who asked to be let in."""
    await _send(
        to,
        N_("Akun ini ditutup"),
        N_(
            "Seseorang meminta masuk dengan alamat ini, tetapi akunnya sudah ditutup. "
            "Untuk membukanya lagi, hubungi admin dinas Anda atau Dinas Kominfo. Melapor tetap bisa tanpa akun."
        ),
    )


async def reset(to: str, token: str) -> None:
    """The way to a new password."""
    await _send(
        to,
        N_("Buat kata sandi baru"),
        N_(
            "Buka tautan ini untuk membuat kata sandi baru:\n{address}/reset/new#{token}\n\n"
            "Tautan berlaku 30 menit dan sekali pakai. Kalau isian kode di halaman itu masih kosong, salin ini ke sana:\n{token}\n\n"
            "Kalau bukan Anda yang meminta, abaikan surel ini; kata sandi Anda tidak berubah."
        ),
        token=token,
    )


async def nobody_here(to: str) -> None:
    """To an address without an account for which a password was asked."""
    await _send(
        to,
        N_("Belum ada akun dengan alamat ini"),
        N_(
            "Seseorang meminta kata sandi baru untuk alamat ini, tetapi belum ada akunnya. "
            "Warga masuk tanpa kata sandi: tuliskan alamat surel, kami kirim kode.\n{address}/sign-in\n\n"
            "Kalau bukan Anda yang meminta, abaikan surel ini."
        ),
    )


async def invitation(to: str, name: str, role: str, token: str) -> None:
    """The way to one's account with the city."""
    await _send(
        to,
        N_("Undangan ke Sambat Rene Ker"),
        N_(
            "Halo {name},\n\nAnda diundang sebagai {role}. Buka tautan ini untuk membuat kata sandi:\n{address}/invitation#{token}\n\n"
            "Sesudah itu Anda memasang langkah kedua (aplikasi kode di ponsel). Tautan berlaku 7 hari dan sekali pakai. "
            "Kalau isian kode di halaman itu masih kosong, salin ini ke sana:\n{token}\n\n"
            "Kalau Anda tidak mengenal undangan ini, abaikan saja."
        ),
        name=name,
        role=role,
        token=token,
    )


async def new_sign_in(to: str, browser: str) -> None:
    """Somebody signed in with a browser never seen with this account."""
    await _send(
        to,
        N_("Masuk baru ke akun Anda"),
        N_(
            "Akun Anda baru saja dipakai masuk dari {browser}.\n\n"
            "Kalau itu Anda, tidak ada yang perlu dilakukan. Kalau bukan, segera buat kata sandi baru; semua yang masuk ikut keluar:\n"
            "{address}/reset"
        ),
        browser=browser,
    )


async def password_changed(to: str) -> None:
    """The password is another one."""
    await _send(
        to,
        N_("Kata sandi Anda berubah"),
        N_(
            "Kata sandi akun Anda baru saja diganti dan semua peramban lain sudah keluar.\n\n"
            "Kalau bukan Anda yang menggantinya, segera buat kata sandi baru dan beri tahu admin dinas Anda:\n{address}/reset"
        ),
    )


async def second_factor_changed(to: str, what: str) -> None:
    """The second factor was set up or removed, or a recovery code stood in for it."""
    await _send(
        to,
        N_("Langkah kedua akun Anda"),
        N_("{what}\n\nKalau itu bukan Anda, segera ganti kata sandi dan beri tahu admin dinas Anda:\n{address}/reset"),
        what=what,
    )


async def _send(to: str, subject: str, text: str, **fields: str) -> None:
    """Addresses in mails are the configured one: what a request calls us is anybody's word."""
    address = settings().base_url
    body = tr(text).format(address=address, **fields)
    await mail.send(to, tr(subject), f"{body}\n\n{tr(CLOSING).format(address=address)}\n")
