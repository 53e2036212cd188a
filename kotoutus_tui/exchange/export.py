"""The clients of one's list as a file with the columns that an import reads."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# What a list shows without opening a client; contact data and private facts are never among them.
COLUMNS = (
    "external_id", "family", "given", "patronymic", "own_script_name", "previous_name", "service_language",
    "interpreter_needed", "period_start", "period_end", "review_due", "phase", "own_counsellor",
)  # fmt: skip
# A cell that begins so is a formula to a spreadsheet program; an import takes the mark away again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def read(db: "Database") -> Sequence[Sequence[str]]:
    """Return one row of COLUMNS for each client this person may list, by name; the log of use tells how many.

    The entry in the log is committed before a row is returned.
    """
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_STATEMENT)).fetchall()
    await db.call("log_use", "export", "clients", len(rows))
    return [["" if value is None else str(value) for value in row] for row in rows]


def as_csv(rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """Return CSV parted by semicolons, as Finnish spreadsheets expect, in which no cell is a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet program computes."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


_STATEMENT = """
    select c.external_id, n.family, n.given, n.patronymic, own.name, previous.name, c.service_language,
           case when c.interpreter_needed then 'yes' else 'no' end, c.period_start, c.period_end,
           c.review_due, c.phase, c.own_counsellor
      from app.client c
      left join app.client_name n on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null
      left join lateral (
        select concat_ws(', ', o.family, o.given) as name from app.client_name o
         where o.client_id = c.id and o.kind = 'own_script' and o.removed_at is null
         order by o.id desc limit 1
      ) own on true
      left join lateral (
        select concat_ws(', ', o.family, o.given) as name from app.client_name o
         where o.client_id = c.id and o.kind = 'previous' and o.removed_at is null
         order by o.id desc limit 1
      ) previous on true
     -- Whom one sees as a deputy is in no list of one's own.
     where c.own_counsellor = session_user
        or not exists (select from app.staff s where s.login = session_user and s.role = 'counsellor')
     order by c.sort_name, c.id
"""
