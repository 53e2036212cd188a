"""A package of HSDS tables: one CSV file for each and datapackage.json, together in a ZIP file."""

import csv
import io
import json
import zipfile

from kotoutus_tui.exchange.export import safe
from kotoutus_tui.partners.interchange.hsds_tables import TABLES, Tables, descriptor

_MADE = (2026, 1, 1, 0, 0, 0)  # the same content is the same file


def as_zip(tables: Tables, language: str) -> bytes:
    """Return the package; no cell is a formula to a spreadsheet program."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        described = json.dumps(descriptor(language), ensure_ascii=False, indent=2)
        parts.writestr(zipfile.ZipInfo("datapackage.json", _MADE), described)
        for name, table in TABLES.items():
            parts.writestr(zipfile.ZipInfo(table.file, _MADE), _csv(tables[name], table.columns))
    return packed.getvalue()


def _csv(rows: list[dict[str, str]], columns: tuple[str, ...]) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(column, "")) for column in columns] for row in rows)
    return written.getvalue()
