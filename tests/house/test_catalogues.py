"""Every sentence a person reads stands in the catalogues, and the Indonesian one leaves none out."""

from babel.messages.pofile import read_po

from backend import catalogues, words


def test_the_catalogues_lie_as_they_would_be_written_today():
    for file in words.CATALOGUES.glob("*.po"):
        assert file.read_bytes() == catalogues.written(file.stem), "make catalogues"


def test_the_indonesian_catalogue_is_complete():
    with (words.CATALOGUES / "id.po").open("rb") as written:
        said = {message.id: message.string for message in read_po(written, locale="id") if message.id}
    found = {message.id for message in catalogues.sentences() if message.id}
    assert set(said) == found
    assert [sentence for sentence, words_ in said.items() if not words_] == []


def test_a_sentence_nobody_translated_is_said_as_it_is_written():
    token = words.language.set("xx")
    try:
        assert words.tr("Belum terkirim.") == "Belum terkirim."
    finally:
        words.language.reset(token)
