"""What an OPD answers and how fast: counted for everybody, never of so few that it would tell of one."""

from backend.complaints import actions, parts, public_figures
from backend.complaints.tables import Assignment, Complaint
from tests.support import asked
from tests.support.walked import applied, forwarded, resolved

ROADS = ["DPUPRPKP"]


async def test_fewer_than_five_make_no_figure(city):
    for _ in range(4):
        await forwarded(city, reporter=city.citizen)
    assert await public_figures.of_agency(ROADS) is None
    complaint, _ = await forwarded(city, reporter=city.citizen)
    assert (await public_figures.of_agency(ROADS)).received == 5
    await Complaint.update({Complaint.confidential: True}).where(Complaint.id == complaint)
    assert await public_figures.of_agency(ROADS) is None


async def test_ends_are_counted_apart_each_by_whose_word_it_is(city, at):
    at("2026-03-02 09:00")
    ids = [await resolved(city, city.citizen) for _ in range(4)] + [await forwarded(city, reporter=city.citizen) for _ in range(2)]
    await applied(actions.confirm(city.citizen, asked.confirm(city.citizen, ids[0][0])))
    await Complaint.update({Complaint.status: "closed", Complaint.ending: "silence"}).where(Complaint.id == ids[1][0])
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, ids[2][0])))
    figures = await public_figures.of_agency(ROADS)
    assert (figures.received, figures.answered) == (6, 4)
    assert (figures.confirmed, figures.silent, figures.decided, figures.disputed, figures.waiting) == (1, 1, 0, 1, 1)
    assert figures.days is None


async def test_days_to_the_first_answer_are_working_days_and_the_middle_one_counts(city, at):
    at("2026-03-06 09:00")  # a Friday
    given = [(await forwarded(city, reporter=city.citizen))[1] for _ in range(5)]
    for moment, part in zip(
        ["2026-03-06 10:00", "2026-03-09 10:00", "2026-03-09 11:00", "2026-03-10 10:00", "2026-03-11 10:00"], given, strict=True
    ):
        at(moment)
        await applied(parts.answer(city.roads, asked.answer(city.roads, part)))
        await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
    figures = await public_figures.of_agency(ROADS)
    assert (figures.days, figures.late, figures.late_share) == (1.0, 2, 40)  # answers of Tuesday and Wednesday were due on Monday


async def test_what_is_still_owed_after_its_day_is_late(city, at):
    for _ in range(5):
        await forwarded(city, reporter=city.citizen)
    assert (await public_figures.of_agency(ROADS)).late == 0
    at("2026-03-04 09:00")
    assert (await public_figures.of_agency(ROADS)).late_share == 100


async def test_a_year_is_looked_back_on_and_units_count_with_their_opd(city, at):
    for _ in range(5):
        await forwarded(city, reporter=city.citizen)
    other = [(await forwarded(city, "DLH", reporter=city.citizen))[1] for _ in range(2)]
    assert (await public_figures.of_agency([*ROADS, "DLH"])).received == 7
    await Assignment.update({Assignment.status: "taken_back"}).where(Assignment.id == other[0])
    assert (await public_figures.of_agency([*ROADS, "DLH"])).received == 6
    at("2027-04-02 09:00")
    assert await public_figures.of_agency([*ROADS, "DLH"]) is None


async def test_a_page_asked_for_again_and_again_counts_now_and_then(city, at):
    at("2026-03-02 09:00")
    for _ in range(5):
        await forwarded(city, reporter=city.citizen)
    assert (await public_figures.lately(ROADS)).received == 5
    await forwarded(city, reporter=city.citizen)
    assert (await public_figures.lately(ROADS)).received == 5
    at("2026-03-02 09:06")
    assert (await public_figures.lately(ROADS)).received == 6
