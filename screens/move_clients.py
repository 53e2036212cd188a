"""Moving clients to another counsellor and back, for the lead: whom to, why, and what could not be done."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import team, transfers
from kotoutus_tui.casework.team import Counsellor, Move, Moved
from kotoutus_tui.casework.transfers import Along
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import keys, safe
from screens.dialog import Confirm, Dialog
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values

if TYPE_CHECKING:
    from kotoutus_tui.casework.undo_moves import Done
    from screens.base import BaseScreen

_NAMED = 6


async def move_clients(screen: "BaseScreen", client_ids: Sequence[UUID]) -> bool:
    """Ask whom these clients go to and move them; return whether any was moved. Inside `do`."""
    db = screen.desk.db
    moves = [Move(client_id, name, uuid4(), was) for client_id, name, was in await team.names(db, client_ids)]
    if not moves:
        return False
    along = await transfers.goes_along(db, [move.client_id for move in moves])
    moved = await screen.ask(MoveForm(moves, await team.counsellors(db), along))
    if moved is None:
        return False
    if isinstance(moved, date):
        screen.say(_("The move is planned for {date}. Both are told.").format(date=format_date(moved)))
        return True
    if moved.failed:
        await screen.ask(NotMoved(moved))
    else:
        undo = _("{key} undoes it within 24 hours.").format(key=_undo_key(screen))
        screen.say(f"{_moved_words(moved.count)} {undo}")
    return moved.count > 0


async def undo_move(screen: "BaseScreen") -> bool:
    """Show the last move and give its clients back; return whether any was given back. Inside `do`."""
    from kotoutus_tui.casework import undo_moves

    db = screen.desk.db
    move = await undo_moves.last_move(db)
    if not move:
        screen.say(_("You have moved no clients in the last 24 hours."))
        return False
    back = [_back(one) for one in move[:_NAMED]]
    question = Confirm(_("Undo the last move?"), [*back, *_others(len(move) - len(back))], accept=_("Undo"))
    if not await screen.ask(question):
        return False
    moved = await undo_moves.give_back(db, move, operation_id=uuid4())
    if moved.failed:
        await screen.ask(NotMoved(moved))
    else:
        screen.say(_moved_words(moved.count))
    return moved.count > 0


def effective_field() -> DateField:
    """Return the field for the day from which a move holds; empty is at once."""
    field = DateField("effective_on", _("Takes effect"))
    field.hint = _("at once, or write a day")
    return field


class MoveForm(FormDialog[Moved | date]):
    """Asks for the counsellor, each shown with the number of clients, the reason and the day; then moves.

    Answers the day when the move is planned for a coming one.
    """

    def __init__(self, moves: Sequence[Move], counsellors: Sequence[Counsellor], along: Along) -> None:
        self._moves = tuple(moves)
        self._along = along
        self._operation = uuid4()
        choices = [(each.login, f"{each.name} ({each.clients})") for each in counsellors]
        fields = [
            ChoiceField("counsellor", _("To"), choices, required=True),
            effective_field(),
            TextField("reason", _("Reason"), required=True, hint=_("Both counsellors see it.")),
        ]
        title = ngettext("Move {count} client", "Move {count} clients", len(moves))
        super().__init__(title.format(count=len(moves)), fields, save=self._move, accept=_("Move"))

    def compose_dialog(self) -> ComposeResult:
        """Whose move it is, before the form."""
        names = [move.name for move in self._moves[:_NAMED]]
        names += _others(len(self._moves) - len(names))
        yield Static(safe.prose("\n".join([*names, *_goes_along(self._along)])), classes="moved-names")
        yield from super().compose_dialog()

    async def _move(self, values: Values) -> Moved | date:
        day = values["effective_on"] or clock.today()
        if day > clock.today():
            moves = [
                {"client": str(one.client_id), "was": one.was, "given_to": values["counsellor"]}
                for one in self._moves
                if one.was != values["counsellor"]
            ]
            await transfers.plan(
                self.desk.db, moves, values["reason"], day, operation_id=uuid5(self._operation, str(day))
            )
            return day
        if day < clock.today():
            raise InvalidInput("effective_on", _("The day has passed."))
        return await team.give(self.desk.db, self._moves, values["counsellor"], values["reason"])


class NotMoved(Dialog[None]):
    """Tells which clients were not moved and why."""

    def __init__(self, moved: Moved) -> None:
        super().__init__(_moved_words(moved.count))
        self._moved = moved

    def compose_dialog(self) -> ComposeResult:
        """Each with its reason."""
        yield Static(safe.line(_("These were not moved:")))
        with VerticalScroll(classes="dialog-text"):
            for name, why in self._moved.failed:
                yield Static(safe.line(f"{name}: {why}"))


def _goes_along(along: Along) -> list[str]:
    parts = [
        ngettext("{count} open task", "{count} open tasks", along.tasks).format(count=along.tasks),
        ngettext("{count} appointment", "{count} appointments", along.appointments).format(
            count=along.appointments
        ),
        ngettext("{count} with an interpreter", "{count} with an interpreter", along.interpreters).format(
            count=along.interpreters
        ),
        ngettext("{count} open referral", "{count} open referrals", along.referrals).format(
            count=along.referrals
        ),
    ]
    counts = (along.tasks, along.appointments, along.interpreters, along.referrals)
    shown = [part for part, count in zip(parts, counts, strict=True) if count]
    return [_("Goes along: {what}").format(what=", ".join(shown))] if shown else []


def _moved_words(count: int) -> str:
    return ngettext("{count} client was moved.", "{count} clients were moved.", count).format(count=count)


def _others(count: int) -> list[str]:
    if not count:
        return []
    return [ngettext("and {count} other", "and {count} others", count).format(count=count)]


def _undo_key(screen: "BaseScreen") -> str:
    bound = screen.active_bindings.items()
    return next((keys.key_name(key) for key, one in bound if one.binding.id == "caseload.undo_move"), "")


def _back(one: "Done") -> str:
    if one.former is None:
        return f"{one.name}: {_('The client had no counsellor before.')}"
    return _("{client}: back to {counsellor}").format(
        client=one.name, counsellor=one.former_name or one.former
    )
