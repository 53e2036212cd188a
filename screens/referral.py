"""One referral: what would leave about the client item by item, the letter, consents, log and steps."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.referrals import consents, disclosing, reading
from kotoutus_tui.casework.referrals.profiles import profile
from kotoutus_tui.casework.referrals.reading import Referral
from kotoutus_tui.errors import gone
from kotoutus_tui.i18n import _
from screens import keys, referral_rows, referral_steps, referral_telling, safe
from screens.client_part import ClientPartScreen
from screens.referral_rows import Shown
from screens.widgets.event_list import Entry, EventList, RowsInMemory

if TYPE_CHECKING:
    from collections.abc import Coroutine

_TELLING = frozenset({"tick", "ground", "consent", "letter", "told"})


class ReferralScreen(ClientPartScreen):
    """Shows one referral of the client that `opening` keeps open."""

    CSS = "#referral-who { height: 1; padding: 0 2; text-style: bold; }"
    BINDINGS = keys.bindings("referral")
    LISTENS = frozenset({"client", "referral", "task", "consent", "disclosure", "client_contact", "plan"})

    def __init__(self, client_id: UUID, opening: OpenClient, referral_id: UUID) -> None:
        super().__init__(client_id, opening)
        self._referral_id = referral_id
        self.shown: Shown | None = None
        self.ticks: dict[str, bool] = {}
        self.why: dict[str, str] = {}
        self._held: disclosing.Held = {}
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Whose referral it is, and one list."""
        yield Static("", id="referral-who", markup=False)
        yield EventList(left=referral_rows.LABEL_WIDTH, id="referral")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the referral and the row under the cursor."""
        if self.shown is None:
            return action == "undo"
        referral, kind = self.shown.referral, self.row[0]
        if action in _TELLING:
            return referral.is_open and (action != "tick" or kind == "item")
        return {
            "answer": referral.is_open,
            "day": referral.is_open and referral.state != "draft",
            "remove": kind == "consent" or referral.state == "draft",
            "change": referral.state == "draft",
        }.get(action, True)

    @property
    def must(self) -> Shown:
        """What was read; raises NotFound before that."""
        if self.shown is None:
            raise gone()
        return self.shown

    async def read(self) -> None:
        """Read the referral with all that belongs to it."""
        db = self.desk.db
        who = await timeline.header(db, self.client_id)
        everything = {each.id: each for each in await reading.referrals(db, self.client_id)}
        referral = everything.get(self._referral_id)
        if referral is None:
            raise gone()
        self._held = await disclosing.held(db, referral.id)
        known = await consents.consents(db, self.client_id)
        self.why.setdefault("purpose", (referral.purpose or "").partition("\n")[0][:200])
        before = everything.get(referral.instead_of) if referral.instead_of else None
        self.shown = Shown(
            referral,
            (),
            known,
            await disclosing.told(db, referral.id),
            await reading.steps(db, referral.id),
            before.receiver if before else "",
            self.why,
            who.protected,
        )
        self.heading, self.whose = _("Referral"), who.own_counsellor or ""
        self.query_one("#referral-who", Static).update(safe.line(who.name))
        self.draw()

    def forget(self) -> None:
        """Show nothing."""
        self.shown, self._held = None, {}
        self.query_one("#referral-who", Static).update("")
        self._source.rows = []
        self.query_one(EventList).keep_showing(self._source)

    def draw(self) -> None:
        """Draw what is chosen now."""
        if self.shown is None:
            return
        from dataclasses import replace

        referral = self.shown.referral
        ground = self.why.get("ground") or profile(referral.receiver_kind).grounds[0]
        lines = disclosing.preview(
            referral, self._held, ground, self.shown.consents, clock.today(),
            protected=self.shown.protected, ticks=self.ticks,
        )  # fmt: skip
        self.shown = replace(self.shown, lines=lines, why=self.why)
        self._source.rows = referral_rows.whole_rows(self.shown, clock.today())
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#referral")
    @on(EventList.Loaded, "#referral")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#referral")
    def opened(self) -> None:
        """Change what stands under the cursor."""
        kind, name = self.row
        if kind == "item":
            self.action_tick()
        elif kind == "why":
            self._do(referral_telling.choose_ground(self))
        elif kind == "fact" and name == "state":
            self.action_answer()
        elif kind == "fact" and self.shown is not None:
            if self.shown.referral.state == "draft":
                self.action_change()
            elif name == "chase":
                self.action_day()

    def action_tick(self) -> None:
        """Tick the item under the cursor, or take the tick off."""
        kind, code = self.row
        line = next((each for each in self.must.lines if kind == "item" and each.item.code == code), None)
        if line is None:
            return
        if line.blocked:
            self.say(referral_telling.why_blocked(line), alert=True)
            return
        self.ticks[code] = not line.ticked
        self.draw()

    def action_ground(self) -> None:
        """Choose the legal ground and say what for."""
        self._do(referral_telling.choose_ground(self))

    def action_consent(self) -> None:
        """Record a consent for the item under the cursor and those ticked."""
        self._do(referral_telling.record_consent(self))

    def action_letter(self) -> None:
        """Make the letter, which is noted in the log."""
        self._do(referral_telling.make_letter(self))

    def action_told(self) -> None:
        """Note that what is ticked was told by word of mouth."""
        self._do(referral_telling.note_told(self))

    def action_answer(self) -> None:
        """Write down what has happened."""
        self.do(self._answer())

    def action_day(self) -> None:
        """Set the day to look after it."""
        self.do(referral_steps.change_day(self, self.client_id, self.opening, self.must.referral))

    def action_change(self) -> None:
        """Change the draft."""
        self._do(referral_telling.change_draft(self))

    def action_remove(self) -> None:
        """Withdraw the consent under the cursor, or throw the draft away."""
        if self.row[0] == "consent":
            self._do(referral_telling.withdraw_consent(self, UUID(self.row[1])))
        else:
            self.do(self._remove(self.must.referral))

    async def _answer(self) -> None:
        await referral_steps.answer(self, self.client_id, self.opening, self._referral_id)

    async def _remove(self, referral: Referral) -> None:
        if await referral_steps.remove(self, self.client_id, self.opening, referral):
            await self.frame.action_back()

    def _do(self, work: "Coroutine[Any, Any, None]") -> None:
        self.do(self._opened_first(work))

    async def _opened_first(self, work: "Coroutine[Any, Any, None]") -> None:
        await self.opening.renew()
        await work
