"""Settings: the site's file, then the user's, then the environment; each value's origin can be told."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
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

# libpq as shipped in the driver's wheel looks for the socket in /tmp, Debian's server makes it here.
_DEFAULT_DATABASE = "host=/var/run/postgresql dbname=kotoutus"

Minutes = Annotated[int, Field(ge=0, le=1440, description=N_("whole minutes from 0 (never) to 1440"))]
Switch = Annotated[bool, Field(description=N_("true or false"))]
AnyPath = Annotated[Path, Field(description=N_("a path that begins with / or ~"))]


class Settings(BaseSettings):
    """What is in force. Passwords and keys never stand here; their places are libpq's own files."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True, validate_default=True
    )

    database: str = Field(
        _DEFAULT_DATABASE,
        description=N_("a libpq connection string without a password, such as dbname=kotoutus"),
    )
    language: Literal["fi", "sv", "en"] = Field("fi", description=N_("fi, sv or en"))
    theme: str = Field("auto", pattern=r"^[a-z0-9-]{1,40}$", description=N_("the name of a theme, or auto"))
    mouse: Switch = True
    keymap: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict, description=N_('a table of commands and their keys, such as note = "e"')
    )
    idle_blank_minutes: Minutes = 10
    idle_exit_minutes: Minutes = 30
    state_dir: AnyPath = Field(default_factory=places.state_directory)
    drop_dir: AnyPath = Field(default_factory=lambda: places.state_directory() / "exports")
    log_target: Literal["file", "syslog", "none"] = Field("file", description=N_("file, syslog or none"))
    log_file: AnyPath = Field(default_factory=lambda: places.state_directory() / "kotoutus.log")

    @field_validator("keymap", mode="before")
    @classmethod
    def _table(cls, keymap: object) -> object:
        return json.loads(keymap) if isinstance(keymap, str) else keymap

    @field_validator("database")
    @classmethod
    def _no_secret(cls, conninfo: str) -> str:
        lowered = conninfo.lower()
        credentials = conninfo.partition("://")[2].partition("@")[0] if "@" in conninfo else ""
        if "password" in lowered or ":" in credentials:
            raise ValueError("password")
        return conninfo

    @field_validator("state_dir", "drop_dir", "log_file")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        expanded = path.expanduser()
        if not expanded.is_absolute():
            raise ValueError("relative")
        return expanded

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


@dataclass(frozen=True)
class Origin:
    """One setting: its name, its value in force, and the file or variable it comes from (empty: built in)."""

    name: str
    value: object
    source: str


def load(**overrides: Any) -> Settings:
    """Return the settings in force; `overrides` (options of the command line) outrank every source.

    Raises SetupError with the file or variable, the name and what is allowed there.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise _wrong(name, overrides, unknown=first["type"] == "extra_forbidden") from None


def origins() -> list[Origin]:
    """Return every setting with the place that decides it, in the order of the class.

    Raises SetupError like `load`.
    """
    settings = load()
    layers = _layers(Settings)
    return [
        Origin(
            name,
            getattr(settings, name),
            next((layer.name_of(name) for layer in layers if layer.has(name)), ""),
        )
        for name in Settings.model_fields
    ]


@dataclass(frozen=True)
class _Layer:
    source: PydanticBaseSettingsSource
    label: str

    def has(self, name: str) -> bool:
        return name in self.source()

    def name_of(self, name: str) -> str:
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
    source = next((layer.name_of(name) for layer in _layers(Settings) if layer.has(name)), "")
    if name in overrides:
        source = ""
    where = source or _("the command line")
    if unknown:
        return SetupError(
            _("{where} has a setting “{name}” that does not exist.").format(where=where, name=name),
            _("The settings are: {names}.").format(names=", ".join(Settings.model_fields)),
        )
    allowed = _(_description(name))
    return SetupError(
        _("The setting “{name}” in {where} cannot be used.").format(name=name, where=where),
        _("Allowed: {what}.").format(what=allowed),
    )


def _description(name: str) -> str:
    field = Settings.model_fields[name]
    return field.description or ""
