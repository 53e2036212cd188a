"""The referrals of one client: where each stands, what may follow, and when to look after it."""

from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.referrals import reading
from kotoutus_tui.casework.referrals.reading import Referral
from kotoutus_tui.i18n import _
from screens import keys, referral_rows, referral_steps, safe
from screens.client_part import ClientPartScreen
from screens.widgets.event_list import Entry, EventList, RowsInMemory

if TYPE_CHECKING:
    from collections.abc import Sequence


class ReferralsScreen(ClientPartScreen):
    """Shows the referrals of the client that `opening` keeps open."""

    CSS = "#referrals-who { height: 1; padding: 0 2; text-style: bold; }"
    BINDINGS = keys.bindings("referrals")
    LISTENS = frozenset({"client", "referral", "task", "plan_goal"})

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self._known: Sequence[Referral] = ()
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Whose referrals, and one list."""
        yield Static("", id="referrals-who", markup=False)
        empty = _("There are no referrals yet. r begins one.")
        yield EventList(empty=empty, left=referral_rows.STATE_WIDTH, id="referrals")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the referral under the cursor."""
        at = self.referral
        return {
            "answer": at is not None and at.is_open,
            "day": at is not None and at.is_open and at.state != "draft",
            "remove": at is not None and at.state == "draft",
        }.get(action, True)

    @property
    def referral(self) -> Referral | None:
        """The referral under the cursor."""
        kind, name = self.row if self.is_mounted else ("", "")
        return next((each for each in self._known if kind == "referral" and str(each.id) == name), None)

    async def read(self) -> None:
        """Read all referrals."""
        who = await timeline.header(self.desk.db, self.client_id)
        self._known = await reading.referrals(self.desk.db, self.client_id)
        self.heading, self.whose = _("Referrals"), who.own_counsellor or ""
        self._draw(who.name)

    def forget(self) -> None:
        """Show none."""
        self._known = ()
        self._draw("")

    def _draw(self, name: str) -> None:
        self.query_one("#referrals-who", Static).update(safe.line(name))
        self._source.rows = referral_rows.list_rows(self._known, clock.today())
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#referrals")
    @on(EventList.Loaded, "#referrals")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#referrals")
    def opened(self) -> None:
        """Show the referral with its steps and what was told."""
        if (at := self.referral) is not None:
            from screens.referral import ReferralScreen

            self.frame.push_screen(ReferralScreen(self.client_id, self.opening, at.id))

    def action_refer(self) -> None:
        """Begin a referral."""
        self.do(referral_steps.begin(self, self.client_id, self.opening))

    def action_answer(self) -> None:
        """Write down what has happened to the referral under the cursor."""
        if (at := self.referral) is not None:
            self.do(self._answer(at.id))

    def action_day(self) -> None:
        """Set the day to look after the referral under the cursor."""
        if (at := self.referral) is not None:
            self.do(referral_steps.change_day(self, self.client_id, self.opening, at))

    def action_remove(self) -> None:
        """Throw the draft under the cursor away."""
        if (at := self.referral) is not None:
            self.do(self._remove(at))

    async def _answer(self, referral_id: UUID) -> None:
        await referral_steps.answer(self, self.client_id, self.opening, referral_id)

    async def _remove(self, referral: Referral) -> None:
        if await referral_steps.remove(self, self.client_id, self.opening, referral):
            self.done(_("Thrown away. u takes it back."))
