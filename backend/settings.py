"""Every setting, read once from the environment and frozen; `sambat settings` lists them."""

import contextlib
import os
import secrets
import tempfile
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from backend import places, production

PREFIX = "SAMBAT_"
FILE = "_file"
SECRET = {"secret": True}

os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")  # Piccolo asks the environment where its configuration lies


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a city sets. Each field is read from `SAMBAT_<FIELD>`, in capitals, or from the file named by `SAMBAT_<FIELD>_FILE`.

    PORT is read too. What has `extra=SECRET` is never shown.
    """

    data_dir: Annotated[Path, Meta(description="folder of the embedded database, photos and generated secrets")] = Path("data")
    database_url: Annotated[
        str, Meta(description="sqlite:///path or postgresql://user:password@host/name; empty: a file in the data folder", extra=SECRET)
    ] = ""
    redis_url: Annotated[
        str,
        Meta(
            pattern=r"^((rediss?|unix)://\S+)?$",
            description="redis://:password@host:port/number, the doorbell of the workers; empty: they look by themselves",
            extra=SECRET,
        ),
    ] = ""
    host: Annotated[str, Meta(description="address to listen on")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="port to listen on; 0 takes a free one")] = 8000
    public_url: Annotated[str, Meta(description="address under which people reach the app; used in links that leave it")] = ""
    storage_url: Annotated[
        str, Meta(description="file:///folder or s3://bucket/prefix, where photos lie; empty: a folder in the data folder")
    ] = ""
    storage_endpoint: Annotated[
        str, Meta(description="https://host:port of the S3-compatible server of an s3:// storage_url; empty: Amazon's of the region")
    ] = ""
    storage_region: Annotated[str, Meta(description="region of the bucket; many servers of one's own call it us-east-1")] = "us-east-1"
    storage_key: Annotated[str, Meta(description="access key that may read, write and list the bucket", extra=SECRET)] = ""
    storage_secret: Annotated[str, Meta(description="secret of that access key", extra=SECRET)] = ""
    secret_key: Annotated[str, Meta(description="≥ 32 characters; empty: generated into the data folder", extra=SECRET)] = ""
    vapid_key_file: Annotated[str, Meta(description="PEM file of the push key; empty: generated into the data folder")] = ""
    vapid_contact: Annotated[str, Meta(description="mailto: address push services may write to")] = "mailto:admin@sambat.invalid"
    extra_push_hosts: Annotated[
        str, Meta(description="comma-separated host:port that are also accepted as push services (trials only)")
    ] = ""
    trusted_proxy: Annotated[str, Meta(description="address of the one proxy whose X-Forwarded-For is believed; empty: none")] = ""
    outside_km: Annotated[
        float, Meta(gt=0, description="km from the nearest kelurahan's centre beyond which a point seems to be outside the city")
    ] = 3.0
    tile_url: Annotated[
        str,
        Meta(
            pattern=r"^((https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)?/[^\s;,]*\{z\}[^\s;,]*)?$",
            description="map pictures as https://host/{z}/{x}/{y}.png; empty: maps show the names of kelurahan alone",
        ),
    ] = ""
    tile_attribution: Annotated[str, Meta(description="whose map pictures these are; shown on every map")] = ""
    tile_attribution_url: Annotated[
        str, Meta(pattern=r"^(https://[^\s\"<>]+)?$", description="where the terms of the map pictures stand")
    ] = ""
    poll_seconds: Annotated[int, Meta(ge=1, description="how often an open list asks for news, in seconds")] = 10
    openapi: Annotated[bool, Meta(description="true: the contract for machines stands at /schema/openapi.json (trials only)")] = False
    metrics_token: Annotated[
        str,
        Meta(
            pattern=r"^(\S{16,})?$",
            description="who brings it as a bearer token reads /metrics; empty: there is no such page",
            extra=SECRET,
        ),
    ] = ""
    log_level: Annotated[
        str, Meta(pattern=r"^(?i:debug|info|warning|error)$", description="debug, info, warning or error; debug never in production")
    ] = "info"
    photo_limit_mb: Annotated[int, Meta(ge=1, description="largest upload of one photo, in MiB")] = 12
    production: Annotated[
        bool, Meta(description="true: a city's real installation; what serves trials and development is refused or hidden")
    ] = False
    mail_url: Annotated[
        str,
        Meta(
            pattern=r"^(smtps?://[^\s]+)?$",
            description="smtps://user:password@host:465 or smtp://…:587 (?starttls=1 insists, =0 forbids); empty: mails are shown only",
            extra=SECRET,
        ),
    ] = ""
    mail_from: Annotated[str, Meta(description="sender of mails, Name <address>; empty: noreply at the public address's host")] = ""
    mail_sink: Annotated[str, Meta(description="file to which each mail is appended as a line of JSON (trials only)")] = ""
    release: Annotated[str, Meta(description="name of the running release, shown by /healthz")] = "dev"

    def __post_init__(self) -> None:
        """What serves trials has no place in a city's real installation; a place for photos that is none is told before the first photo."""
        if wrong := next(places.faults(self), None):
            raise ValueError(f"{_spoken(wrong[0])} {wrong[1]}")
        if self.production and (faults := production.faults(self)):
            found = "; ".join(f"{_spoken(name)} {sentence}" for name, sentence in faults.items())
            raise ValueError(f"refused in production: {found}")

    @property
    def database(self) -> str:
        """The database's address, the embedded default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve()}/sambat.db"

    @property
    def bucket(self) -> places.Bucket | None:
        """The bucket in which processed photos lie; none: in `photo_folder`."""
        return places.bucket(self)

    @property
    def photo_folder(self) -> Path:
        """The folder in which processed photos lie, where there is no bucket."""
        return Path(self.storage_url.removeprefix("file://")) if self.storage_url else self.data_dir / "photos"

    @property
    def base_url(self) -> str:
        """The public address without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def sender(self) -> str:
        """Who mails are from."""
        return self.mail_from or f"Sambat Rene Ker <noreply@{urlsplit(self.base_url).hostname or 'localhost'}>"


