"""The OPDs as everybody may know them, found by everyday words and without scripts."""

import re

import pytest

from tests.support import city as walk


@pytest.fixture(autouse=True)
async def city(planted):
    return await walk.founded()


def names(html):
    """What the list leads to, by code."""
    return re.findall(r'href="/agencies/([^"?]+)"', html)


async def test_all_opds_are_listed_with_their_units_and_without_what_nobody_has_confirmed(door):
    found = names((await (await door()).get("/agencies")).text)
    assert {"DPUPRPKP", "SATPOL%20PP", "KEC-KLOJEN", "KEL-KASIN", "RSUD", "UPT-PPA"} <= set(found)
    assert [code for code in found if code.startswith("PKM-")] == []


@pytest.mark.parametrize(("words", "found"), [("bangjo", ["DISHUB"]), ("kasin", ["KEC-KLOJEN", "KEL-KASIN"]), ("xyzzy", [])])
async def test_everyday_words_find_who_looks_after_it(door, words, found):
    answer = await (await door()).get("/agencies", params={"q": words})
    assert names(answer.text) == found
    assert f'value="{words}"' in answer.text


async def test_the_citizens_name_comes_first_and_the_abbreviation_once(door):
    answer = (await (await door()).get("/agencies/DPUPRPKP")).text
    told = re.sub(r"<[^>]*>", " ", answer[answer.index("<main") : answer.index("</main")])
    assert answer.index('<h1 class="title">Dinas PU</h1>') > 0
    assert told.count("DPUPRPKP") == 1
    assert "(DPUPRPKP)" in told


async def test_a_number_that_was_seen_can_be_dialled_and_the_others_are_not_shown(door):
    browser = await door()
    assert 'href="tel:0341715103"' in (await browser.get("/agencies/PERUMDA%20TUGU%20TIRTA")).text
    assert "belum kami pastikan" in (await browser.get("/agencies/DLH")).text


@pytest.mark.parametrize("code", ["PKM-DINOYO", "TIDAK-ADA"])
async def test_what_is_not_there_or_not_confirmed_is_not_found(door, code):
    assert (await (await door()).get(f"/agencies/{code}")).status_code == 404
