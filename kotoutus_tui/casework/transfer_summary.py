"""A client on one page, for the counsellor who takes over; the client must have been opened.

It is a paper between colleagues: no identity code, and nothing of where the client lives.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kotoutus_tui import clock
from kotoutus_tui.casework import side, timeline, transfer_words
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.prints.headings import Words
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.casework.timeline_words import KINDS
from kotoutus_tui.i18n import _, format_date, format_datetime, language_name

if TYPE_CHECKING:
    from uuid import UUID

    from kotoutus_tui.casework.transfers import Step, Transfer
    from kotoutus_tui.database import Database

_LATEST = 5  # events: more would not fit the page


async def summary(db: "Database", transfer: "Transfer", steps: "Sequence[Step]") -> Page:
    """Return the page: who, what is open, what comes, what was promised, what happened lately."""
    header = await timeline.header(db, transfer.client_id)
    beside = await side.side(db, transfer.client_id)
    events = await timeline.page(db, transfer.client_id, limit=_LATEST)
    meetings = await _meetings(db, transfer.client_id)
    language = language_name(header.service_language) if header.service_language else NOTHING
    if header.interpreter_needed:
        language += f", {_('interpreter')}"
    facts = [
        _fact(_("Client"), header.name),
        _fact(_("Transfer"), f"{transfer.from_login or NOTHING} → {transfer.to_login}"),
        _fact(_("Takes effect"), format_date(transfer.effective_on)),
        _fact(_("Language"), language),
    ]
    if header.period_start and header.period_end:
        period = f"{format_date(header.period_start)}–{format_date(header.period_end)}"
        facts.append(_fact(_("Integration period"), period))
    told = [f"{transfer_words.step(each.step)}: {each.note}" for each in steps if each.note]
    tasks = [f"{format_date(each.due_on)} {each.title}" for each in beside.tasks]
    waiting = [f"{format_date(each.since)} {each.text}" for each in beside.referrals]
    latest = [f"{format_date(_day(each))} {_(KINDS[each.kind])}: {_short(each.body)}" for each in events]
    return Page(
        _words(_("Transfer of a client")), _words(_("For colleagues only")), "fi",
        facts=tuple(facts),
        sections=(
            _section(_("To be told"), told),
            _section(_("Open tasks"), tasks),
            _section(_("Coming appointments"), meetings),
            _section(_("Referrals without an answer"), waiting),
            _section(_("Goals"), beside.goals),
            _section(_("Lately"), latest),
        ),
    )  # fmt: skip


async def _meetings(db: "Database", client_id: "UUID") -> list[str]:
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_MEETINGS, [client_id, clock.now()])).fetchall()
    return [
        format_datetime(start) + (f", {interpreter}" if interpreter else "") for start, interpreter in rows
    ]


def _day(event: timeline.TimelineEvent) -> date:
    return event.occurred_at.astimezone(clock.HELSINKI).date()


def _short(text: str) -> str:
    first = text.partition("\n")[0]
    return first if len(first) <= 120 else first[:119] + "…"


def _section(heading: str, lines: Sequence[str]) -> Section:
    return Section(_words(heading), tuple(Block(line) for line in lines))


def _words(text: str) -> Words:
    # In the language of the person who prints: the paper stays in the team.
    return Words(text, "", "fi")


def _fact(heading: str, value: str) -> Fact:
    return Fact(_words(heading), value)


_MEETINGS = """
select a.starts_at, a.interpreter_language
  from app.appointment a join app.appointment_client p on p.appointment_id = a.id and p.removed_at is null
 where p.client_id = %s and a.cancelled_at is null and a.starts_at > %s order by 1 limit 10
"""
