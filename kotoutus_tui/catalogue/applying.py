"""Taking what was chosen of a preview into the own network: all of it at once, or nothing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.catalogue.changes import changes_of
from kotoutus_tui.catalogue.choices import Choices, left, taken
from kotoutus_tui.catalogue.comparing import Item, Kind, Preview
from kotoutus_tui.catalogue.records import Fetched
from kotoutus_tui.errors import Conflict
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Remember = Callable[["AsyncSession", Fetched], Awaitable[None]]


@dataclass(frozen=True)
class Applied:
    """What was taken in, and how much is left for the next time."""

    taken: Sequence[Item]
    left: int

    def count(self, *kinds: Kind) -> int:
        """Return how many of these kinds were taken in."""
        return sum(each.kind in kinds for each in self.taken)


async def apply(
    db: "Database", preview: Preview, choices: Choices, remember: Remember, *, operation_id: UUID
) -> Applied:
    """Write what is taken in one transaction; it can be undone like any change of the network.

    `remember` notes in the same transaction how far the catalogue was taken in, and nothing of a run
    without an id: the next run asks from there, but from no later than what was left. Raises Conflict
    when somebody changed the same since the preview; then nothing was written.
    """
    today = clock.today()
    chosen, remaining = taken(preview, choices), left(preview, choices)
    changes = changes_of(preview, choices, today)
    run = _until(preview.fetched, remaining)

    async def first(session: "AsyncSession") -> None:
        # Whoever comes as the second waits here for the first, and then sees what that took in.
        await remember(session, run or Fetched(""))
        await _nobody_else(session, chosen)

    if changes or run is not None:
        await edits.write(
            db, "catalogue.apply", changes, operation_id=operation_id, first=first,
            catalogue_run=preview.fetched.run_id,
        )  # fmt: skip
    return Applied(chosen, len(remaining))


def _until(fetched: Fetched, remaining: Sequence[Item]) -> Fetched | None:
    """Return the run as if it had ended before what was left; None to ask again from where it began."""
    if fetched.missing:
        return None
    days = [getattr(each.record, "published_at", None) for each in remaining]
    if not days:
        return fetched
    if any(day is None for day in days):
        return None
    return replace(fetched, newest=min(day for day in [*days, fetched.newest] if day is not None))


async def _nobody_else(session: "AsyncSession", chosen: Sequence[Item]) -> None:
    """Raise Conflict when somebody else has taken in one of those that were new."""
    from sqlmodel import col, select

    from models.directory import Organisation, Service

    for table, service in ((Organisation, False), (Service, True)):
        new = [each.external_id for each in chosen if each.own is None and each.is_service is service]
        there = select(table.id).where(col(table.external_id).in_(new), col(table.removed_at).is_(None))
        if new and (await session.exec(there.limit(1))).first() is not None:
            raise Conflict(
                _("Somebody else took in the same meanwhile."), _("What is offered was compared anew.")
            )
