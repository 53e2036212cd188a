"""One's appointments handed over as a file: what is new, what is to be deleted by hand, and a trace of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import private_files
from kotoutus_tui.calendar import ics, titles
from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.calendar.reading import read
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
    check_range(from_on, to_on)
    return arrange(await read(db, from_on, to_on), from_on, to_on, template, everything=everything)


def arrange(
    entries: Sequence[Entry],
    from_on: date,
    to_on: date,
    template: str,
    *,
    everything: bool = False,
    only: UUID | None = None,
) -> Handover:
    """Return the file of these appointments, or of one alone with its series; raises InvalidInput."""
    titles.check(template, entries)
    written: list[Entry] = []
    deleted: list[Entry] = []
    for unit in ics.units(entries):
        if only is not None and only not in {each.id for each in unit}:
            continue
        kept = [each for each in unit if not each.cancelled]
        known = [each for each in unit if each.sent and not each.sent.gone]
        lost = [each for each in known if each.cancelled]
        changed = any(each.is_changed for each in kept) or (bool(lost) and unit[0].series is not None)
        wanted = everything or only is not None or changed
        if wanted:
            written += unit if kept else []
        if wanted or lost:
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


def check_range(from_on: date, to_on: date) -> None:
    """Raise InvalidInput for days the wrong way round, and for too many."""
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
