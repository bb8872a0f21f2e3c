"""Settings are read once, whole, and refused by name."""

import msgspec
import pytest

from backend.settings import Settings, read


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


def test_a_file_that_holds_codes_has_no_place_in_production():
    assert read({"SAMBAT_MAIL_SINK": "mails.jsonl"}).mail_sink == "mails.jsonl"
    with pytest.raises(msgspec.ValidationError, match="mail_sink"):
        read({"SAMBAT_MAIL_SINK": "mails.jsonl", "SAMBAT_PRODUCTION": "true"})


def test_mails_come_from_the_citys_own_address():
    assert read({"SAMBAT_PUBLIC_URL": "https://sambat.example"}).sender == "Sambat Rene Ker <noreply@sambat.example>"
    assert read({"SAMBAT_MAIL_FROM": "Kota <kota@malang.test>"}).sender == "Kota <kota@malang.test>"
    with pytest.raises(msgspec.ValidationError, match="mail_url"):
        read({"SAMBAT_MAIL_URL": "mail.test:25"})


def test_every_setting_says_what_it_is_for():
    described = [field.type.extra_json_schema["description"] for field in msgspec.inspect.type_info(Settings).fields]
    assert all(described)
