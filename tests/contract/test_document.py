"""The contract names every door, whom it is for and what it takes; what doors answer keeps it."""

import re
from functools import cache

import msgspec
import pytest
from litestar import Litestar
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend import app, contract
from backend.actors.permissions import PERMISSIONS, Reach, Role
from tests.permissions.entrances import doors, handlers
from tests.support import asked
from tests.support.city import tell

WITHOUT_FORM = {
    "POST /sign-out",
    "POST /complaints/{complaint_id}/contact",
    "POST /people/{account}/invite-again",
    "POST /grants/{grant}/confirm",
}


@cache
def document():
    return msgspec.json.decode(contract.printed(tuple(app.ROUTERS)))


def operations():
    return {f"{method.upper()} {path}": one for path, methods in document()["paths"].items() for method, one in methods.items()}


def test_it_is_openapi_3_1():
    assert [error.message for error in OpenAPIV31SpecValidator(document()).iter_errors()] == []


def test_what_a_door_says_of_itself_is_explained_once_and_what_is_explained_is_used():
    said = {name for _, handler in handlers() for name in handler.opt}
    assert sorted(re.findall(r"`(\w+)`", contract.__doc__)) == sorted({*said, "opt"})


def test_it_names_every_door_with_its_method():
    assert {str(door) for door in doors()} == set(operations())


def test_whoever_a_door_is_not_for_reads_so():
    """By the permission table: what is a citizen's own needs an account or a key, what no citizen may needs an account."""
    said, wanted = {}, {}
    for door in doors():
        said[str(door)] = {name for needed in operations()[str(door)]["security"] for name in needed}
        reach = max((PERMISSIONS[permission][Role.CITIZEN] for permission in door.permissions), default=Reach.CITY)
        if door.account or door.staff or reach == Reach.NONE:
            wanted[str(door)] = {"account"}
        elif door.token:
            wanted[str(door)] = {"machine"}
        else:
            key = "claim" if door.path.startswith("/api/photos") else "guest"
            wanted[str(door)] = set() if reach == Reach.CITY else {"account", key}
    assert said == wanted


def test_every_address_says_what_its_parts_are():
    for name, operation in operations().items():
        told = {one["name"]: one["schema"]["type"] for one in operation["parameters"] if one["in"] == "path"}
        assert set(told) == set(re.findall(r"{(\w+)}", name)), name
        assert set(told.values()) <= {"string"}, name


def test_every_refusal_is_named_where_it_can_come():
    for name, operation in operations().items():
        statuses = {int(status) for status in operation["responses"]}
        expected = {401, 404} if any("account" in needed for needed in operation["security"]) else set()
        expected |= {404} if "{" in name else set()
        expected |= {400, 403, 413} if name.split()[0] in {"POST", "PATCH", "DELETE"} else set()
        assert expected <= statuses, name
        assert min(statuses) < 400, name


def test_every_form_is_described_and_takes_nothing_else():
    posts = {name: one for name, one in operations().items() if name.startswith("POST")}
    assert {name for name, one in posts.items() if "requestBody" not in one} == WITHOUT_FORM | {"POST /api/photos"}
    for name, one in posts.items():
        for media, body in one.get("requestBody", {"content": {}})["content"].items():
            if "form" in media:
                assert (body["schema"]["type"], body["schema"]["additionalProperties"]) == ("object", False), name


def test_a_step_asks_for_the_fields_of_its_struct():
    forward = operations()["POST /complaints/{complaint_id}/forward"]["requestBody"]["content"]["application/x-www-form-urlencoded"][
        "schema"
    ]
    assert set(forward["required"]) == {"seen", "mode", "agency"}
    assert {"operation_id", "agency", "lead", "publish", "released"} <= set(forward["properties"])
    assert not {"id", "owner", "kind", "complaint", "parts"} & set(forward["properties"])
    assert list(forward["patternProperties"]) == ["^class_"]
    visit = operations()["POST /parts/{part_id}/visit"]["requestBody"]["content"]
    assert list(visit) == ["multipart/form-data"]
    assert {"photos", "seen", "text", "finish_on"} == set(visit["multipart/form-data"]["schema"]["required"])


def test_what_a_phone_queues_is_told_by_kind():
    sent = operations()["POST /api/sync"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["operations"]
    kinds, unread = sent["items"]["anyOf"]
    assert len(kinds["discriminator"]["mapping"]) == len(kinds["anyOf"])
    assert unread == {"$ref": "#/components/schemas/Unread"}


async def test_it_is_read_only_where_the_city_has_asked_for_it(door, monkeypatch):
    assert (await (await door()).get(contract.ADDRESS)).status_code == 404
    flagged = Litestar(route_handlers=[contract.door(app.ROUTERS)], openapi_config=None, logging_config=None)
    assert [route.path for route in flagged.routes] == [contract.ADDRESS]


async def test_whoever_asks_for_json_is_told_where_a_complaint_stands_and_a_stranger_nothing(city, door):
    complaint = await tell(city.citizen)
    answers = [await (await door(who, accept="application/json")).get(f"/complaints/{complaint}") for who in (city.citizen, city.parks)]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (answers[0].json()["id"], answers[0].json()["status"]) == (str(complaint), "received")
    assert set(answers[1].json()) == {"code", "message"}


async def test_a_form_answers_in_json_too_with_the_key_of_a_guest(city, door):
    form = {"secrecy": "name_hidden", "text": asked.WORDS, "address": "depan pasar"}
    guest, citizen = await door(accept="application/json"), await door(city.citizen, accept="application/json")
    told, mine = (await guest.post("/complaints", data=form)).json(), (await citizen.post("/complaints", data=form)).json()
    assert (set(told), set(mine)) == ({"number", "status", "owed", "claim_key"}, {"number", "status", "owed", "id"})
    opened = (await guest.post("/claim", data={"key": told["claim_key"]})).json()["complaints"]
    assert [one["number"] for one in opened] == [told["number"]]
    assert (await citizen.get(f"/complaints/{mine['id']}")).json()["number"] == mine["number"]
    refused = await guest.post("/complaints", data={**form, "text": ""})
    assert (refused.status_code, refused.json()["code"], list(refused.json()["fields"])) == (422, "invalid", ["text"])


async def test_a_clerk_s_form_answers_in_json_too(city, door):
    form = {"source": "phone", "secrecy": "name_hidden", "text": asked.WORDS, "address": "depan pasar"}
    told = (await (await door(city.moderator, accept="application/json")).post("/complaints/for-other", data=form)).json()
    assert set(told) == {"number", "status", "owed", "id", "claim_key"}


@pytest.mark.parametrize(
    ("method", "address"), [("OPTIONS", "/sign-in"), ("PUT", "/sign-in"), ("OPTIONS", "/complaints"), ("TRACE", "/claim")]
)
async def test_an_address_tells_all_its_methods(door, method, address):
    answer = await (await door()).request(method, address)
    assert answer.status_code == (204 if method == "OPTIONS" else 405)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "OPTIONS", "POST"}
