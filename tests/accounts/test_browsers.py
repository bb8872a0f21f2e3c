"""A browser in words its owner knows."""

import pytest

from backend.accounts.browsers import LONGEST, described
from tests.support.entered import CHROME, FIREFOX

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome di Android"),
        (FIREFOX, "Firefox di Windows"),
        (IPHONE, "Safari di iOS"),
        (EDGE, "Edge di Windows"),
        ("", "Peramban lain"),
        ("x" * 10_000, "Peramban lain"),
    ],
)
def test_a_signature_is_told_in_words(agent, words):
    assert described(agent) == words


@pytest.mark.parametrize("agent", ["\x1b[2J", "Mozilla/5.0 (<script>) Chrome/125", "💥" * 300, "Android " * 500])
def test_whatever_is_sent_words_stay_short_and_printable(agent):
    words = described(agent)
    assert len(words) <= LONGEST
    assert words.isprintable()
