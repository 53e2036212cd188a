"""One's appointments handed over as a file: what is new, what is to be deleted by hand, and a trace of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from psycopg.rows import dict_row

from kotoutus_tui import private_files
from kotoutus_tui.calendar import ics, titles
from kotoutus_tui.calendar.entry import Entry, Person, Sent, Series
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

LONGEST_RANGE = 731  # days


@dataclass(frozen=True)
class Handover:
    """What a file would hold: `count` appointments in `content`, empty when there is nothing to write.

    `to_delete` are the moments at which Outlook holds what no longer is so: cancelled and changed ones,
    which a file cannot take away. `written` and `deleted` are remembered by `deliver`.
    """

    from_on: date
    to_on: date
    template: str
    content: bytes
    count: int
    to_delete: Sequence[datetime]
    written: Sequence[Entry]
    deleted: Sequence[Entry]


async def prepare(
    db: "Database", from_on: date, to_on: date, template: str = "busy", *, everything: bool = False
) -> Handover:
    """Return the file of one's appointments on these days, both included; raises InvalidInput.

    What was handed over before and has not changed stays out, unless `everything` is wanted: Outlook would
    hold it twice. A series with a day in the range goes in whole.
    """
    _check(from_on, to_on)
    entries = await _read(db, from_on, to_on)
    titles.check(template, entries)
    written: list[Entry] = []
    deleted: list[Entry] = []
    for unit in ics.units(entries):
        kept = [each for each in unit if not each.cancelled]
        known = [each for each in unit if each.sent and not each.sent.gone]
        lost = [each for each in known if each.cancelled]
        changed = any(each.is_changed for each in kept) or (bool(lost) and unit[0].series is not None)
        if everything or changed:
            written += unit if kept else []
        if everything or changed or lost:
            deleted += known
    content, count = ics.as_ics(written, template)
    moments = sorted(each.sent.starts_at for each in deleted if each.sent)
    return Handover(from_on, to_on, template, content, count, moments, written, deleted)


async def deliver(db: "Database", handover: Handover, file: Path) -> None:
    """Write the file, for its owner alone; raises InvalidInput when that cannot be done.

    That it was done stands in the log of use before the file is there; what Outlook has then is remembered.
    """
    from models.appointment import CalendarExport

    template = "text" if handover.template.startswith(titles.OWN) else handover.template
    if handover.count:
        await db.call("log_use", "export", "calendar", handover.count)
        async with db.writing(uuid4(), "calendar.export") as session:
            session.add(
                CalendarExport(
                    route="file", template=template, from_on=handover.from_on, to_on=handover.to_on,
                    appointments=handover.count,
                )
            )  # fmt: skip
        _write(file, handover.content)
    await _remember(db, handover)


def _check(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise InvalidInput("to", _("The last day is before the first."), _("Write the days again."))
    if (to_on - from_on).days > LONGEST_RANGE:
        raise InvalidInput("to", _("At most two years can be exported at once."), _("Choose fewer days."))


def _write(file: Path, content: bytes) -> None:
    try:
        private_files.create(file, content.decode("utf-8"))
    except FileExistsError:
        raise InvalidInput("file", _("There is such a file already."), _("Choose another name.")) from None
    except OSError:
        raise InvalidInput(
            "file", _("The file cannot be written."), _("Check the setting “drop_dir”.")
        ) from None


async def _remember(db: "Database", handover: Handover) -> None:
    from sqlalchemy.dialects.postgresql import insert
    from sqlmodel import text

    from models.appointment import CalendarSent

    gone = {each.id for each in handover.deleted if each.cancelled}
    rows: list[dict[str, Any]] = [
        {
            "appointment_id": each.id, "route": "file", "sequence": each.sequence,
            "starts_at": each.starts_at, "gone": each.id in gone,
        }
        for each in {each.id: each for each in (*handover.written, *handover.deleted)}.values()
        if not each.cancelled or each.id in gone
    ]  # fmt: skip
    if not rows:
        return
    async with db.writing(uuid4(), "calendar.sent") as session:
        wanted = insert(CalendarSent).values(rows)
        new = {name: wanted.excluded[name] for name in ("sequence", "starts_at", "gone")}
        await session.exec(  # type: ignore[call-overload]
            wanted.on_conflict_do_update(
                index_elements=["login", "appointment_id", "route"], set_=new | {"sent_at": text("now()")}
            )
        )


async def _read(db: "Database", from_on: date, to_on: date) -> list[Entry]:
    first = datetime.combine(from_on, time(), HELSINKI)
    after = datetime.combine(to_on + timedelta(days=1), time(), HELSINKI)
    async with db.reading_fast() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_STATEMENT, {"first": first, "after": after})
        return [_entry(row) for row in await cursor.fetchall()]


def _entry(row: dict[str, Any]) -> Entry:
    series = None
    if row["series_id"] is not None:
        series = Series(
            row["series_id"],
            row["frequency"],
            row["every"],
            row["weekdays"],
            row["series_start"],
            row["times"],
        )
    sent = None
    if row["sent_sequence"] is not None:
        sent = Sent(row["sent_sequence"], row["sent_start"], row["gone"])
    return Entry(
        row["id"], row["kind"], row["mode"], row["room"], row["starts_at"], row["ends_at"], row["sequence"],
        row["updated_at"], row["cancelled"], series, row["original_start"],
        tuple(Person(**each) for each in row["people"]), sent,
    )  # fmt: skip


_STATEMENT = """
    with mine as (
        select a.*, s.sequence as sent_sequence, s.starts_at as sent_start, s.gone
          from app.appointment a
          left join app.calendar_sent s
            on s.appointment_id = a.id and s.login = session_user and s.route = 'file'
         where a.counsellor = session_user
    ), wanted as (
        select coalesce(m.series_id, m.id) as unit from mine m
         where (m.starts_at < %(after)s and m.starts_at >= %(first)s)
            or (m.sent_start < %(after)s and m.sent_start >= %(first)s)
    )
    select m.id, m.kind, m.mode, m.room, m.starts_at, m.ends_at, m.sequence, m.updated_at,
           m.cancelled_at is not null as cancelled, m.series_id, m.original_start, r.frequency, r.every,
           r.weekdays, r.starts_at as series_start, r.times, m.sent_sequence, m.sent_start, m.gone,
           coalesce((
             select jsonb_agg(jsonb_build_object('given', coalesce(n.given, ''), 'family',
                              coalesce(n.family, ''), 'number', coalesce(c.external_id, ''), 'protected',
                              c.protected) order by c.id)
               from app.appointment_client p
               join app.client c on c.id = p.client_id
               left join app.client_name n
                 on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null
              where p.appointment_id = m.id and p.removed_at is null
           ), '[]') as people
      from mine m
      left join app.appointment_series r on r.id = m.series_id
     where coalesce(m.series_id, m.id) in (select unit from wanted)
     order by m.starts_at, m.id
"""
