"""The details of one client: private facts, names, languages, contact data and household."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from kotoutus_tui.casework import client_details, client_languages, client_names, household
from kotoutus_tui.casework import side as beside
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.i18n import _
from kotoutus_tui.privacy import reveal
from screens import details_forms as forms
from screens import details_rows, keys
from screens.client_part import ClientPartScreen
from screens.details_editing import DetailsEditor
from screens.dialog import Confirm, Dialog
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

if TYPE_CHECKING:
    pass

_SHOWN_SECONDS = 60.0
_REVEALED = ("code", "protected", "protection")
_REMOVABLE = ("name", "language", "member")


class ClientDetailsScreen(ClientPartScreen):
    """Shows the client that `opening` keeps open; what is revealed hides itself after a minute."""

    BINDINGS = keys.bindings("details")
    LISTENS = frozenset({
        "client", "client_detail", "client_contact", "client_language", "client_name", "household_member",
    })  # fmt: skip

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self.shown = details_rows.nothing(client_id)
        self._source = RowsInMemory[Entry]()
        self._hiding: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=details_rows.LABEL_WIDTH, id="details")

    def on_screen_suspend(self) -> None:
        """Another screen in front, a blank one too, hides what was revealed."""
        if not isinstance(self.frame.front, Dialog):
            self.hide()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the row under the cursor."""
        kind, name = self.row
        if action == "remove":
            passport = any(str(each.id) == name and each.kind == "passport" for each in self.shown.names)
            return kind in _REMOVABLE and not passport
        if action == "reveal":
            details = self.shown.details
            return kind in _REVEALED and (details.has_personal_id if kind == "code" else details.protected)
        return True

    async def read(self) -> None:
        """Read everything; what is revealed stays until its minute is over."""
        db, client = self.desk.db, self.client_id
        details = await client_details.details(db, client)
        was = self.shown
        self.shown = details_rows.Shown(
            details,
            await client_names.names(db, client),
            await client_languages.languages(db, client),
            (await beside.side(db, client)).household,
            was.personal_id,
            was.contact if details.protected else None,
        )
        self.heading = _("Details")
        self.whose = details.own_counsellor or ""
        self._draw()

    def forget(self) -> None:
        """Show nothing."""
        self.shown = details_rows.nothing(self.client_id)
        self._draw()

    def _draw(self) -> None:
        self._source.rows = details_rows.rows(self.shown)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#details")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#details")
    def opened(self, event: EventList.Opened) -> None:
        """Change what stands under the cursor."""
        self.do(self._edit(event.key))

    async def _edit(self, key: str) -> None:
        await self.opening.renew()
        kind, _colon, name = key.partition(":")
        if kind == "member":
            await self._remove(kind, UUID(name))
        elif await DetailsEditor(self).edit(key):
            self.done(_("Saved."))

    def action_remove(self) -> None:
        """Take away the name, language or member under the cursor."""
        kind, name = self.row
        self.do(self._remove(kind, UUID(name)))

    async def _remove(self, kind: str, row_id: UUID) -> None:
        row = self.query_one(EventList).cursor_row
        what = f"{row.left}: {row.title if isinstance(row.title, str) else row.title[0]}" if row else ""
        if not await self.ask(Confirm(_("Remove?"), [what], accept=_("Remove"))):
            return
        remove = {
            "name": client_names.remove_name,
            "language": client_languages.remove_language,
            "member": household.remove_member,
        }[kind]
        await remove(self.desk.db, self.client_id, row_id, operation_id=uuid4())
        self.done(_("Removed. {key} undoes it.").format(key="u"))

    def action_reveal(self) -> None:
        """Show what is hidden, or hide it again."""
        kind = self.row[0]
        if kind == "code":
            if self.shown.personal_id is not None:
                self.hide()
            else:
                self.do(self._reveal_code())
        elif self.shown.contact is not None:
            self.hide()
        else:
            self.do(self.reveal_contact())

    async def _reveal_code(self) -> None:
        await self.opening.renew()
        code = await reveal.personal_id(self.desk.db, self.client_id)
        self.shown = replace(self.shown, personal_id=code)
        self._hide_later()

    async def reveal_contact(self) -> None:
        """Ask for a reason and show the contact data of a protected person."""

        async def show(values: Values) -> None:
            contact = await reveal.protected_contact(self.desk.db, self.client_id, values["reason"])
            self.shown = replace(self.shown, contact=contact)

        title = _("Why are the contact data needed?")
        if await self.ask(forms.reason_form(title, show, _("Show"))):
            self._hide_later()

    def _hide_later(self) -> None:
        self._draw()
        self.say(_("The log of use tells that you saw it."))
        if self._hiding is not None:
            self._hiding.stop()
        self._hiding = self.set_timer(_SHOWN_SECONDS, self.hide)

    def hide(self) -> None:
        """Show a mask again in the place of what was revealed."""
        if self.shown.personal_id or self.shown.contact:
            self.shown = replace(self.shown, personal_id=None, contact=None)
            self._draw()
