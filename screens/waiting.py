"""Clients without a counsellor: a suggestion for each with its reasons; the lead chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui.casework import suggesting, suggesting_words, team, workload
from kotoutus_tui.casework.suggesting import Suggestion
from kotoutus_tui.casework.workload import ClientFacts
from kotoutus_tui.i18n import _, language_name, ngettext
from screens import keys
from screens.base import BaseScreen
from screens.client_forms import Choose
from screens.move_clients import undo_move
from screens.widgets.event_list import Entry, EventList, RowsInMemory

_LANGUAGE_WIDTH = 14


@dataclass(frozen=True)
class Waiting:
    """One client who waits, and the counsellors who may have the client, the best first."""

    client: ClientFacts
    name: str
    suggestions: Sequence[Suggestion]


class WaitingScreen(BaseScreen):
    """Only for the lead."""

    BINDINGS = keys.bindings("waiting")
    AUTO_FOCUS = "#waiting"
    LISTENS = frozenset({"assignment", "client", "absence"})

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Waiting] = {}
        self._staff: Mapping[str, str] = {}
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(empty=_("Every client has a counsellor."), left=_LANGUAGE_WIDTH, id="waiting")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """To assign needs somebody who can be suggested."""
        return action != "assign" or bool(self._waiting and self._waiting.suggestions)

    @property
    def _waiting(self) -> Waiting | None:
        return self._found.get(self.query_one(EventList).cursor_key or "") if self.is_mounted else None

    async def load(self) -> None:
        """Read the workload, and work the suggestions out."""
        found = await workload.read(self.desk.db, lead=True)
        clients = suggesting.waiting(found)
        ids = [client.client_id for client in clients]
        names = {client_id: name for client_id, name, _was in await team.names(self.desk.db, ids)}
        former = await suggesting.former_counsellors(self.desk.db, ids)
        self._staff = {one.login: one.name for one in found.colleagues}
        self._found = {
            str(client.client_id): Waiting(
                client,
                names[client.client_id],
                suggesting.suggest(found, client, former.get(client.client_id, ())),
            )
            for client in clients
            if client.client_id in names
        }
        self.heading = _("Without a counsellor")
        self.whose = ngettext("{count} client", "{count} clients", len(self._found)).format(
            count=len(self._found)
        )
        self._source.rows = [_row(each, self._staff) for each in self._found.values()]
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    @on(EventList.Moved, "#waiting")
    @on(EventList.Loaded, "#waiting")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#waiting")
    def opened(self) -> None:
        """Choose another counsellor."""
        if (found := self._waiting) is not None and found.suggestions:
            self.do(self._choose(found))

    def action_assign(self) -> None:
        """Give the client to the counsellor who is suggested."""
        if (found := self._waiting) is not None and found.suggestions:
            self.do(self._give(found, found.suggestions[0]))

    def action_undo(self) -> None:
        """Give the clients of the last move back."""
        self.do(self._undo())

    async def _choose(self, found: Waiting) -> None:
        choices = [
            (each.login, " ".join([f"{self._staff[each.login]}:", *suggesting_words.why(each)]))
            for each in found.suggestions
        ]
        chosen = await self.ask(Choose(found.name, choices))
        if chosen is not None:
            await self._give(found, next(each for each in found.suggestions if each.login == chosen))

    async def _give(self, found: Waiting, to: Suggestion) -> None:
        move = team.Move(found.client.client_id, found.name, uuid4())
        moved = await team.give(self.desk.db, [move], to.login, suggesting_words.why(to)[0])
        if moved.failed:
            self.say(moved.failed[0][1], alert=True)
        else:
            self.say(_("Given to: {name}").format(name=self._staff[to.login]))
        self.go_stale()

    async def _undo(self) -> None:
        if await undo_move(self):
            self.go_stale()


def _row(found: Waiting, staff: Mapping[str, str]) -> Entry:
    language = found.client.service_language
    if not found.suggestions:
        return Entry(
            str(found.client.client_id), "", language_name(language) if language else "–", found.name,
            body=_("Nobody in the team can have the client now."),
        )  # fmt: skip
    first = found.suggestions[0]
    return Entry(
        str(found.client.client_id),
        "",
        language_name(language) if language else "–",
        found.name,
        body=f"{staff[first.login]}. " + " ".join(suggesting_words.why(first)),
    )
