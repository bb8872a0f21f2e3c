"""What a city starts is whole: the files, commands and settings that `docker-compose.yml` and the image speak of are there."""

import re
import subprocess

import pytest
import typer

from backend import cli
from backend.security import body
from backend.settings import PREFIX, Settings, read
from benchmarks import composed
from benchmarks.installation import COMPLETED, HEALTHY, STARTED
from tests.support.tree import ROOT, files

OURS = {"web", "worker", "migrate"}
KNOWN_KEYS = """
    build cap_add cap_drop command depends_on deploy environment healthcheck image init networks ports read_only restart secrets
    security_opt shm_size stop_grace_period tmpfs user volumes
"""
CHECK_KEYS = {"test", "interval", "timeout", "retries", "start_period", "disable"}
PINNED = re.compile(r"^[a-z]+:\d+(\.\d+)*(-[a-z]+)+$")
"""A release line of a system, by no host's name."""
EXAMPLE = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)
CADDYFILE, DOCKERFILE, ENV = ((ROOT / name).read_text(encoding="utf-8") for name in ("Caddyfile", "Dockerfile", ".env.example"))
FILE = composed.load()
SERVICES = FILE["services"]
IMAGE = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """As `secrets.sh` makes them up."""
    folder = tmp_path_factory.mktemp("made") / "secrets"
    subprocess.run(["sh", ROOT / "secrets.sh", folder], check=True)
    return folder


@pytest.fixture(params=sorted(SERVICES))
def service(request):
    return SERVICES[request.param]


def test_the_whole_house_is_there():
    assert set(SERVICES) == OURS | {"caddy", "postgres", "redis"}
    assert set(FILE) - {"x-house"} == {"name", "services", "networks", "secrets", "volumes"}


def test_a_service_says_only_what_compose_knows(service):
    assert set(service) <= set(KNOWN_KEYS.split())
    assert set(service["healthcheck"]) <= CHECK_KEYS


def test_a_service_is_limited_and_gets_no_more_rights(service):
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}


def test_a_service_is_watched_and_comes_back_unless_it_is_done_once(service):
    if service["restart"] == "no":
        assert service["healthcheck"] == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


def test_a_service_waits_for_what_can_come(service):
    for other, how in service.get("depends_on", {}).items():
        once = SERVICES[other]["restart"] == "no"
        assert how["condition"] in ({COMPLETED} if once else {STARTED, HEALTHY})


def test_a_service_has_what_it_names(service):
    assert set(service["networks"]) <= set(FILE["networks"])
    assert set(service.get("secrets", ())) <= set(FILE["secrets"])
    for source in (volume.partition(":")[0] for volume in service.get("volumes", ())):
        assert (ROOT / source).is_file() if source.startswith("./") else source in FILE["volumes"]


def test_a_file_that_holds_a_setting_is_given_to_the_service(service):
    named = {value.removeprefix("/run/secrets/") for name, value in service.get("environment", {}).items() if name.endswith("_FILE")}
    assert named <= set(service.get("secrets", ()))


@pytest.mark.parametrize(
    "image", [SERVICES[name]["image"] for name in SERVICES if name not in OURS] + re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
)
def test_an_image_is_pinned_and_names_no_registry(image):
    assert PINNED.match(image)


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert FILE["networks"]["inside"]["internal"]
    assert {name for name, service in SERVICES.items() if list(service["networks"]) == ["inside"]} == {"migrate", "postgres", "redis"}


def test_the_proxy_is_believed_at_the_address_it_has():
    [address] = [how["ipv4_address"] for how in SERVICES["caddy"]["networks"].values()]
    assert {SERVICES[name]["environment"]["SAMBAT_TRUSTED_PROXY"] for name in OURS} == {address}


def test_our_commands_exist():
    commands = set(typer.main.get_command(cli.app).commands)
    asked = [SERVICES[name]["command"].split() for name in OURS]
    assert {(program, known in commands) for program, known in asked} == {("sambat", True)}
    assert re.search(r'^CMD \["sambat", "web"\]$', DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("name", ["docker-compose.yml", "Dockerfile"])
def test_our_settings_exist(name):
    given = {setting.lower() for setting in re.findall(rf"\b{PREFIX}([A-Z_]+)", (ROOT / name).read_text(encoding="utf-8"))}
    known = Settings.__struct_fields__
    assert given
    assert [one for one in given if one not in known and one.removesuffix("_file") not in known] == []


def test_the_example_names_every_variable_and_no_other():
    used = set(re.findall(r"\$\{(\w+)", composed.COMPOSE.read_text(encoding="utf-8")))
    assert {name for name, _ in EXAMPLE.findall(ENV)} == used


def test_the_example_tells_what_each_variable_is_for():
    paragraphs = ENV.strip().split("\n\n")[1:]
    assert [paragraph for paragraph in paragraphs if not paragraph.startswith("# ")] == []


def test_secrets_are_made_up_once_and_lie_where_compose_looks(secrets):
    made = {file.name: file.read_text(encoding="utf-8") for file in secrets.iterdir()}
    assert {f"./secrets/{name}" for name in made} == {secret["file"] for secret in FILE["secrets"].values()}
    subprocess.run(["sh", ROOT / "secrets.sh", secrets], check=True)
    assert {file.name: file.read_text(encoding="utf-8") for file in secrets.iterdir()} == made
    assert secrets.stat().st_mode & 0o777 == 0o700


def test_the_example_and_made_up_secrets_are_fit_for_production(secrets):
    for name in OURS:
        told = composed.services(dict(EXAMPLE.findall(ENV)))[name].environment
        found = read({setting: value.replace("/run/secrets", str(secrets)) for setting, value in told.items()})
        assert found.production
        assert (found.database_url, found.redis_url) == tuple((secrets / one).read_text() for one in ("database_url", "redis_url"))


def test_what_is_copied_into_the_image_is_there_and_let_through():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = [source for line in IMAGE if re.match(r"COPY [^-]", line) for source in line.split()[1:-1]]
    assert set(sources) == allowed
    tops = {path.relative_to(ROOT).parts[0] for path in files()}
    assert set(sources) <= tops


def test_the_last_stage_builds_nothing_and_is_nobody():
    start = max(index for index, line in enumerate(IMAGE) if line.startswith("FROM"))
    last = "\n".join(IMAGE[start:])
    assert not re.search(r"\b(npm|node|uv|pip install|apt)\b", last)
    assert re.search(r"^USER \d{4,}$", last, re.MULTILINE)
    assert "\nHEALTHCHECK " in last


def test_the_proxy_takes_more_than_the_app_whose_words_people_understand():
    [mebibytes] = re.findall(r"max_size (\d+)MiB", CADDYFILE)
    assert int(mebibytes) * body.MIB > max(body.limit_of(path) for path in ("/complaints", "/api/photos", "/api/sync"))


@pytest.mark.caddy
def test_caddy_understands_its_file(tmp_path):
    told = dict(EXAMPLE.findall(ENV)) | {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = ["caddy", "validate", "--config", ROOT / "Caddyfile", "--adapter", "caddyfile"]
    checked = subprocess.run(command, env=told, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr.decode()
    assert b"not formatted" not in checked.stderr
