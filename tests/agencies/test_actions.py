"""A manager changes the city's data, on both databases: with a reason, on record, never over somebody else's."""

import json
from datetime import date

import msgspec
import pytest

from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.agencies import actions, history, queries
from backend.agencies.kinds import Kind, Subject
from backend.agencies.operations import CloseAgency, SaveAgency, SaveArea, SaveCategory, SaveElsewhere, SaveEmergency
from backend.agencies.refusals import ChangedMeanwhile
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency
from backend.database import new_id
from backend.errors import InvalidInput, NotFound

WHY = "Keputusan rapat 24 November"
ALL_ROLES = tuple(Role)


def somebody(role):
    return Actor(account=new_id(), name="Bu Rini", roles=frozenset({role}))


MANAGER = somebody(Role.MANAGER)


pytestmark = pytest.mark.usefixtures("planted")


async def row_of(table, code):
    return await table.objects().get(table.code == code)


async def filled(struct, table, code, **other):
    """The form as it stands on the screen, with what somebody typed."""
    row = await row_of(table, code)
    fields = {name: value for name, value in history.row_of(row).items() if name in struct.__struct_fields__}
    return msgspec.convert({**fields, "version": history.version(row), "reason": WHY, **other}, struct)


async def test_a_change_is_made_and_kept_with_who_when_and_why(at):
    moment = at("2026-11-24 10:14")
    await actions.save_agency(MANAGER, await filled(SaveAgency, Agency, "DLH", duties="sampah dan taman", citizen_name="Dinas Kebersihan"))
    assert (await row_of(Agency, "DLH")).citizen_name == "Dinas Kebersihan"
    [change] = await Change.objects()
    assert (change.subject, change.key, change.reason, change.account, change.name, change.at) == (
        "agency", "DLH", WHY, MANAGER.account, "Bu Rini", moment,
    )  # fmt: skip
    assert json.loads(change.after) == {"duties": "sampah dan taman", "citizen_name": "Dinas Kebersihan"}
    assert json.loads(change.before)["citizen_name"] == "Dinas Lingkungan Hidup – sampah, pohon, taman"


async def test_what_was_changed_is_told_in_words():
    await actions.save_category(MANAGER, await filled(SaveCategory, Category, "9", agency="DISHUB", offered=False))
    [view] = await history.of(Subject.CATEGORY, "9")
    assert (view.title, view.url, view.subject_word, view.new) == ("Lampu jalan mati", "/city/categories/9", "Jenis aduan", False)
    assert [(one.word, one.before, one.after) for one in view.differences] == [
        ("Dinas yang diusulkan", "Dinas PU – jalan, saluran, lampu jalan", "Dinas Perhubungan – parkir, rambu, angkutan"),
        ("Ditawarkan ke warga", "Ya", "Tidak"),
    ]
    assert (await queries.proposal("9", None)).agency == "DISHUB"


async def test_two_managers_at_once_the_slower_one_is_told_and_nothing_is_overwritten():
    first = await filled(SaveElsewhere, Elsewhere, "electricity", contact="123 saja")
    second = await filled(SaveElsewhere, Elsewhere, "electricity", owner="PLN Malang")
    await actions.save_elsewhere(MANAGER, first)
    with pytest.raises(ChangedMeanwhile):
        await actions.save_elsewhere(somebody(Role.MANAGER), second)
    row = await row_of(Elsewhere, "electricity")
    assert (row.contact, row.owner) == ("123 saja", "PLN")
    assert await Change.count() == 1


async def test_a_change_by_whatever_way_is_noticed():
    op = await filled(SaveEmergency, Emergency, "fire", words="Lari.")
    await Emergency.update({Emergency.number: "113"}).where(Emergency.code == "fire")
    with pytest.raises(ChangedMeanwhile):
        await actions.save_emergency(MANAGER, op)


async def test_saving_what_already_stands_changes_nothing_and_is_no_conflict():
    op = await filled(SaveArea, Area, "35.73.02.1006", name="Kasin Baru")
    await actions.save_area(MANAGER, op)
    await actions.save_area(MANAGER, op)
    assert await Change.count() == 1


async def test_without_a_reason_nothing_is_changed():
    with pytest.raises(InvalidInput) as refused:
        await actions.save_area(MANAGER, await filled(SaveArea, Area, "35.73.02.1006", name="Kasin Baru", reason=" \n"))
    assert set(refused.value.fields) == {"reason"}
    assert (await row_of(Area, "35.73.02.1006")).name == "Kasin"
    assert await Change.count() == 0


async def test_a_new_opd_begins_and_the_old_one_ends_on_its_day(at):
    at("2026-06-15 09:00")
    new = SaveAgency(
        code="DAMKAR", name="Dinas Pemadam Kebakaran", citizen_name="Dinas Pemadam", duties="api", valid_from=date(2026, 7, 1), reason=WHY
    )
    await actions.open_agency(MANAGER, new)
    await actions.close_agency(MANAGER, await filled(CloseAgency, Agency, "UPT-DAMKAR", valid_until="2026-06-30"))
    before, after = [{row.code for row in await queries.agencies_on(day)} for day in (date(2026, 6, 30), date(2026, 7, 1))]
    assert before & {"DAMKAR", "UPT-DAMKAR"} == {"UPT-DAMKAR"}
    assert after & {"DAMKAR", "UPT-DAMKAR"} == {"DAMKAR"}
    views = await history.latest()
    assert [(view.title, view.new) for view in views] == [
        ("Pemadam Kebakaran – api, ular, tawon, penyelamatan", False),
        ("Dinas Pemadam", True),
    ]
    assert [(one.word, one.before, one.after) for one in views[0].differences] == [("Hari terakhir", "kosong", "30 Juni 2026")]


