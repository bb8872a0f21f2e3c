"""A browser as its owner knows it: "Chrome di Android", never its whole signature."""

import ua_parser

from backend.words import N_

LONGEST_READ, LONGEST = 400, 60
FAMILIAR = {"Mobile Safari": "Safari", "Chrome Mobile": "Chrome", "Firefox Mobile": "Firefox", "Edge Mobile": "Edge", "Mac OS X": "macOS"}
UNKNOWN = N_("Peramban lain")


def described(user_agent: str) -> str:
    """What a sign-in is told by. Anybody may send any signature: it is a word to recognise, and no proof."""
    found = ua_parser.parse(user_agent[:LONGEST_READ])
    browser = _name(found.user_agent.family) if found.user_agent else ""
    system = _name(found.os.family) if found.os else ""
    if not browser:
        return UNKNOWN
    return (N_("{browser} di {system}").format(browser=browser, system=system) if system else browser)[:LONGEST]


def _name(family: str) -> str:
    return FAMILIAR.get(family, "".join(filter(str.isprintable, family)))
