"""What the database knows of a person's Outlook: the mailbox, the events there, and what waits."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.outlook.problems import busy_elsewhere, not_signed_in

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent, OutlookJob, OutlookMailbox

_CLAIM = timedelta(seconds=30)
_RENEWED_EVERY = 10.0  # seconds
_LONGEST_PAUSE = 3600  # seconds


class Rows:
    """Reads and writes a person's own rows; every write is committed at once."""

    def __init__(self, db: "Database") -> None:
        self._db = db
        self._turn = asyncio.Lock()

    async def mailbox(self) -> "OutlookMailbox | None":
        """Return the mailbox that is pushed to."""
        from sqlmodel import col, select, text

        from models.outlook import OutlookMailbox

        async with self._db.reading() as session:
            wanted = select(OutlookMailbox).where(col(OutlookMailbox.login) == text("session_user"))
            return (await session.exec(wanted)).one_or_none()

    async def needed_mailbox(self) -> "OutlookMailbox":
        """Return the mailbox that is pushed to; raises NotAllowed when nobody signed in yet."""
        found = await self.mailbox()
        if found is None:
            raise not_signed_in()
        return found

    async def set_mailbox(self, **values: Any) -> None:
        """Make or change the row of the mailbox; other columns stay."""
        from sqlalchemy.dialects.postgresql import insert
        from sqlmodel import col, text, update

        from models.outlook import OutlookMailbox

        async with self._turn, self._db.bookkeeping() as session:
            if {"mailbox", "template", "language"} <= set(values):
                made = insert(OutlookMailbox).values(**values)
                await session.exec(made.on_conflict_do_update(index_elements=["login"], set_=values))  # type: ignore[call-overload]
            else:
                mine = col(OutlookMailbox.login) == text("session_user")
                await session.exec(update(OutlookMailbox).where(mine).values(**values))

    @asynccontextmanager
    async def claimed(self) -> AsyncGenerator[None]:
        """Be the one session of this person that sends; raises Unreachable when another is sending now.

        A session that died lets go after half a minute.
        """
        me = uuid4()
        if not await self._claim(me):
            raise busy_elsewhere()
        renewing = asyncio.create_task(self._keep_claim(me))
        try:
            yield
        finally:
            renewing.cancel()
            await self.set_mailbox(claimed_until=None, claimed_by=None)

    async def _keep_claim(self, me: UUID) -> None:
        while True:
            await asyncio.sleep(_RENEWED_EVERY)
            await self._claim(me)

    async def _claim(self, me: UUID) -> bool:
        from sqlmodel import col, func, or_, text, update

        from models.outlook import OutlookMailbox

        until = col(OutlookMailbox.claimed_until)
        free = or_(until.is_(None), until < func.clock_timestamp(), col(OutlookMailbox.claimed_by) == me)
        async with self._turn, self._db.bookkeeping() as session:
            done = await session.exec(
                update(OutlookMailbox)
                .where(col(OutlookMailbox.login) == text("session_user"), free)
                .values(claimed_by=me, claimed_until=func.clock_timestamp() + _CLAIM)
            )
            return done.rowcount == 1

    async def waiting(self, most: int | None = None, *, due: bool = True) -> Sequence["OutlookJob"]:
        """Return what is to be sent, the oldest first; with `due` what may be sent now."""
        from sqlmodel import col, func, or_, select, text

        from models.outlook import OutlookJob

        wanted = select(OutlookJob).where(
            col(OutlookJob.login) == text("session_user"), col(OutlookJob.done_at).is_(None)
        )
        if due:
            later = col(OutlookJob.not_before)
            wanted = wanted.where(or_(later.is_(None), later <= func.clock_timestamp()))
        wanted = wanted.order_by(col(OutlookJob.created_at), col(OutlookJob.id))
        async with self._db.reading() as session:
            return (await session.exec(wanted.limit(most) if most else wanted)).all()

    async def finish(self, job: "OutlookJob") -> None:
        """Take a job as done, unless the appointment was changed again meanwhile."""
        await self._set_job(job, done_at=clock.now(), problem=None)

    async def put_off(self, job: "OutlookJob", problem: str) -> None:
        """Leave a job for later, each time longer; the problem is a code."""
        pause = min(_LONGEST_PAUSE, 60 * 2**job.tries)
        later = clock.now() + timedelta(seconds=pause)
        await self._set_job(job, not_before=later, tries=job.tries + 1, problem=problem[:60])

    async def _set_job(self, job: "OutlookJob", **values: Any) -> None:
        from sqlmodel import col, update

        from models.outlook import OutlookJob

        same = (col(OutlookJob.id) == job.id, col(OutlookJob.generation) == job.generation)
        async with self._turn, self._db.bookkeeping() as session:
            await session.exec(update(OutlookJob).where(*same).values(**values))

    async def again(self, unit_id: UUID) -> None:
        """Let an appointment or a series wait to be sent once more."""
        from sqlmodel import col, update

        from models.outlook import OutlookJob

        async with self._turn, self._db.bookkeeping() as session:
            await session.exec(
                update(OutlookJob)
                .where(col(OutlookJob.unit_id) == unit_id)
                .values(done_at=None, not_before=None, problem=None)
            )

    async def events(self, units: Iterable[UUID] | None = None) -> Sequence["OutlookEvent"]:
        """Return the events of these units, or all."""
        from sqlmodel import col, select, text

        from models.outlook import OutlookEvent

        wanted = select(OutlookEvent).where(col(OutlookEvent.login) == text("session_user"))
        if units is not None:
            wanted = wanted.where(col(OutlookEvent.unit_id).in_(list(units)))
        async with self._db.reading() as session:
            return (await session.exec(wanted.order_by(col(OutlookEvent.starts_at)))).all()

    async def add(self, events: Sequence[dict[str, Any]]) -> None:
        """Note that these events are about to be made, before they are."""
        from sqlalchemy.dialects.postgresql import insert

        from models.outlook import OutlookEvent

        if events:
            async with self._turn, self._db.bookkeeping() as session:
                made = insert(OutlookEvent).values(list(events))
                await session.exec(made.on_conflict_do_nothing())  # type: ignore[call-overload]

    async def note(self, event: "OutlookEvent", **values: Any) -> None:
        """Write what became of an event, in the database and in `event`."""
        from sqlmodel import col, update

        from models.outlook import OutlookEvent

        async with self._turn, self._db.bookkeeping() as session:
            await session.exec(update(OutlookEvent).where(col(OutlookEvent.id) == event.id).values(**values))
        for name, value in values.items():
            setattr(event, name, value)

    async def tell_use(self, mailbox: "OutlookMailbox", many: int) -> None:
        """Write into the log of use that so many appointments go to this mailbox."""
        from kotoutus_tui.calendar.titles import OWN
        from models.appointment import CalendarExport

        template = "text" if mailbox.template.startswith(OWN) else mailbox.template
        await self._db.call("log_use", "export", "outlook", many)
        async with self._turn, self._db.bookkeeping() as session:
            session.add(
                CalendarExport(
                    route="outlook", template=template, mailbox=mailbox.mailbox, appointments=many
                )
            )  # fmt: skip
