"""One transfer of a client: its steps, what one counsellor tells the other, the meeting, the summary."""

from collections.abc import Sequence
from uuid import uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui.casework import transfer_words, transfers
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.transfers import Step, Transfer
from kotoutus_tui.errors import gone
from kotoutus_tui.i18n import _, format_date
from screens import keys
from screens.base import BaseScreen
from screens.details_forms import DetailsForm
from screens.dialog import Confirm
from screens.widgets.date_field import DateField
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values
from screens.widgets.prose_field import ProseField

_DAY_WIDTH = 11


class TransferScreen(BaseScreen):
    """The two counsellors work on it; the lead sees how far they are."""

    BINDINGS = keys.bindings("transfer")
    AUTO_FOCUS = "#steps"
    LISTENS = frozenset({"case_transfer", "case_transfer_step"})

    def __init__(self, transfer: Transfer) -> None:
        super().__init__()
        self._transfer = transfer
        self._steps: Sequence[Step] = ()
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=_DAY_WIDTH, id="steps")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Steps are for the two counsellors, the client for whoever has them now."""
        me, one = self.desk.me.login, self._transfer
        mine = me in (one.from_login, one.to_login)
        has_client = me == (one.to_login if one.applied else one.from_login)
        return {
            "mark": mine,
            "tell": mine,
            "meet": mine,
            "client": has_client,
            "print": has_client,
            "close": one.applied and (me == one.to_login or self.desk.me.is_lead),
        }.get(action, True)

    async def load(self) -> None:
        """Read the transfer and its steps."""
        found = [each for each in await transfers.unfinished(self.desk.db) if each.id == self._transfer.id]
        if not found:
            raise gone()
        self._transfer = found[0]
        self._steps = await transfers.steps(self.desk.db, self._transfer.id, lead=self.desk.me.is_lead)
        self.heading, self.whose = _("Transfer"), self._transfer.name
        self._source.rows = [_row(each, self._transfer) for each in self._steps]
        listed = self.query_one(EventList)
        listed.opens = bool(self.check_action("tell", ()))
        listed.keep_showing(self._source)
        self.refresh_bindings()

    @property
    def _step(self) -> Step | None:
        key = self.query_one(EventList).cursor_key
        return next((each for each in self._steps if each.step == key), None)

    @on(EventList.Opened, "#steps")
    def opened(self) -> None:
        """Write what the other should know."""
        self.action_tell()

    def action_mark(self) -> None:
        """Mark the step under the cursor."""
        if (step := self._step) is not None:
            self.do(self._mark(step))

    def action_tell(self) -> None:
        """Write about the step under the cursor."""
        if (step := self._step) is not None:
            self.do(self._tell(step))

    def action_meet(self) -> None:
        """Ask for the day of the meeting."""
        self.do(self._meet())

    def action_client(self) -> None:
        """Open the client's timeline."""
        from screens.client_timeline import ClientTimelineScreen

        self.frame.push_screen(ClientTimelineScreen(self._transfer.client_id))

    def action_print(self) -> None:
        """Print the summary."""
        self.do(self._print())

    def action_close(self) -> None:
        """Say that everything was handed over."""
        self.do(self._close())

    async def _mark(self, step: Step) -> None:
        done = step.done_on is None
        await transfers.mark(self.desk.db, self._transfer, step.step, done=done, operation_id=uuid4())
        self.go_stale()

    async def _tell(self, step: Step) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            await transfers.tell(
                self.desk.db, self._transfer, step.step, values["note"] or "", operation_id=operation
            )

        field = ProseField("note", _("For the other counsellor"), step.note or "")
        if await self.ask(DetailsForm(transfer_words.step(step.step), [field], save)):
            self.go_stale()

    async def _meet(self) -> None:
        async def save(values: Values) -> None:
            await transfers.meet(self.desk.db, self._transfer.id, values["day"])

        field = DateField("day", _("Day"), self._transfer.joint_meeting_on)
        if await self.ask(DetailsForm(_("Joint meeting with the client"), [field], save)):
            self.go_stale()

    async def _print(self) -> None:
        from kotoutus_tui.casework.prints import files
        from kotoutus_tui.casework.transfer_summary import summary
        from screens.printing import PrintedDialog

        db, one = self.desk.db, self._transfer
        await open_client(db, one.client_id)
        page = await summary(db, one, self._steps)
        printed = await files.write(db, self.desk.settings.drop_dir, "transfer", page, one.client_id)
        await self.ask(PrintedDialog(printed))

    async def _close(self) -> None:
        left = [transfer_words.step(each.step) for each in self._steps if each.done_on is None]
        effects = [_("Not done yet:"), *left] if left else [_("All steps are done.")]
        if await self.ask(Confirm(_("Is everything handed over?"), effects, accept=_("Handed over"))):
            await transfers.close(self.desk.db, self._transfer.id)
            await self.frame.action_back()


def _row(step: Step, transfer: Transfer) -> Entry:
    title = transfer_words.step(step.step)
    notes: list[str] = []
    if step.step == "joint_meeting" and transfer.joint_meeting_on is not None:
        notes.append(format_date(transfer.joint_meeting_on))
    return Entry(
        step.step,
        transfer_words.standing(transfer),
        format_date(step.done_on) if step.done_on else "–",
        (title, "faint") if step.done_on else title,
        body=step.note or "",
        notes=notes,
    )
