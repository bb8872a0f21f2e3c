"""The categories and what is not the city's, row by row as the law has them (`law.md` 7)."""

import pytest

from backend.agencies import desk, queries
from backend.agencies.tiles import TILES

JALAN, LAMPU, SAMPAH, AIR, SURAT, SOSIAL, SEKOLAH, TERTIB = TILES

CATEGORIES = """
1 JALAN field_work DPUPRPKP - D
2 JALAN field_work DPUPRPKP - B
3 JALAN field_work DPUPRPKP - BD
4 JALAN field_work DPUPRPKP - -
5 JALAN field_work DPUPRPKP BPBD BD
6 JALAN field_work DPUPRPKP - D
7 JALAN field_work DPUPRPKP PERUMDA_TUGU_TIRTA -
8 JALAN field_work DPUPRPKP SATPOL_PP R
9 LAMPU field_work DPUPRPKP - -
10 LAMPU field_work DISHUB - R
11 LAMPU field_work DISHUB - -
12 LAMPU field_work DISHUB - D
13 LAMPU field_work DISHUB - B
14 LAMPU public_service DISHUB - -
15 SAMPAH field_work DLH - -
16 SAMPAH field_work DLH - -
17 SAMPAH field_work DLH - D
18 SAMPAH field_work DLH - B
19 SAMPAH field_work DLH - R
20 AIR field_work PERUMDA_TUGU_TIRTA - D
21 AIR public_service PERUMDA_TUGU_TIRTA - N
22 SURAT public_service DISPENDUKCAPIL - N
23 SURAT public_service - - -
24 SURAT public_service DISNAKER-PMPTSP - -
25 SURAT public_service BAPENDA - N
26 SURAT public_service DISNAKER-PMPTSP - R
27 SURAT public_service DISKOMINFO - -
28 SOSIAL public_service DINSOS-P3AP2KB - NR
29 SOSIAL public_service DINKES DINSOS-P3AP2KB N
30 SOSIAL public_service DINKES RSUD -
31 SOSIAL field_work DINKES - D
32 SOSIAL field_work DINSOS-P3AP2KB - DR
33 SOSIAL field_work DINSOS-P3AP2KB - DR
34 SEKOLAH public_service DISDIKBUD - -
35 SEKOLAH public_service DISKOPINDAG - -
36 SEKOLAH public_service DISPORAPAR DISPUSSIPDA -
37 SEKOLAH field_work DISPANGTAN - D
38 TERTIB field_work SATPOL_PP - -
39 TERTIB field_work SATPOL_PP - R
40 TERTIB field_work SATPOL_PP - D
41 TERTIB field_work BPBD - D
42 TERTIB oversight INSPEKTORAT - R
43 TERTIB proposal BAPPEDA - B
44 TERTIB information - - -
45 TERTIB note - - -
46 TERTIB - DISKOMINFO - -
"""

MATTERS = {
    "electricity": ("PLN", "123", False),
    "police": ("Polresta Malang Kota", "110", True),
    "national-road": ("Balai Besar Pelaksanaan Jalan Nasional Jawa Timur–Bali", "lapor.go.id", False),
    "provincial-road": ("Dinas PU Bina Marga Provinsi Jawa Timur", "lapor.go.id", False),
    "high-school": ("Cabang Dinas Pendidikan Jawa Timur Wilayah Kota Malang–Batu", "Anjasmoro", True),
    "arjosari-terminal": ("Kementerian Perhubungan", "0857-3939-8261", True),
    "intercity-bus": ("Dinas Perhubungan Provinsi Jawa Timur", "lapor.go.id", True),
    "vehicle-tax": ("Bapenda Provinsi Jawa Timur dan Polri (Samsat)", "lapor.go.id", False),
    "land-certificate": ("Kantor Pertanahan Kota Malang (BPN)", "lapor.go.id", True),
    "health-insurance": ("BPJS Kesehatan", "165", False),
    "labour-inspection": ("Disnakertrans Provinsi Jawa Timur", "lapor.go.id", False),
    "religious-affairs": ("Kantor Kementerian Agama dan KUA", "Datang", False),
    "court": ("Pengadilan; mediasi dapat diminta di kelurahan", "", False),
    "railway": ("PT Kereta Api Indonesia (KAI)", "121", False),
    "telecom-and-bank": ("Operator masing-masing; pinjaman dan bank: OJK", "157", False),
    "brantas": ("BBWS Brantas dan Perum Jasa Tirta I", "lapor.go.id", False),
    "passport": ("Kantor Imigrasi Malang", "Datang", False),
    "neighbours": ("Pemerintah Kabupaten Malang atau Kota Batu", "lapor.go.id", False),
    "violence-support": ("Dinas Sosial Kota Malang dan SAPA", "08111-129-129", True),
    "corruption": ("Inspektorat Daerah Kota Malang", "e-Wadul", True),
}
"""Code -> whose it is, what its contact holds, and whether a source was seen: what is general knowledge waits for a manager."""


