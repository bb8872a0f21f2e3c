"""Settings are read once, whole, and refused by name."""

import msgspec
import pytest

from backend.settings import SECRET, Settings, read


def test_without_any_the_embedded_house_is_ready(tmp_path):
    given = read({"SAMBAT_DATA_DIR": str(tmp_path)})
    assert given.database == f"sqlite:///{tmp_path}/sambat.db"
    assert given.photo_folder == tmp_path / "photos"
    assert given.base_url == "http://127.0.0.1:8000"


def test_a_city_sets_its_own(tmp_path):
    given = read(
        {
            "SAMBAT_DATABASE_URL": "postgresql://db/city",
            "SAMBAT_STORAGE_URL": f"file://{tmp_path}",
            "SAMBAT_PUBLIC_URL": "https://sambat.example/",
        }
    )
    assert (given.database, given.photo_folder, given.base_url) == ("postgresql://db/city", tmp_path, "https://sambat.example")


def test_port_is_read_as_platforms_give_it_and_ours_goes_first():
    assert read({"PORT": "9000"}).port == 9000
    assert read({"PORT": "9000", "SAMBAT_PORT": "9001"}).port == 9001


@pytest.mark.parametrize(
    ("name", "value"), [("SAMBAT_WARNA", "biru"), ("SAMBAT_PORT", "delapan"), ("SAMBAT_PORT", "70000"), ("SAMBAT_POLL_SECONDS", "0")]
)
def test_what_does_not_fit_is_refused_by_its_name(name, value):
    with pytest.raises(msgspec.ValidationError, match=name.removeprefix("SAMBAT_").lower()):
        read({name: value})


CITY = {
    "SAMBAT_PRODUCTION": "true",
    "SAMBAT_SECRET_KEY": "fbVx0b8aJzTq3mWl5cYk9sRu2eNh7gDp",
    "SAMBAT_PUBLIC_URL": "https://sambat.example",
    "SAMBAT_DATABASE_URL": "postgresql://sambat:geheim@db/city",
    "SAMBAT_REDIS_URL": "redis://:geheim@redis:6379/0",
}


def test_a_citys_real_installation_is_one_that_sets_these():
    assert read(CITY).production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMBAT_SECRET_KEY", ""),
        ("SAMBAT_SECRET_KEY", "terlalu-pendek"),
        ("SAMBAT_SECRET_KEY", "0" * 64),
        ("SAMBAT_SECRET_KEY", "changeme" * 5),
        ("SAMBAT_PUBLIC_URL", ""),
        ("SAMBAT_PUBLIC_URL", "http://sambat.example"),
        ("SAMBAT_PUBLIC_URL", "sambat.example"),
        ("SAMBAT_MAIL_SINK", "mails.jsonl"),
        ("SAMBAT_EXTRA_PUSH_HOSTS", "127.0.0.1:9000"),
        ("SAMBAT_LOG_LEVEL", "debug"),
        ("SAMBAT_OPENAPI", "true"),
        ("SAMBAT_REDIS_URL", "redis://redis:6379/0"),
        ("SAMBAT_REDIS_URL", "redis://sambat@10.0.0.4/0"),
        ("SAMBAT_DATABASE_URL", "postgresql://sambat@db/city"),
    ],
)
def test_what_serves_trials_has_no_place_in_it(name, value):
    read({name: value})
    with pytest.raises(msgspec.ValidationError, match=f"production: {name} "):
        read(CITY | {name: value})


@pytest.mark.parametrize("name", ["SAMBAT_DATABASE_URL", "SAMBAT_REDIS_URL"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "%2Frun%2Fserver"])
def test_on_its_own_machine_a_server_may_know_us_without_a_password(name, host):
    scheme = "redis" if "REDIS" in name else "postgresql"
    assert read(CITY | {name: f"{scheme}://sambat@{host}/0"}).production


def test_everything_that_is_missing_is_told_at_once():
    with pytest.raises(msgspec.ValidationError) as refused:
        read({"SAMBAT_PRODUCTION": "true", "SAMBAT_MAIL_SINK": "mails.jsonl"})
    assert all(name in str(refused.value) for name in ("SAMBAT_SECRET_KEY", "SAMBAT_PUBLIC_URL", "SAMBAT_MAIL_SINK"))


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "url").write_text("redis://:geheim@redis/0\n")
    (tmp_path / "none").touch()
    given = read({"SAMBAT_REDIS_URL_FILE": f"{tmp_path}/url", "SAMBAT_MAIL_URL_FILE": f"{tmp_path}/none"})
    assert (given.redis_url, given.mail_url) == ("redis://:geheim@redis/0", "")
    assert read({"SAMBAT_VAPID_KEY_FILE": "/run/vapid.pem"}).vapid_key_file == "/run/vapid.pem"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SAMBAT_SECRET_KEY_FILE": "/no/such/file"}, "SAMBAT_SECRET_KEY_FILE: /no/such/file cannot be read"),
        ({"SAMBAT_SECRET_KEY_FILE": "/dev/null", "SAMBAT_SECRET_KEY": "k"}, "SAMBAT_SECRET_KEY and SAMBAT_SECRET_KEY_FILE are both set"),
        ({"SAMBAT_WARNA_FILE": "/dev/null"}, "warna_file"),
    ],
)
def test_a_file_that_does_not_fit_is_told_by_its_name(given, sentence):
    with pytest.raises(msgspec.ValidationError, match=sentence):
        read(given)


def test_mails_come_from_the_citys_own_address():
    assert read({"SAMBAT_PUBLIC_URL": "https://sambat.example"}).sender == "Sambat Rene Ker <noreply@sambat.example>"
    assert read({"SAMBAT_MAIL_FROM": "Kota <kota@malang.test>"}).sender == "Kota <kota@malang.test>"
    with pytest.raises(msgspec.ValidationError, match="mail_url"):
        read({"SAMBAT_MAIL_URL": "mail.test:25"})


def test_what_may_hold_a_password_is_never_shown():
    fields = msgspec.inspect.type_info(Settings).fields
    shown = {field.name for field in fields if field.type.extra != SECRET}
    assert not {name for name in shown if name.endswith(("_key", "_secret", "_token", "_password"))}
    assert not shown & {"database_url", "redis_url", "mail_url"}


def test_every_setting_says_what_it_is_for():
    described = [field.type.extra_json_schema["description"] for field in msgspec.inspect.type_info(Settings).fields]
    assert all(described)
