"""Transfers of clients that are planned or not handed over yet."""

from textual import on
from textual.app import ComposeResult

from kotoutus_tui.casework import team, transfer_words, transfers
from kotoutus_tui.casework.transfers import Transfer
from kotoutus_tui.i18n import _, format_date
from screens import keys
from screens.base import BaseScreen
from screens.dialog import Confirm
from screens.widgets.event_list import Entry, EventList, RowsInMemory

_DAY_WIDTH = 11


class TransfersScreen(BaseScreen):
    """A counsellor's own, both ways; the lead's all, the late ones first."""

    BINDINGS = keys.bindings("transfers")
    AUTO_FOCUS = "#transfers"
    LISTENS = frozenset({"case_transfer", "case_transfer_step"})

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Transfer] = {}
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(empty=_("Every client is handed over."), left=_DAY_WIDTH, id="transfers")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only the lead cancels, and only what has not taken effect."""
        if action != "cancel":
            return True
        found = self._transfer
        return self.desk.me.is_lead and found is not None and not found.applied

    @property
    def _transfer(self) -> Transfer | None:
        return self._found.get(self.query_one(EventList).cursor_key or "") if self.is_mounted else None

    async def load(self) -> None:
        """Read the transfers."""
        await transfers.apply_due(self.desk.db)
        rows = sorted(
            await transfers.unfinished(self.desk.db), key=lambda one: (not one.late, one.applied, one.due_on)
        )
        names = {each.login: each.name for each in await team.counsellors(self.desk.db)}
        self.heading = _("Transfers of clients")
        self.whose = _("team") if self.desk.me.is_lead else _("own")
        self._found = {str(each.id): each for each in rows}
        self._source.rows = [_row(each, names) for each in rows]
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    @on(EventList.Moved, "#transfers")
    @on(EventList.Loaded, "#transfers")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#transfers")
    def opened(self) -> None:
        """Show the steps of the transfer."""
        if (found := self._transfer) is not None:
            from screens.transfer import TransferScreen

            self.frame.push_screen(TransferScreen(found))

    def action_cancel(self) -> None:
        """Cancel the planned transfer under the cursor."""
        if (found := self._transfer) is not None:
            self.do(self._cancel(found))

    async def _cancel(self, found: Transfer) -> None:
        effects = [_("The client stays with the present counsellor. Both are told.")]
        if await self.ask(
            Confirm(_("Cancel the planned transfer?"), effects, accept=_("Cancel the transfer"))
        ):
            await transfers.cancel(self.desk.db, found.id)
            self.go_stale()


def _row(found: Transfer, names: dict[str, str]) -> Entry:
    group = _("Late") if found.late else _("Under way") if found.applied else _("Planned")
    standing = transfer_words.standing(found)
    return Entry(
        str(found.id),
        group,
        format_date(found.effective_on),
        found.name,
        right=transfer_words.progress(found),
        body=f"{names.get(found.from_login or '', found.from_login or '–')} → "
        f"{names.get(found.to_login, found.to_login)}: {found.reason}",
        notes=[(standing, "alert") if found.late else standing],
    )
