"""The commands of a timeline that write nothing in the box, step by step: tasks, withdrawing, undoing."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kotoutus_tui.casework import calendar_words, timeline
from kotoutus_tui.casework import timeline_commands as commands
from kotoutus_tui.casework.side import Side
from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.i18n import _
from screens import client_forms, client_side
from screens.client_event import EventDialog

if TYPE_CHECKING:
    from screens.client_timeline import ClientTimelineScreen


async def add_task(screen: "ClientTimelineScreen") -> None:
    """Ask for a task and its day."""
    answer = await screen.ask(client_forms.task_form())
    if answer is not None:
        await screen.ready_to_write()
        await commands.add_task(
            screen.desk.db, screen.client_id, answer["title"], answer["due_on"], operation_id=uuid4()
        )
        screen.done(_("Saved."))


async def make_appointment(screen: "ClientTimelineScreen") -> None:
    """Ask for an appointment with the client, and make it."""
    from screens import calendar_steps

    await screen.ready_to_write()
    begun = await calendar_steps.begin(screen, client_id=screen.client_id)
    made = await calendar_steps.make(screen, begun)
    if made is not None:
        screen.done(_("The appointment is made: {when}.").format(when=calendar_words.when(made)))


async def finish_task(screen: "ClientTimelineScreen", side: Side) -> None:
    """Ask which of the open tasks is done."""
    chosen = await screen.ask(client_forms.Choose(_("What is done?"), client_side.tasks(side)))
    if chosen is not None:
        await screen.ready_to_write()
        await commands.finish_task(screen.desk.db, screen.client_id, UUID(chosen), operation_id=uuid4())
        screen.done(_("Saved."))


async def withdraw(screen: "ClientTimelineScreen", event_id: UUID) -> None:
    """Ask why an entry is withdrawn."""
    answer = await screen.ask(client_forms.reason_form(_("Why is it withdrawn?")))
    if answer is not None:
        await screen.ready_to_write()
        await commands.withdraw(
            screen.desk.db, screen.client_id, event_id, answer["reason"], operation_id=uuid4()
        )
        screen.done(_("Marked as withdrawn."))


async def show_entry(screen: "ClientTimelineScreen", event: TimelineEvent) -> None:
    """Show an entry in full, with every text it had."""
    corrections = await timeline.corrections(screen.desk.db, event.id) if event.original is not None else []
    await screen.ask(EventDialog(event, corrections))


async def undo(screen: "ClientTimelineScreen") -> None:
    """Undo this person's last command on the client."""
    await screen.ready_to_write()
    await commands.undo_last(screen.desk.db, screen.client_id, operation_id=uuid4())
    screen.done(_("Undone."))
