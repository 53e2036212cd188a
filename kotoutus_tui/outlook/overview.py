"""What a person sees of the push: what was changed in Outlook, what waits and what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from kotoutus_tui.outlook import reading, state
from kotoutus_tui.outlook.setup import Setup

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent

Kind = Literal["asked", "waits", "goes", "sent"]


@dataclass(frozen=True)
class Line:
    """An appointment or a series; `there` is when Outlook has it, None when it was deleted there.

    Of what `waits`, `problem` is Microsoft's code for why it was refused; what `goes` is to be taken away.
    """

    kind: Kind
    id: UUID
    starts_at: datetime
    series: bool
    there: datetime | None = None
    problem: str = ""


@dataclass(frozen=True)
class Overview:
    """How the push stands; an empty `mailbox` means that nobody signed in yet."""

    signed_in: bool
    active: bool
    mailbox: str
    template: str
    lines: Sequence[Line]

    def of(self, *kinds: Kind) -> int:
        """Return how many lines are of these kinds."""
        return sum(each.kind in kinds for each in self.lines)


async def read(db: "Database", setup: Setup) -> Overview:
    """Return how it stands, without asking Outlook."""
    found = await state.read(db, setup)
    ids = [each.unit_id for each in found.waiting]
    entries = await reading.units(db, ids) if ids else {}
    held: dict[UUID, OutlookEvent] = {each.unit_id: each for each in found.sent}
    lines = [_asked(each) for each in found.asked]
    for job in found.waiting:
        kept = [each for each in entries[job.unit_id] if not each.cancelled]
        event = held.get(job.unit_id)
        if kept:
            problem = job.problem or ""
            lines.append(
                Line("waits", job.unit_id, kept[0].starts_at, kept[0].series is not None, None, problem)
            )
        elif event is not None:
            lines.append(Line("goes", job.unit_id, event.starts_at, event.series))
    lines += [
        Line("sent", each.id, each.starts_at, each.series)
        for each in found.sent
        if each.theirs is None and each.unit_id not in entries
    ]
    # By kind as they stand, and by day within a kind.
    kinds = ("asked", "waits", "goes", "sent")
    lines.sort(key=lambda line: (kinds.index(line.kind), line.starts_at))
    mailbox = found.mailbox
    return Overview(
        found.signed_in,
        mailbox is not None and mailbox.active,
        mailbox.mailbox if mailbox else "",
        mailbox.template if mailbox else "busy",
        lines,
    )


def _asked(event: "OutlookEvent") -> Line:
    theirs = event.theirs or {}
    here = datetime.fromisoformat(theirs["original"]) if theirs.get("original") else event.starts_at
    there = datetime.fromisoformat(theirs["starts_at"]) if "starts_at" in theirs else None
    return Line("asked", event.id, here, event.series, there)
