"""A line loses answers and sends requests twice, and the record still knows what the server said; and who is hit when."""

import asyncio
import random
from contextlib import asynccontextmanager
from uuid import UUID

from benchmarks import kills
from benchmarks.answers import NO_ANSWER
from benchmarks.houses import BLOWS, PROCESS
from benchmarks.line import Door, Line, Traffic, Weather
from benchmarks.record import Entry, Record

ID, CASE = UUID(int=1), UUID(int=2)
OUTCOME = b'{"outcomes": [{"id": "%s", "status": "%s", "complaint": {"id": "%s", "number": "7F3K9Q", "owed": [{"what": "answer"}]}}]}'


@asynccontextmanager
async def answering(*statuses):
    """A server that says of our one operation what comes next; how often it was asked."""
    asked = []

    async def answer(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        said = OUTCOME % (str(ID).encode(), statuses[len(asked) - 1], str(CASE).encode())
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield Door(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", trust=False), asked
    finally:
        server.close()
        await server.wait_closed()


async def asked(weather, *statuses):
    """What the phone heard, how often the server was asked, and what the record and the traffic know of it."""
    record, traffic = Record(), Traffic()
    record.wrote(Entry(id=ID, complaint=CASE, body={"text": "…"}, anonymous=False, key=None, photos=[]))
    async with answering(*statuses) as (door, requests):
        line = Line(door, traffic, record, weather=weather, chance=random.Random(3), origin="127.8.0.1")
        answers = [await line.ask("POST", "/api/sync", operations=1)]
        await line.close()
    return answers[0], len(requests), record, traffic


async def test_of_a_request_sent_twice_at_once_the_first_answer_is_believed_and_the_other_compared():
    answer, times, record, traffic = await asked(Weather(doubled=1), b"applied", b"duplicate")
    assert (answer.status, answer.copies, times) == (200, 1, 2)
    assert (record.entries[ID].told or {})["number"] == "7F3K9Q"
    assert (record.surprises, traffic.doubled, traffic.under_way) == ([], 1, {})


async def test_a_lost_answer_leaves_the_phone_waiting_though_the_server_was_asked():
    answer, times, record, traffic = await asked(Weather(lost=1), b"applied")
    assert (answer.status, times, traffic.lost) == (NO_ANSWER, 1, 1)
    assert record.acknowledged == 0


async def test_what_is_applied_a_second_time_is_seen_though_no_phone_hears_of_it():
    _, _, record, _ = await asked(Weather(doubled=1), b"applied", b"applied")
    record.heard(record.entries[ID], {"status": "applied", "complaint": record.entries[ID].told})
    assert record.surprises == [f"operation {ID}: applied twice"]


def test_each_part_of_a_house_is_hit_in_an_order_nobody_chose():
    drawn = kills.drawn(BLOWS, 25, random.Random(1))
    assert sorted(drawn) == sorted(BLOWS)
    assert drawn != kills.drawn(BLOWS, 25, random.Random(2))


def test_what_dies_by_one_blow_only_is_hit_by_it_again_and_again():
    assert kills.drawn([PROCESS], 3, random.Random(1)) == [PROCESS] * 3
    assert kills.drawn(BLOWS, 0, random.Random(1)) == []
