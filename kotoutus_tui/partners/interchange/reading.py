"""Reads a file of partners, whatever it is: a package or page of HSDS, cards, or a table."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.values import unmarked
from kotoutus_tui.i18n import LANGUAGES, _
from kotoutus_tui.partners.interchange import hsds_in, hsds_json, table_in, vcard_in
from kotoutus_tui.partners.interchange.hsds_json import Lines
from kotoutus_tui.partners.interchange.hsds_tables import TABLES
from kotoutus_tui.partners.interchange.incoming import Incoming

_LARGEST, _UNPACKED, _ROWS = 64 << 20, 256 << 20, 200_000


def read(file: Path, mapping: dict[str, str] | None = None, language: str | None = None) -> Incoming:
    """Return what the file says; `mapping` names the columns of a table by further headings.

    `language` is that of the texts of HSDS, by default what the file says of itself, else Finnish.
    Raises InvalidInput when the file is of no known kind or has nothing in it.
    """
    content = _content(file)
    digest = hashlib.sha256(content).hexdigest()
    if zipfile.is_zipfile(io.BytesIO(content)) and (lines := _package(content)) is not None:
        found = hsds_in.read(lines[0], language or lines[1])
    elif content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        page = _page(content)
        found = hsds_in.read(hsds_json.flat(page), language or _language(page))
    elif content.lstrip(b"\xef\xbb\xbf \r\n\t")[:11].upper() == b"BEGIN:VCARD":
        found = vcard_in.read(_text(content))
    else:
        found = table_in.read(file, mapping)
    found.digest = digest
    if not found.count and not found.remarks:
        raise InvalidInput(
            "file",
            _("The file has no organisations, services or contact persons."),
            _("Choose another file."),
        )
    return found


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise InvalidInput("file", _("The file is too large."), _("Divide it and read the parts in."))
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("file", _("The file cannot be read."), _("Check its name and place.")) from None
    if not content.strip():
        raise InvalidInput("file", _("The file is empty."), _("Choose another file."))
    return content


def _package(content: bytes) -> tuple[Lines, str] | None:
    """Return the tables and the language of a package; None when the ZIP is a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = {Path(name).name: name for name in parts.namelist() if not name.startswith("__MACOSX")}
            if "[Content_Types].xml" in names:
                return None
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise InvalidInput("file", _("The file is too large."), _("Divide it and read the parts in."))
            lines: Lines = {name: [] for name in TABLES}
            for name, table in TABLES.items():
                inside = names.get(table.file) or names.get(f"{name}.csv")
                if inside is not None:
                    lines[name] = _lines(_text(parts.read(inside)))
            described: dict[str, Any] = {}
            if "datapackage.json" in names:
                described = _page(parts.read(names["datapackage.json"]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise InvalidInput("file", _("The package cannot be unpacked."), _("Fetch it again.")) from None
    if not lines["organization"] and not lines["service"]:
        raise InvalidInput(
            "file", _("The package has no organisations and no services."), _("It must be a package of HSDS.")
        )
    return lines, _language(described)


def _lines(text: str) -> list[tuple[int, dict[str, str]]]:
    before = csv.field_size_limit(1 << 20)
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        raise InvalidInput("file", _("The file is no table of text."), _("Fetch it again.")) from None
    finally:
        csv.field_size_limit(before)
    if len(rows) > _ROWS:
        raise InvalidInput("file", _("The file is too large."), _("Divide it and read the parts in."))
    headings = [heading.strip() for heading in rows[0]] if rows else []
    return [
        (number, {name: _cell(cell) for name, cell in zip(headings, row, strict=False)})
        for number, row in enumerate(rows[1:], 2)
        if any(row)
    ]


def _cell(text: str) -> str:
    try:
        return unmarked(text.strip())
    except InvalidInput:
        return ""


def _page(content: bytes) -> dict[str, Any]:
    try:
        found: object = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidInput("file", _("The file is no JSON that can be read."), _("Fetch it again.")) from None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {"contents": found}


def _language(described: Mapping[str, Any]) -> str:
    language = described.get("language")
    return language if isinstance(language, str) and language in LANGUAGES else "fi"


def _text(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("file", _("The file is no table of text."), _("Save it as UTF-8 and try again."))
