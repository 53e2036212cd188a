"""Reads and checks the settings: the site's file, then the user's, then the environment."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from kotoutus_tui import places
from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import N_, _, locale_language

_PREFIX = "KOTOUTUS_"


def _without_secret(conninfo: str) -> str:
    credentials = conninfo.partition("://")[2].partition("@")[0] if "@" in conninfo else ""
    if "password" in conninfo.lower() or ":" in credentials:
        raise ValueError("password")
    return conninfo


def _absolute(path: Path) -> Path:
    expanded = path.expanduser()
    if not expanded.is_absolute():
        raise ValueError("relative")
    return expanded


def _server(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if url and (not safe or not parts.hostname or parts.username or parts.query or parts.path.strip("/")):
        raise ValueError("url")
    return url.rstrip("/")


_HERE = ("127.0.0.1", "localhost", "::1")


def _table(keymap: object) -> object:
    return json.loads(keymap) if isinstance(keymap, str) else keymap


def _secure(address: str) -> str:
    # In the clear only on this machine, where the demo's own server is.
    if not re.fullmatch(r"https://[\w.:-]+(/[\w./-]*)?|http://127\.0\.0\.1:\d+(/[\w./-]*)?", address):
        raise ValueError("address")
    return address.rstrip("/")


Minutes = Annotated[int, Field(ge=0, le=1440, description=N_("whole minutes from 0 (never) to 1440"))]
Switch = Annotated[bool, Field(description=N_("true or false"))]
Address = Annotated[
    str, AfterValidator(_secure), Field(description=N_("an address that begins with https://"))
]
AnyPath = Annotated[Path, AfterValidator(_absolute), Field(description=N_("a path that begins with / or ~"))]


class Given(BaseSettings):
    """What may be given for each field of Settings; the descriptions tell a person what is allowed."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="forbid", hide_input_in_errors=True, validate_default=False
    )

    database: Annotated[str, AfterValidator(_without_secret)] = Field(
        "", description=N_("a libpq connection string without a password, such as dbname=kotoutus")
    )
    language: Literal["fi", "sv", "en"] = Field("fi", description=N_("fi, sv or en"))
    theme: str = Field("", pattern=r"^[a-z0-9-]{1,40}$", description=N_("the name of a theme, or auto"))
    mouse: Switch = True
    keymap: Annotated[dict[str, str], NoDecode, BeforeValidator(_table)] = Field(
        {}, description=N_('a table of commands and their keys, such as note = "e"')
    )
    idle_blank_minutes: Minutes = 0
    idle_exit_minutes: Minutes = 0
    state_dir: AnyPath = Path()
    drop_dir: AnyPath = Path()
    feed_dir: AnyPath = Path()
    catalogue_version: Literal["auto", "12", "11"] = Field("auto", description=N_("auto, 12 or 11"))
    catalogue_url: Annotated[str, AfterValidator(_server)] = Field(
        "", description=N_("a server such as https://example.org, without a path")
    )
    statistics_url: Annotated[str, AfterValidator(_server)] = Field(
        "", description=N_("a server such as https://example.org, without a path")
    )
    log_target: Literal["file", "syslog", "none"] = Field("file", description=N_("file, syslog or none"))
    log_file: AnyPath = Path()
    office: str = Field(
        "",
        pattern=r"^[^:]{1,60}: ?\d{5,6}, ?\d{7}$",
        description=N_("a name and ETRS-TM35FIN coordinates, such as Siltakatu 10: 641842, 6944095"),
    )
    outlook_client: str = Field(
        "", pattern=r"^[0-9a-f-]{36}$", description=N_("the id of an application in Entra ID")
    )
    outlook_tenant: str = Field(
        "", pattern=r"^[\w.-]{1,80}$", description=N_("the id or the domain of a tenant in Entra ID")
    )
    outlook_certificate: AnyPath = Path()
    outlook_mailbox: str = Field(
        "", pattern=r"^[^\s@/]{1,64}@[\w.-]{1,80}$", description=N_("a mailbox, such as {login}@city.example")
    )
    outlook_port: int = Field(0, ge=1024, le=65535, description=N_("a port from 1024 to 65535"))
    outlook_authority: Address = ""
    outlook_endpoint: Address = ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, the strongest first."""
        return (init_settings, *(layer.source for layer in _layers(settings_cls)))


def given(overrides: dict[str, Any]) -> dict[str, Any]:
    """Return the values that are set anywhere, checked; `overrides` outrank every source.

    Raises SetupError with the file or variable, the name and what is allowed there.
    """
    try:
        return Given(**overrides).model_dump(exclude_unset=True)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise _wrong(name, overrides, unknown=first["type"] == "extra_forbidden") from None


def origin_of() -> dict[str, str]:
    """Return for each setting that is set the file or the variable that decides it."""
    found: dict[str, str] = {}
    for layer in _layers(Given):
        for name in layer.source():
            found.setdefault(name, layer.label_of(name))
    return found


@dataclass(frozen=True)
class _Layer:
    source: PydanticBaseSettingsSource
    label: str

    def label_of(self, name: str) -> str:
        return self.label or f"{_PREFIX}{name.upper()}"


class _LocaleSource(PydanticBaseSettingsSource):
    """The locale of the terminal, asked for the language alone and only after every other source."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        return (locale_language() if field_name == "language" else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        language = locale_language()
        return {"language": language} if language else {}


def _layers(settings_class: type[BaseSettings]) -> list[_Layer]:
    """Return the sources under the command line, the strongest first."""
    files = (places.user_settings_file(), places.site_settings_file())
    return [
        _Layer(EnvSettingsSource(settings_class), ""),
        *(_Layer(_file_source(settings_class, file), str(file)) for file in files),
        _Layer(_LocaleSource(settings_class), "LANG"),
    ]


def _file_source(settings_class: type[BaseSettings], file: Path) -> TomlConfigSettingsSource:
    try:
        return TomlConfigSettingsSource(settings_class, file)
    except (OSError, ValueError) as error:
        # A decoding error of TOML names line and column and quotes no value.
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SetupError(
            _("The settings file {file} cannot be read: {reason}.").format(file=file, reason=reason),
            _("Correct the file or remove it."),
        ) from None


def _wrong(name: str, overrides: dict[str, Any], *, unknown: bool) -> SetupError:
    source = "" if name in overrides else origin_of().get(name, "")
    where = source or _("the command line")
    if unknown:
        return SetupError(
            _("{where} has a setting “{name}” that does not exist.").format(where=where, name=name),
            _("The settings are: {names}.").format(names=", ".join(Given.model_fields)),
        )
    allowed = _(Given.model_fields[name].description or "")
    return SetupError(
        _("The setting “{name}” in {where} cannot be used.").format(name=name, where=where),
        _("Allowed: {what}.").format(what=allowed),
    )
