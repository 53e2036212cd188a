"""Beginning an initial interview and saving it item by item; each command can be repeated safely.

The client must have been opened. The same `operation_id` given twice has one effect.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import Value, lock_client
from kotoutus_tui.casework.fields import read_back, stored, write_row
from kotoutus_tui.casework.interview import Answer
from kotoutus_tui.casework.interview_rows import answer_of, going_on, item_of, none_under_way
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, clean_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.interview import InterviewItem

_DAYS = ("held_on", "told_on")
FACTS = ("held_on", "language", "interpreter", "place", "place_reason")


class AnswerConflict(Conflict):
    """Somebody else answered the same item meanwhile; `theirs` stands now and nothing was written."""

    def __init__(self, theirs: Answer) -> None:
        super().__init__(
            _("Somebody else answered the same item meanwhile."),
            _("Choose which text stands."),
            (theirs.item,),
        )
        self.theirs = theirs


async def begin(db: "Database", client_id: UUID, *, operation_id: UUID) -> None:
    """Begin an interview today in the client's language of contact, at the office.

    A new client's phase becomes assessment, and the assessment of section 14 begins unless it has begun.
    Raises Conflict when an interview is under way already.
    """
    from models.base import new_id

    interview_id = new_id()
    inverse = {"interview_begin": str(interview_id)}

    async def add(session: "AsyncSession") -> None:
        from models.client_status import ClientStatus
        from models.interview import Interview

        client = await lock_client(session, client_id)
        await none_under_way(session, client_id)
        today = clock.today()
        session.add(
            Interview(
                id=interview_id, client_id=client_id, held_on=today, language=client.service_language,
                place="office",
            )
        )  # fmt: skip
        if client.phase == "new":
            client.phase = "assessment"
            session.add(client)
        status = await session.get(ClientStatus, client_id, populate_existing=True)
        if status is not None and status.assessment_started_on is None:
            status.assessment_started_on = today
            session.add(status)
        await session.flush()

    await once(db, operation_id, "interview.begin", client_id, inverse, add)


async def change_facts(
    db: "Database",
    client_id: UUID,
    interview_id: UUID,
    seen: Mapping[str, Value],
    wanted: Mapping[str, Value],
    *,
    operation_id: UUID,
) -> None:
    """Write the FACTS of `wanted` that differ from `seen`.

    Raises FieldConflict as client_details.change does, and InvalidInput; section 4(3) of the decree wants
    a weighty reason for another place than an office.
    """
    mine = {
        name: clean_line(value, name) if isinstance(value, str) else value for name, value in wanted.items()
    }
    mine = {name: value or None for name, value in mine.items() if (value or None) != seen.get(name)}
    if not mine:
        return
    _check({**seen, **mine}, mine)
    before = {name: seen.get(name) for name in mine}
    inverse = {"interview_facts": {"id": str(interview_id), "before": stored(before), "after": stored(mine)}}

    async def write(session: "AsyncSession") -> None:
        await _write_facts(session, client_id, interview_id, before, mine)

    await once(db, operation_id, "interview.facts", client_id, inverse, write)


async def save_answer(
    db: "Database",
    client_id: UUID,
    interview_id: UUID,
    seen: Answer,
    text: str,
    source: str | None,
    *,
    operation_id: UUID,
    tried: Collection[str] = (),
) -> None:
    """Save the answer to `seen.item`; `seen` is what the person began from.

    `source` is one of models.event.SOURCES. `tried` are texts of earlier attempts that may have been
    saved unseen. Raises AnswerConflict when somebody else answered meanwhile, InvalidInput for a text
    that cannot be kept.
    """
    from models.safe_text import PROSE_LIMIT

    mine = clean_prose(text, "answer")
    if len(mine) > PROSE_LIMIT:
        raise InvalidInput(
            "answer",
            _("The text has {count} characters; {most} fit.").format(count=len(mine), most=PROSE_LIMIT),
            _("Shorten it and save again."),
        )
    if (mine, source) == (seen.text, seen.source):
        return
    values = {"answer": mine or None, "source": source if mine else None}
    inverse = _inverse(interview_id, seen, values)

    async def write(session: "AsyncSession") -> None:
        row = await item_of(session, client_id, interview_id, seen.item)
        known = {mine, seen.text, *(each.strip() for each in tried)}
        if (row.version or 0) != seen.version and (row.answer or "") not in known:
            raise AnswerConflict(await answer_of(session, row))
        await _write_item(session, row, values)

    await once(db, operation_id, "interview.answer", client_id, inverse, write)


async def tell(
    db: "Database",
    client_id: UUID,
    interview_id: UUID,
    seen: Answer,
    told_on: date | None,
    *,
    operation_id: UUID,
) -> None:
    """Mark on which day the client was told `seen.item`; None takes the mark away. Raises InvalidInput."""
    if told_on is not None and told_on > clock.today():
        raise InvalidInput("told_on", _("The day is in the future."))
    if told_on == seen.told_on:
        return
    inverse = _inverse(interview_id, seen, {"told_on": told_on})

    async def write(session: "AsyncSession") -> None:
        row = await item_of(session, client_id, interview_id, seen.item)
        if row.told_on not in (seen.told_on, told_on):
            raise AnswerConflict(await answer_of(session, row))
        await _write_item(session, row, {"told_on": told_on})

    await once(db, operation_id, "interview.told", client_id, inverse, write)


async def undo_begin(session: "AsyncSession", client_id: UUID, value: str) -> None:
    """Undo the beginning in the caller's transaction; raises Conflict once something was answered."""
    from sqlmodel import col, or_, select

    from models.interview import InterviewItem

    client = await lock_client(session, client_id)
    interview = await going_on(session, client_id, UUID(value))
    answered = select(InterviewItem.id).where(
        InterviewItem.interview_id == interview.id,
        or_(col(InterviewItem.answer).is_not(None), col(InterviewItem.told_on).is_not(None)),
    )
    if (await session.exec(answered)).first() is not None:
        raise Conflict(_("Something was answered in the interview already."), "", ("interview",))
    interview.removed_at = clock.now()
    session.add(interview)
    if client.phase == "assessment":
        client.phase = "new"
        session.add(client)


