"""Marking what was entered in the national register, the queue of what waits, and the file of one client."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock, private_files
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.register_fields import LABELS, RegisterField, Subject
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

# The mark that a whole assessment, plan or review was confirmed; it is the last of its marks.
WHOLE = "whole"


@dataclass(frozen=True)
class Waiting:
    """How much of a client waits: never begun, begun, and changed after it was confirmed."""

    client_id: UUID
    name: str
    own_counsellor: str | None
    waiting: int
    begun: int
    changed: int


async def queue(db: "Database") -> list[Waiting]:
    """Return the clients of one's list of whom something waits, by name; nothing is opened."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_QUEUE)).fetchall()
    return [Waiting(*row) for row in rows]


async def mark_copied(
    db: "Database", client_id: UUID, subject: Subject, copied: RegisterField, *, operation_id: UUID
) -> None:
    """Mark a field as copied today with the value it has now."""

    async def write(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        await _mark(session, client_id, subject, copied.code, copied.digest, confirmed=False)

    await once(db, operation_id, "register.copy", client_id, None, write)


async def mark_confirmed(db: "Database", client_id: UUID, subject: Subject, *, operation_id: UUID) -> None:
    """Mark all fields of a subject that have a value as entered and checked today."""

    async def write(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        for each in subject.fields:
            if each.value:
                await _mark(session, client_id, subject, each.code, each.digest, confirmed=True)
        await _mark(session, client_id, subject, WHOLE, subject.stamp, confirmed=True)

    await once(db, operation_id, "register.confirm", client_id, None, write)


async def export(db: "Database", directory: Path, subjects: list[Subject]) -> Path:
    """Write all fields as JSON with a text beside it; return the JSON's place.

    The log of use tells of it before. Raises InvalidInput when the directory cannot be written.
    """
    await db.call("log_use", "export", "register", len(subjects))
    place = directory / f"kotoutus-{secrets.token_hex(4)}.json"
    content = [
        {
            "subject": one.kind,
            "date": str(one.day),
            "fields": [
                {"field": each.code, "label": _(LABELS[each.code]), "value": each.value, "state": each.state}
                for each in one.fields
            ],
        }
        for one in subjects
    ]
    try:
        private_files.create(place, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
        private_files.create(place.with_suffix(".txt"), as_text(subjects))
    except OSError:
        raise InvalidInput("", _("The file cannot be written."), _("Check the setting “drop_dir”.")) from None
    return place


def as_text(subjects: list[Subject]) -> str:
    """Return all fields as plain text."""
    parts = [
        "\n\n".join(
            [one.title, *(f"{_(LABELS[each.code])}:\n{each.value}" for each in one.fields if each.value)]
        )
        for one in subjects
    ]
    return "\n\n\n".join(parts) + "\n"


async def _mark(
    session: "AsyncSession", client_id: UUID, subject: Subject, code: str, digest: str, *, confirmed: bool
) -> None:
    from sqlmodel import select

    from models.handover import RegisterMark

    wanted = select(RegisterMark).where(RegisterMark.subject_id == subject.id, RegisterMark.field == code)
    row = (await session.exec(wanted)).one_or_none()
    if row is None:
        row = RegisterMark(
            client_id=client_id, subject=subject.kind, subject_id=subject.id, field=code, digest=digest,
            copied_on=clock.today(),
        )  # fmt: skip
        session.add(row)
        await session.flush()
    if row.digest != digest or not confirmed:
        row.digest, row.copied_on = digest, clock.today()
    row.confirmed_on = (row.confirmed_on or clock.today()) if confirmed else None
    session.add(row)
    await session.flush()


_QUEUE = """
select q.client_id, c.name, s.name, sum(q.waiting)::integer, sum(q.begun)::integer, sum(q.changed)::integer
  from api.register_queue() q
  join app.client c on c.id = q.client_id
  left join app.staff s on s.login = c.own_counsellor
 group by q.client_id, c.name, c.sort_name, s.name
 order by c.sort_name, q.client_id
"""