def read(environment: dict[str, str]) -> Settings:
    """Settings of an environment; unknown `SAMBAT_` names and unfit values are refused by name (`msgspec.ValidationError`)."""
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    if "PORT" in environment:
        given.setdefault("port", environment["PORT"])
    return msgspec.convert(_with_files(given), Settings, strict=False, dec_hook=lambda wanted, value: wanted(value))


def _with_files(given: dict[str, str]) -> dict[str, str]:
    """Each value that was given as a file, in place of the file's path. `vapid_key_file` is a path by itself."""
    known = Settings.__struct_fields__
    paths = {name.removesuffix(FILE): path for name, path in given.items() if name not in known and name.removesuffix(FILE) in known}
    if twice := sorted(paths.keys() & given.keys()):
        raise msgspec.ValidationError(f"{_spoken(twice[0])} and {_spoken(twice[0] + FILE)} are both set: one of them is enough")
    others = {name: value for name, value in given.items() if name.removesuffix(FILE) not in paths}
    return others | {name: _content(name + FILE, path) for name, path in paths.items()}


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise msgspec.ValidationError(f"{_spoken(name)}: {path} cannot be read ({error.strerror})") from error
    except UnicodeError as error:
        raise msgspec.ValidationError(f"{_spoken(name)}: {path} is no text") from error


def _spoken(name: str) -> str:
    """A setting as the environment calls it."""
    return f"{PREFIX}{name.upper()}"


@cache
def settings() -> Settings:
    """The settings of this process; a secret nobody set is made once and kept in the data folder."""
    given = read(dict(os.environ))
    return given if given.secret_key else msgspec.structs.replace(given, secret_key=_kept_secret(given.data_dir / "secret.key"))


def _kept_secret(file: Path) -> str:
    """The secret of an embedded installation. Two processes that start together end up with the same one: the first to link it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as made:  # readable by its owner only
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(made.name, file)
    return file.read_text()