async def restore_facts(session: "AsyncSession", client_id: UUID, value: Mapping[str, Any]) -> None:
    """Undo a change of facts in the caller's transaction."""
    seen, wanted = read_back(value["after"], _DAYS), read_back(value["before"], _DAYS)
    await _write_facts(session, client_id, UUID(value["id"]), seen, wanted)


async def restore_item(session: "AsyncSession", client_id: UUID, value: Mapping[str, Any]) -> None:
    """Undo a change of one item in the caller's transaction; raises AnswerConflict when it changed since."""
    row = await item_of(session, client_id, UUID(value["id"]), value["item"])
    after, before = read_back(value["after"], _DAYS), read_back(value["before"], _DAYS)
    if any(getattr(row, name) != was for name, was in after.items()):
        raise AnswerConflict(await answer_of(session, row))
    await _write_item(session, row, before)


async def _write_facts(
    session: "AsyncSession",
    client_id: UUID,
    interview_id: UUID,
    seen: Mapping[str, Value],
    mine: Mapping[str, Value],
) -> None:
    await lock_client(session, client_id)
    interview = await going_on(session, client_id, interview_id)
    write_row(session, interview, seen, mine)


async def _write_item(session: "AsyncSession", row: "InterviewItem", values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    await session.flush()


def _inverse(interview_id: UUID, seen: Answer, values: Mapping[str, Any]) -> dict[str, Any]:
    known = {"answer": seen.text or None, "source": seen.source, "told_on": seen.told_on}
    before = {name: known[name] for name in values}
    return {
        "interview_item": {
            "id": str(interview_id), "item": seen.item, "before": stored(before), "after": stored(values),
        }
    }  # fmt: skip


def _check(after: Mapping[str, Value], mine: Mapping[str, Value]) -> None:
    held_on = mine.get("held_on")
    if isinstance(held_on, date) and held_on > clock.today():
        raise InvalidInput("held_on", _("The day is in the future."))
    if after.get("place") not in (None, "office") and not after.get("place_reason"):
        raise InvalidInput(
            "place_reason",
            _("Another place than an office needs a weighty reason (section 4 of decree 869/2024)."),
        )
