"""Rows of initial interviews in the caller's transaction, each held for the one who changes it."""

from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.fields import staff_name
from kotoutus_tui.casework.interview import Answer
from kotoutus_tui.errors import Conflict, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from models.interview import Interview, InterviewItem


async def going_on(session: "AsyncSession", client_id: UUID, interview_id: UUID) -> "Interview":
    """Return an interview that is under way; raises NotFound, or Conflict when it is finished."""
    row = await _row(session, client_id, interview_id)
    if row.removed_at is not None:
        raise gone()
    if row.finished_on is not None:
        raise Conflict(
            _("The interview is finished."), _("Open it again with a reason to change it."), ("interview",)
        )
    return row


async def to_be_opened(session: "AsyncSession", client_id: UUID, interview_id: UUID) -> "Interview":
    """Return a finished or removed interview; raises Conflict when another one is under way, or NotFound."""
    row = await _row(session, client_id, interview_id)
    if row.removed_at is None and row.finished_on is None:
        raise gone()
    await none_under_way(session, client_id)
    return row


async def none_under_way(session: "AsyncSession", client_id: UUID) -> None:
    """Raise Conflict when an interview of this client is under way."""
    from sqlmodel import col, select

    from models.interview import Interview

    wanted = select(Interview.id).where(
        Interview.client_id == client_id,
        col(Interview.finished_on).is_(None),
        col(Interview.removed_at).is_(None),
    )
    if (await session.exec(wanted)).first() is not None:
        raise Conflict(
            _("An interview of this client is under way already."), _("Go on with it."), ("interview",)
        )


async def item_of(session: "AsyncSession", client_id: UUID, interview_id: UUID, item: str) -> "InterviewItem":
    """Return the row of one item, a new one when there is none."""
    from sqlmodel import select

    from models.interview import InterviewItem

    await lock_client(session, client_id)
    await going_on(session, client_id, interview_id)
    wanted = select(InterviewItem).where(
        InterviewItem.interview_id == interview_id, InterviewItem.item == item
    )
    row = (await session.exec(wanted)).one_or_none()
    return row or InterviewItem(interview_id=interview_id, client_id=client_id, item=item)


async def answer_of(session: "AsyncSession", row: "InterviewItem") -> Answer:
    """Return what a row holds, with the name of who wrote it."""
    name = await staff_name(session, row.updated_by) or row.updated_by or ""
    return Answer(row.item, row.answer or "", row.source, row.told_on, row.version or 0, name)


async def _row(session: "AsyncSession", client_id: UUID, interview_id: UUID) -> "Interview":
    from models.interview import Interview

    row = await session.get(Interview, interview_id, populate_existing=True)
    if row is None or row.client_id != client_id:
        raise gone()
    return row
