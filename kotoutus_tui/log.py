"""The log: JSON lines to a file or to syslog, without personal data and never in the way of the work."""

import json
import logging
import os
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

_NAME = "kotoutus"
_logger = logging.getLogger(_NAME)
# Before `start` nothing is logged; without a handler Python would write to the screen.
_logger.addHandler(logging.NullHandler())

# A personal identity code in any of its forms (all signs of 2023), also inside a longer text.
_PERSONAL_ID = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", re.IGNORECASE)
# What an identifier may look like: a code name, a login, a UUID, a version. Neither blanks nor capital
# letters, so that a person's name given by mistake is dropped.
_IDENTIFIER = re.compile(r"[a-z0-9_.:/+-]{1,80}")
# Letters and digits that nobody mixes up on the telephone.
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# Of Linux, and of macOS.
_SYSLOG_SOCKETS = (Path("/dev/log"), Path("/var/run/syslog"))

Identifier = str | int | float | bool | UUID | None


class LogSettings(Protocol):
    """The part of the settings that the log needs."""

    @property
    def log_target(self) -> str: ...

    @property
    def log_file(self) -> Path: ...


def start(settings: LogSettings, **context: Identifier) -> None:
    """Send the log where the settings say, each line with `context` (the login, the process).

    A target that cannot be opened is passed over: the work goes on without a log. Libraries' own
    messages are reduced to their origin, because they may quote data.
    """
    handler = _handler(settings)
    handler.setFormatter(_JsonLines(_safe(context)))
    handler.addFilter(_without_personal_ids)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    _logger.setLevel(logging.INFO)


def is_started() -> bool:
    """Tell whether `start` was called in this process."""
    return bool(logging.getLogger().handlers)


def event(name: str, **ids: Identifier) -> None:
    """Log that `name` happened to the things with these ids.

    Values that are no identifiers (capital letters, blanks, long text, anything like a personal
    identity code) are replaced by "dropped".
    """
    _logger.info(name, extra={"ids": _safe(ids)})


def unexpected(error: BaseException, name: str = "unexpected error") -> str:
    """Log the type and the place of `error`, never its message or values, and return a reference to it."""
    mark = reference()
    frames = traceback.extract_tb(error.__traceback__)
    place = [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames[-8:]]
    cause = error.__cause__ or error.__context__
    kinds = {"reference": mark, "type": type(error).__qualname__}
    if cause is not None:
        kinds["cause"] = type(cause).__qualname__
    if state := getattr(error, "sqlstate", None) or getattr(cause, "sqlstate", None):
        kinds["sqlstate"] = str(state)
    _logger.error(name, extra={"ids": kinds, "place": place})
    return mark


def reference() -> str:
    """Return a new short reference such as K7M-2QX, which a person can read out and the log can find."""
    import secrets

    letters = [secrets.choice(_REFERENCE_LETTERS) for _ in range(6)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


class _JsonLines(logging.Formatter):
    def __init__(self, context: Mapping[str, Identifier]) -> None:
        super().__init__()
        self._context = context

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == _NAME
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if ours else f"{record.name}:{record.filename}:{record.lineno}",
            "pid": record.process,
            **self._context,
            **record.__dict__.get("ids", {}),
        }
        if place := record.__dict__.get("place"):
            line["place"] = place
        return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


class _PrivateFile(logging.Handler):
    """Appends whole lines to a file that only its owner may read; follows a file moved by logrotate."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._made_directory = False

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = (self.format(record) + "\n").encode()
            if not self._made_directory:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._made_directory = True
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(self._path, flags, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError:
            pass  # a full disk or a missing right must not stop a counsellor's work


def _handler(settings: LogSettings) -> logging.Handler:
    if settings.log_target == "file":
        return _PrivateFile(settings.log_file)
    if settings.log_target == "syslog":
        return _syslog() or logging.NullHandler()
    return logging.NullHandler()


def _syslog() -> logging.Handler | None:
    from logging.handlers import SysLogHandler

    class Quiet(SysLogHandler):
        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
            """Say nothing: the standard handler would write a traceback over the screen."""

    address = next((path for path in _SYSLOG_SOCKETS if path.exists()), _SYSLOG_SOCKETS[0])
    try:
        handler = Quiet(str(address), facility=SysLogHandler.LOG_USER)
    except OSError:
        return None
    handler.ident = f"{_NAME}: "
    return handler


def _without_personal_ids(record: logging.LogRecord) -> bool:
    return not _PERSONAL_ID.search(record.getMessage())


def _safe(ids: Mapping[str, Identifier]) -> dict[str, Identifier]:
    return {name: _identifier(value) for name, value in ids.items()}


def _identifier(value: Identifier) -> Identifier:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _IDENTIFIER.fullmatch(text) and not _PERSONAL_ID.search(text) else "dropped"
