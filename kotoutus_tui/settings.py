"""The settings in force, and where each comes from."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kotoutus_tui import places
from kotoutus_tui.i18n import locale_language

# libpq as shipped in the driver's wheel looks for the socket in /tmp, Debian's server makes it here.
_DEFAULT_DATABASE = "host=/var/run/postgresql dbname=kotoutus"
_PATHS = ("state_dir", "drop_dir", "feed_dir", "log_file", "outlook_certificate")


@dataclass(frozen=True)
class Settings:
    """What is in force. Passwords and keys never stand here; they have places of their own.

    An idle time of 0 minutes means never. `keymap` maps the code names of commands to keys. `catalogue_url`
    is the server of the national service catalogue (PTV); empty is the one of its version. `office` is where
    distances are counted from: its name and its ETRS-TM35FIN coordinates. Without `outlook_client`,
    the id of the registered app, nothing is pushed to Outlook. `statistics_url` is the server of Statistics
    Finland.
    """

    database: str = _DEFAULT_DATABASE
    language: str = "fi"
    theme: str = "auto"
    mouse: bool = True
    keymap: dict[str, str] = field(default_factory=dict[str, str])
    idle_blank_minutes: int = 10
    idle_exit_minutes: int = 30
    state_dir: Path = field(default_factory=places.state_directory)
    drop_dir: Path = field(default_factory=lambda: places.state_directory() / "exports")
    feed_dir: Path | None = None
    catalogue_version: str = "auto"
    catalogue_url: str = ""
    statistics_url: str = "https://pxdata.stat.fi"
    log_target: str = "file"
    log_file: Path = field(default_factory=lambda: places.state_directory() / "kotoutus.log")
    office: str = "Siltakatu 10: 641842, 6944095"
    outlook_client: str = ""
    outlook_tenant: str = ""
    outlook_certificate: Path | None = None
    outlook_mailbox: str = ""
    outlook_port: int = 8400
    outlook_authority: str = "https://login.microsoftonline.com"
    outlook_endpoint: str = "https://graph.microsoft.com/v1.0"


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
    inputs = _inputs(overrides)
    values = _remembered(inputs)
    if values is None:
        from kotoutus_tui.settings_sources import given

        values = given(overrides)
        _remember(inputs, values)
    if "state_dir" in values:
        values = {
            "drop_dir": values["state_dir"] / "exports",
            "log_file": values["state_dir"] / "kotoutus.log",
        } | values
    return Settings(**values)


def origins() -> list[Origin]:
    """Return every setting with the place that decides it, in the order of the class.

    Raises SetupError like `load`.
    """
    from kotoutus_tui.settings_sources import origin_of

    settings, source = load(), origin_of()
    return [
        Origin(each.name, getattr(settings, each.name), source.get(each.name, ""))
        for each in fields(Settings)
    ]


# Checking the settings takes a third of the time from the login to the first screen, and they change
# once a year. So the checked values are kept beside everything they depend on, and used while it is equal.


def _inputs(overrides: dict[str, Any]) -> dict[str, object]:
    """Return everything that decides the settings, as JSON can hold it."""
    return {
        "program": Path(__file__).with_name("settings_sources.py").stat().st_mtime_ns,
        "home": str(Path.home()),
        "files": [_content(file) for file in (places.site_settings_file(), places.user_settings_file())],
        "environment": {
            name: value
            for name, value in sorted(os.environ.items())
            if name.startswith("KOTOUTUS_") and name != places.CATALOGUE_KEY
        },
        "locale": locale_language(),
        "overrides": overrides,
    }


def _content(file: Path) -> list[str | None]:
    try:
        return [str(file), file.read_text("utf-8", errors="surrogateescape")]
    except FileNotFoundError:
        return [str(file), None]
    except OSError as error:
        return [str(file), f"{error.errno}"]


def _memory() -> Path:
    return places.state_directory() / "settings.json"


def _remembered(inputs: dict[str, object]) -> dict[str, Any] | None:
    try:
        kept = json.loads(_memory().read_text("utf-8"))
        if kept["inputs"] != inputs:
            return None
        return {name: Path(value) if name in _PATHS else value for name, value in kept["values"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _remember(inputs: dict[str, object], values: dict[str, Any]) -> None:
    memory = _memory()
    unfinished = memory.with_suffix(f".{os.getpid()}")
    # Without a place to write the settings are checked at every start.
    with suppress(OSError):
        memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_text(json.dumps({"inputs": inputs, "values": values}, default=str), "utf-8")
        unfinished.chmod(0o600)
        unfinished.replace(memory)
