"""Moving clients to another counsellor and back, for the lead: whom to, why, and what could not be done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework import team
from kotoutus_tui.casework.team import Counsellor, Move, Moved
from kotoutus_tui.i18n import _, ngettext
from screens import keys, safe
from screens.dialog import Confirm, Dialog
from screens.widgets.choice_field import ChoiceField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values

if TYPE_CHECKING:
    from kotoutus_tui.casework.undo_moves import Done
    from screens.base import BaseScreen

_NAMED = 6


async def move_clients(screen: "BaseScreen", client_ids: Sequence[UUID]) -> bool:
    """Ask whom these clients go to and move them; return whether any was moved. Inside `do`."""
    db = screen.desk.db
    moves = [Move(client_id, name, uuid4()) for client_id, name in await team.names(db, client_ids)]
    if not moves:
        return False
    moved = await screen.ask(MoveForm(moves, await team.counsellors(db)))
    if moved is None:
        return False
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


class MoveForm(FormDialog[Moved]):
    """Asks for the counsellor, each shown with the number of clients, and the reason; then moves."""

    def __init__(self, moves: Sequence[Move], counsellors: Sequence[Counsellor]) -> None:
        self._moves = tuple(moves)
        choices = [(each.login, f"{each.name} ({each.clients})") for each in counsellors]
        fields = [
            ChoiceField("counsellor", _("To"), choices, required=True),
            TextField("reason", _("Reason"), required=True, hint=_("Both counsellors see it.")),
        ]
        title = ngettext("Move {count} client", "Move {count} clients", len(moves))
        super().__init__(title.format(count=len(moves)), fields, save=self._move, accept=_("Move"))

    def compose_dialog(self) -> ComposeResult:
        """Whose move it is, before the form."""
        names = [move.name for move in self._moves[:_NAMED]]
        names += _others(len(self._moves) - len(names))
        yield Static(safe.prose("\n".join(names)), classes="moved-names")
        yield from super().compose_dialog()

    async def _move(self, values: Values) -> Moved:
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
