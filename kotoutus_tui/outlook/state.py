"""Turning the push on and off, and how it stands: whose mailbox, what waits, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kotoutus_tui.calendar import titles
from kotoutus_tui.i18n import current_language
from kotoutus_tui.outlook import tokens
from kotoutus_tui.outlook.graph import Graph
from kotoutus_tui.outlook.rows import Rows
from kotoutus_tui.outlook.setup import Setup

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent, OutlookJob, OutlookMailbox


@dataclass(frozen=True)
class State:
    """How the push stands; `to_remove` are events that go from Outlook and are not confirmed as gone."""

    signed_in: bool
    mailbox: "OutlookMailbox | None"
    waiting: "Sequence[OutlookJob]"
    sent: "Sequence[OutlookEvent]"
    asked: "Sequence[OutlookEvent]"


async def read(db: "Database", setup: Setup) -> State:
    """Return how it stands, without asking Outlook."""
    rows = Rows(db)
    events = await rows.events()
    return State(
        setup.is_app or tokens.exist(setup.keys),
        await rows.mailbox(),
        await rows.waiting(due=False),
        [each for each in events if each.event_id and each.removed_at is None],
        [each for each in events if each.theirs is not None],
    )


async def turn_on(db: "Database", setup: Setup, template: str) -> int:
    """Let every appointment to come wait for the mailbox one signed in to; return how many wait.

    Raises InvalidInput for a template that does not exist, else as a push does.
    """
    titles.check(template, ())
    async with Graph(setup) as graph:
        address = await graph.mailbox()
    await Rows(db).set_mailbox(mailbox=address, template=template, language=current_language(), active=True)
    return int(await db.call("outlook_all_due"))


async def set_template(db: "Database", template: str) -> None:
    """Let colleagues see another title; what is in Outlook waits to be changed. Raises InvalidInput."""
    titles.check(template, ())
    await Rows(db).set_mailbox(template=template, language=current_language())
    await db.call("outlook_all_due")


async def turn_off(db: "Database", *, removing: bool) -> int:
    """Let nothing wait any more and return how many events are to be taken away by a push.

    With `removing` everything that was pushed goes; the tokens are forgotten by `forget` after that.
    """
    rows = Rows(db)
    await rows.set_mailbox(active=False, delta_link=None)
    return int(await db.call("outlook_all_due")) if removing else 0


def forget(setup: Setup) -> None:
    """Forget the tokens of this person."""
    tokens.forget(setup.keys)
