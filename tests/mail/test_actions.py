"""Mails are written down with the fact, arrive once over real SMTP, and are kept no longer than needed."""

import json
import re

import pytest

from backend import clock
from backend import database as db
from backend.jobs.tables import Job
from backend.mail import actions
from backend.mail.tables import Mail
from backend.settings import settings
from tests.support.mailbox import send_all, text_of, waiting

TO = "siti@contoh.test"


@pytest.fixture
def given(monkeypatch):
    """Set settings."""

    def these(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"SAMBAT_{name.upper()}", value)
        settings.cache_clear()

    yield these
    monkeypatch.undo()
    settings.cache_clear()


async def test_a_mail_arrives_as_it_was_written(database, mailbox):
    await actions.send(TO, "Kode masuk Anda", "Kode: 123456\n\nJalan Tugu – kelurahan Kiduldalem.")
    [message] = await mailbox.arrived()
    assert message["to"] == TO
    assert message["from"] == "Sambat Rene Ker <sambat@malang.test>"
    assert message["subject"] == "Kode masuk Anda"
    assert message["auto-submitted"] == "auto-generated"
    assert text_of(message).strip() == "Kode: 123456\n\nJalan Tugu – kelurahan Kiduldalem."
    assert mailbox.envelopes == [("sambat@malang.test", [TO])]


async def test_what_a_mail_server_has_taken_is_not_kept_and_not_sent_again(database, mailbox):
    await actions.send(TO, "Kode masuk Anda", "123456")
    await send_all()
    [row] = await Mail.select()
    assert (row["text"], row["sent_at"] is not None) == ("", True)
    await actions.deliver(row["id"])
    assert len(mailbox.taken) == 1
    assert await waiting() == 0


async def test_a_mail_of_a_fact_that_was_undone_is_never_sent(database, mailbox):
    async def undone():
        async with db.transaction():
            await actions.send(TO, "Kode", "123456")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    assert await mailbox.arrived() == []
    assert not await Mail.exists()


async def test_a_mail_server_that_refuses_gets_it_again_later_and_nothing_is_lost(database, mailbox):
    mailbox.refuses = "451 later"
    await actions.send(TO, "Kode", "123456")
    assert await mailbox.arrived() == []
    [job] = await Job.select()
    assert "451" in job["last_error"]
    assert TO not in job["last_error"]
    assert job["run_at"] > clock.now()
    mailbox.refuses = ""
    await Job.update({Job.run_at: clock.now()}, force=True)
    assert [text_of(message).strip() for message in await mailbox.arrived()] == ["123456"]


async def test_a_mail_server_that_is_away_loses_nothing(database, given):
    given(mail_url="smtp://127.0.0.1:1")
    await actions.send(TO, "Kode", "123456")
    await send_all()
    assert await waiting() == 1
    assert (await Mail.select(Mail.text))[0]["text"] == "123456"


@pytest.mark.parametrize(
    "evil",
    ["Siti\r\nBcc: semua@contoh.test", "Siti\nBcc: semua@contoh.test", "Siti\rX: y", "Siti\x85Bcc: x", "Siti\u2028Bcc: x", "\x1b[2JSiti\0"],
)
async def test_nothing_in_a_subject_becomes_a_header(database, mailbox, evil):
    await actions.send(TO, f"Undangan untuk {evil}", f"Halo {evil}")
    [message] = await mailbox.arrived()
    assert message.keys().count("Subject") == 1
    assert not {"Bcc", "X"} & set(message.keys())
    assert mailbox.envelopes[0][1] == [TO]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", message["subject"] + text_of(message))


@pytest.mark.parametrize(
    "evil",
    [
        "siti@contoh.test\r\nBcc: x@contoh.test",
        "siti@contoh.test, x@contoh.test",
        "Siti <siti@contoh.test>",
        "siti@contoh.test\n",
        "siti@@contoh.test",
        '"a b"@contoh.test',
        "siti@localhost",
        "siti@contoh.test;x@contoh.test",
        "ſiti@contoh.test",
        "",
        f"{'a' * 250}@contoh.test",
    ],
)
async def test_what_is_no_plain_address_gets_no_mail(database, evil):
    assert not actions.is_address(evil)
    await actions.send(evil, "Kode", "123456")
    assert not await Mail.exists()


async def test_without_a_mail_server_whoever_runs_the_app_reads_it_there(database, given, capsys):
    await actions.send(TO, "Kode masuk Anda", "Kode: 123456")
    await send_all()
    shown = capsys.readouterr().out
    assert TO in shown
    assert "Kode: 123456" in shown
    assert await waiting() == 0


async def test_in_production_without_a_mail_server_a_mail_waits_and_is_not_shown(database, given, capsys):
    given(production="true")
    await actions.send(TO, "Kode masuk Anda", "Kode: 123456")
    await send_all()
    assert "123456" not in capsys.readouterr().out
    assert await waiting() == 1


async def test_a_trial_reads_mails_from_a_file(database, given, tmp_path):
    sink = tmp_path / "mails.jsonl"
    given(mail_sink=str(sink))
    for code in ("111111", "222222"):
        await actions.send(TO, "Kode", code)
    await send_all()
    lines = [json.loads(line) for line in sink.read_text().splitlines()]
    assert {(line["to"], line["text"]) for line in lines} == {(TO, "111111"), (TO, "222222")}


async def test_mails_are_removed_after_a_week(database, at):
    at("2026-03-02 09:00")
    await actions.send(TO, "Kode", "123456")
    at.later(days=6)
    await actions.remove_old()
    assert await Mail.count() == 1
    at.later(days=2)
    await actions.remove_old()
    assert await Mail.count() == 0


async def test_a_job_of_a_mail_that_is_gone_does_nothing(database, mailbox):
    await actions.send(TO, "Kode", "123456")
    await Mail.delete(force=True)
    assert await mailbox.arrived() == []
    assert await waiting() == 0
