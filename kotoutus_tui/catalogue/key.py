"""The key of the catalogue, from the environment or a file that others cannot read; it is never shown."""

import os
import re
import stat
from pathlib import Path

from kotoutus_tui import places
from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import _

_KEY = re.compile(r"[\x21-\x7e]{1,500}")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read() -> str | None:
    """Return the key, None when there is none; raises SetupError when a file is open to others or no key."""
    own, site = places.catalogue_key_files()
    given = os.environ.get(places.CATALOGUE_KEY)
    if given is not None:
        return _checked(given, places.CATALOGUE_KEY)
    # The machine's file may be read by the group of those who use it.
    for file, others in ((own, _OTHERS), (site, stat.S_IRWXO | stat.S_IWGRP)):
        text = _content(file, others)
        if text is not None:
            return _checked(text, str(file))
    return None


def _content(file: Path, others: int) -> str | None:
    try:
        with file.open(encoding="ascii", errors="replace") as opened:
            if os.fstat(opened.fileno()).st_mode & others:
                raise SetupError(
                    _("The file of the catalogue's key can be read by others: {file}.").format(file=file),
                    _("Close it with: chmod 600"),
                )
            return opened.read(1000)
    except FileNotFoundError:
        return None
    except OSError:
        raise SetupError(
            _("The file of the catalogue's key cannot be read: {file}.").format(file=file),
            _("Ask the administrator for the right to read it."),
        ) from None


def _checked(text: str, where: str) -> str | None:
    key = text.strip()
    if key and not _KEY.fullmatch(key):
        raise SetupError(
            _("What stands in {where} is no key of the catalogue.").format(where=where),
            _("The key is one word without blanks."),
        )
    return key or None