async def test_a_code_is_used_once():
    op = SaveAgency(code="DLH", name="Dinas Lain", citizen_name="Dinas Lain", reason=WHY)
    with pytest.raises(InvalidInput) as refused:
        await actions.open_agency(MANAGER, op)
    assert set(refused.value.fields) == {"code"}
    assert (await row_of(Agency, "DLH")).name == "Dinas Lingkungan Hidup"


async def test_an_opd_that_categories_still_lead_to_cannot_have_ended(at):
    at("2026-11-24 09:00")
    with pytest.raises(InvalidInput) as refused:
        await actions.close_agency(MANAGER, await filled(CloseAgency, Agency, "BAPENDA", valid_until="2026-11-23"))
    assert "Pajak dan PBB" in refused.value.fields["valid_until"]
    await actions.save_category(MANAGER, await filled(SaveCategory, Category, "25", agency="BKAD"))
    await actions.close_agency(MANAGER, await filled(CloseAgency, Agency, "BAPENDA", valid_until="2026-11-23"))
    with pytest.raises(InvalidInput) as refused:
        await actions.save_category(MANAGER, await filled(SaveCategory, Category, "25", agency="BAPENDA"))
    assert set(refused.value.fields) == {"agency"}


@pytest.mark.parametrize("code", ["33", "42"])
async def test_what_must_be_sealed_cannot_be_opened(code):
    with pytest.raises(InvalidInput) as refused:
        await actions.save_category(MANAGER, await filled(SaveCategory, Category, code, offered=True, service_class="field_work"))
    assert "disegel" in refused.value.fields["offered"]
    assert not (await row_of(Category, code)).offered
    await actions.save_category(MANAGER, await filled(SaveCategory, Category, code, contacts="112"))
    assert (await row_of(Category, code)).contacts == "112"


async def test_a_matter_is_shown_once_it_is_confirmed_with_its_source():
    assert "electricity" not in {hint["code"] for hint in await queries.hints()}
    with pytest.raises(InvalidInput):
        await actions.save_elsewhere(MANAGER, await filled(SaveElsewhere, Elsewhere, "electricity", confirmed=True, source=""))
    await actions.save_elsewhere(
        MANAGER, await filled(SaveElsewhere, Elsewhere, "electricity", confirmed=True, source="pln.co.id, 24 Nov 2026")
    )
    assert "electricity" in {hint["code"] for hint in await queries.hints()}


async def test_new_matters_and_emergencies_ring_at_once():
    await actions.open_elsewhere(
        MANAGER,
        SaveElsewhere(
            code="toll", matter="Tol", owner="Jasa Marga", contact="133", signs="jalan tol", source="papan tol", confirmed=True, reason=WHY
        ),
    )
    await actions.open_emergency(MANAGER, SaveEmergency(code="gas", signs="gas beracun", words="Menjauh.", number="112", reason=WHY))
    hints = await queries.hints()
    assert {hint["code"] for hint in hints} >= {"toll", "gas"}
    assert hints[0]["code"] == "gas"


@pytest.mark.parametrize("parent", ["KEL-KASIN", "DAMKAR"])
async def test_a_unit_works_under_an_opd(parent):
    op = SaveAgency(code="DAMKAR", name="Damkar", citizen_name="Damkar", kind=Kind.UNIT, parent=parent, reason=WHY)
    with pytest.raises(InvalidInput) as refused:
        await actions.open_agency(MANAGER, op)
    assert set(refused.value.fields) == {"parent"}


async def everything_refused(actor):
    """Every door of the city's data, tried by somebody."""
    tried = [
        (actions.save_agency, await filled(SaveAgency, Agency, "DLH", duties="x")),
        (actions.open_agency, SaveAgency(code="NEW", name="N", citizen_name="N", reason=WHY)),
        (actions.close_agency, await filled(CloseAgency, Agency, "SETDA", valid_until="2030-01-01")),
        (actions.save_category, await filled(SaveCategory, Category, "9", name="x")),
        (actions.save_elsewhere, await filled(SaveElsewhere, Elsewhere, "police", owner="x")),
        (actions.open_elsewhere, SaveElsewhere(code="abc", matter="x", owner="x", reason=WHY)),
        (actions.save_emergency, await filled(SaveEmergency, Emergency, "fire", words="x")),
        (actions.open_emergency, SaveEmergency(code="abc", words="x", number="112", reason=WHY)),
        (actions.save_area, await filled(SaveArea, Area, "35.73.02.1006", name="x")),
    ]
    for action, op in tried:
        with pytest.raises(NotFound):
            await action(actor, op)
    return await Change.count() == 0


@pytest.mark.parametrize("role", [role for role in ALL_ROLES if role != Role.MANAGER])
async def test_only_a_manager_changes_the_citys_data(role):
    assert await everything_refused(somebody(role))


async def test_nobody_changes_the_citys_data_without_an_account():
    assert await everything_refused(Actor(roles=frozenset({Role.MANAGER})))


@pytest.mark.parametrize(
    ("action", "struct"),
    [(actions.save_agency, SaveAgency), (actions.close_agency, CloseAgency), (actions.save_category, SaveCategory)],
)
async def test_what_is_not_there_cannot_be_changed(action, struct):
    with pytest.raises(NotFound):
        await action(MANAGER, struct(code="?", reason=WHY))


async def test_history_goes_on_page_by_page(monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    for name in ("A1", "A2", "A3"):
        await actions.save_area(MANAGER, await filled(SaveArea, Area, "35.73.02.1006", name=name))
    first = await history.latest()
    second = await history.latest(first[-1].id)
    assert [view.differences[0].after for view in (*first, *second)] == ["A3", "A2", "A1"]