pytestmark = pytest.mark.usefixtures("planted")


def row(line):
    code, tile, *rest = line.split()
    service_class, agency, second, marks = (
        None if part == "-" else part.replace("_TUGU_", " TUGU ").replace("SATPOL_", "SATPOL ") for part in rest
    )
    return code, globals()[tile], service_class, agency, second, marks or ""


async def test_every_category_is_as_the_law_has_it():
    found = [
        (each.code, each.group_name, each.service_class, each.agency, each.second_agency, each.marks)
        for each in await queries.every_category()
    ]
    wanted = [row(line) for line in CATEGORIES.split("\n") if line]
    assert len(wanted) == 46
    assert found == wanted


async def test_each_matter_that_is_not_the_citys_names_whose_it_is_and_waits_where_nobody_has_looked():
    found = {each.code: each for each in await desk.every_elsewhere()}
    assert set(found) == set(MATTERS)
    for code, (owner, contact, confirmed) in MATTERS.items():
        assert (found[code].owner, found[code].confirmed) == (owner, confirmed), code
        assert contact in found[code].contact, code
        assert found[code].signs, code
        assert found[code].advice, code
        assert found[code].source, code


async def test_only_confirmed_matters_are_offered_as_hints():
    confirmed = {code for code, (_, _, confirmed) in MATTERS.items() if confirmed}
    assert {hint["code"] for hint in await queries.hints() if hint["kind"] == "elsewhere"} == confirmed
    assert {each.code for each in await queries.elsewhere()} == confirmed


async def test_every_emergency_says_112_first():
    hints = [hint for hint in await queries.hints() if hint["kind"] == "emergency"]
    assert len(hints) == 10
    assert {(hint["call"], hint["tel"]) for hint in hints} == {("112", "112")}
    assert {hint["title"] for hint in hints} == {"Ada bahaya? Telepon 112 (gratis, 24 jam)."}


async def test_emergencies_come_before_matters_of_others():
    kinds = [hint["kind"] for hint in await queries.hints()]
    assert kinds == sorted(kinds, key=["emergency", "elsewhere"].index)


async def test_what_is_closed_shows_contacts_that_were_seen():
    closed = {each.code: each.contacts for tile in await queries.offered_tiles() for each in tile.closed}
    assert set(closed) == {"33", "42"}
    assert all(word in closed["33"] for word in ("112", "129", "08111-129-129", "UPT PPA"))
    assert all(word in closed["42"] for word in ("Inspektorat", "e-Wadul", "WBS"))


@pytest.mark.parametrize(
    ("code", "contact"),
    [
        ("PERUMDA TUGU TIRTA", [("Telepon: (0341) 715103", "0341715103"), ("WhatsApp: 0811-7550-800", "08117550800")]),
        ("DISHUB", [("WhatsApp aduan parkir: 0822-4540-5198", "082245405198")]),
        ("MPP-MERDEKA", [("Buka: 08.00–16.00", "")]),
        ("DLH", []),
        ("KEL-KASIN", []),
    ],
)
async def test_contacts_are_those_that_were_seen_and_no_guess(code, contact):
    assert list((await queries.agency_page_facts(code)).contact) == contact
