"""A table from a CSV or XLSX file, each cell as text; nothing of it is understood yet."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

_DELIMITERS = ";,\t|"
_LARGEST = 64 << 20  # bytes, also of what an XLSX file unpacks to in memory
_UNPACKED = 512 << 20
_ROWS = 100_000
_COLUMNS = 200
_CELL = 1 << 20


@dataclass(frozen=True)
class SourceTable:
    """Headings and rows; a row has its number in the file, as a spreadsheet shows it (the first is 1).

    A cell with a formula or a fault of a spreadsheet begins with "=". `digest` is the SHA-256 of the file.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    digest: str


def read(file: Path) -> SourceTable:
    """Return the first table of a file whose first row that is not empty has the headings.

    CSV may be parted by semicolon, comma, tab or bar, in UTF-8, UTF-16 or Windows-1252. Raises InvalidInput
    when the file cannot be read at all.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise _unusable(_("The file is too large."))
        content = file.read_bytes()
    except OSError:
        raise _unusable(_("The file cannot be read.")) from None
    lines = _xlsx(content) if zipfile.is_zipfile(io.BytesIO(content)) else _csv(content)
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise _unusable(_("The file is empty."))
    return SourceTable(filled[0][1], filled[1:], hashlib.sha256(content).hexdigest())


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    before = csv.field_size_limit(_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for number, cells in enumerate(reader, 1):
            if number > _ROWS or len(cells) > _COLUMNS:
                raise _unusable(_("The file is too large."))
            yield number, cells
    except csv.Error:
        raise _unusable(_("The file is no table of text.")) from None
    finally:
        csv.field_size_limit(before)


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unusable(_("The file is no table of text."))


def _xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from xml.etree.ElementTree import ParseError

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
            raise _unusable(_("The file is too large."))
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > _ROWS or len(row) > _COLUMNS:
                raise _unusable(_("The file is too large."))
            yield number, [_cell(cell.value, cell.data_type) for cell in row]
    except (InvalidFileException, ParseError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        raise _unusable(_("The file is no workbook that can be read.")) from None


def _cell(value: object, kind: str) -> str:
    if value is None:
        return ""
    if kind == "f":
        return "=" + str(value).removeprefix("=")
    if kind == "e":
        return f"={value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unusable(sentence: str) -> InvalidInput:
    return InvalidInput("file", sentence, _("Save it as CSV (UTF-8) or XLSX and try again."))
