"""The compensation to be claimed from the State: which years of which clients, by when."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.casework.opening import OpenClient, ReasonNeeded
from kotoutus_tui.casework.reception import claim_file, claims
from kotoutus_tui.casework.reception.claims import Claim
from kotoutus_tui.casework.reception.compensation import ClaimYear
from kotoutus_tui.dates import add_months
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import client_forms, keys
from screens.base import BaseScreen
from screens.compensation_years import CompensationYears, claim_form
from screens.dialog import Confirm
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

_SOON = 6  # months
_YEAR_WIDTH = 6


class CompensationScreen(BaseScreen):
    """The years to be claimed for the clients of this person's list; of the lead: of all."""

    BINDINGS = keys.bindings("compensation")
    LISTENS = frozenset({"deadline", "compensation_claim"})

    def __init__(self) -> None:
        super().__init__()
        self._all = False
        self._claims: dict[str, Claim] = {}
        self._source = RowsInMemory[Entry]()
        self._logged = False

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=_YEAR_WIDTH, id="claims")

    def on_mount(self) -> None:
        """Begin at the most urgent claim."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: some need a claim."""
        if action == "claimed":
            return self._claim is not None
        return action != "export" or bool(self._claims)

    @property
    def _claim(self) -> Claim | None:
        return self._claims.get(self.query_one(EventList).cursor_key or "") if self.is_mounted else None

    async def load(self) -> None:
        """Read the claims."""
        until = None if self._all else add_months(clock.today(), _SOON)
        found = await claims.to_be_claimed(self.desk.db, until)
        self.heading = _("Compensation to be claimed")
        self.whose = (
            _("all") if self._all else _("claims by {day}").format(day=format_date(until or date.max))
        )
        self._claims = {each.key: each for each in found}
        self._source.rows = [_entry(each, clock.today(), lead=self.desk.me.is_lead) for each in found]
        listed = self.query_one(EventList)
        listed.empty = (
            _("Nothing is to be claimed.")
            if self._all
            else _("Nothing is to be claimed within six months. f shows all claims.")
        )
        listed.keep_showing(self._source)
        self.refresh_bindings()
        if not self._logged:
            self._logged = True
            await self.desk.db.call("log_use", "list", "compensation", len(found))

    # Commands

    @on(EventList.Moved, "#claims")
    @on(EventList.Loaded, "#claims")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#claims")
    def opened(self) -> None:
        """Show all years of the client under the cursor."""
        if (claim := self._claim) is not None:
            self.do(self._show(claim))

    def action_claimed(self) -> None:
        """Mark the year under the cursor as claimed."""
        if (claim := self._claim) is not None:
            self.do(self._mark(claim.client_id, claim.year))

    def action_scope(self) -> None:
        """Show all claims, or those of the next months."""
        self._all = not self._all
        self.go_stale()

    def action_export(self) -> None:
        """Write the claims on the screen into a file."""
        self.do(self._export(list(self._claims.values())))

    async def _show(self, claim: Claim) -> None:
        if await self._opened(claim.client_id) is None:
            return
        known = await claims.of_client(self.desk.db, claim.client_id)
        year = await self.ask(CompensationYears(known))
        if year is not None:
            await self._mark(claim.client_id, year)

    async def _mark(self, client_id: UUID, year: int) -> None:
        if await self._opened(client_id) is None:
            return
        known = await claims.of_client(self.desk.db, client_id)
        years = known.period.years if known.period else ()
        found = next((each for each in years if each.year == year), None)
        if found is None:
            raise InvalidInput("", _("No compensation is paid for this year any more."))
        if found.claimed_on is not None:
            await self._unmark(client_id, found)
        else:
            await self._claim_year(client_id, found)

    async def _claim_year(self, client_id: UUID, year: ClaimYear) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            await claims.mark_claimed(
                self.desk.db, client_id, year, values["claimed_on"], values["reference"] or "",
                operation_id=operation,
            )  # fmt: skip

        if await self.ask(claim_form(year, save)):
            self.say(_("Saved."))
            self.go_stale()

    async def _unmark(self, client_id: UUID, year: ClaimYear) -> None:
        title = _("Was the year {year} not claimed after all?").format(year=year.year)
        if await self.ask(Confirm(title, accept=_("Not claimed"))):
            await claims.mark_unclaimed(self.desk.db, client_id, year.year, operation_id=uuid4())
            self.say(_("Saved."))
            self.go_stale()

    async def _opened(self, client_id: UUID) -> OpenClient | None:
        opening = OpenClient(self.desk.db, client_id)
        try:
            await opening.renew()
        except ReasonNeeded:
            form = client_forms.reason_form(_("Say why you open the client."), opening.open, _("Open"))
            if await self.ask(form) is None:
                return None
        return opening

    async def _export(self, shown: Sequence[Claim]) -> None:
        many = len(shown)
        title = ngettext("Write {count} claim into a file?", "Write {count} claims into a file?", many)
        effects = [
            _("The file has client numbers and no names."),
            _("The log of use tells that you wrote it."),
        ]
        if await self.ask(Confirm(title.format(count=many), effects, accept=_("Write"))):
            file = await claim_file.write_file(self.desk.db, self.desk.settings.drop_dir, shown)
            self.say(_("Written: {file}").format(file=file))


def _entry(claim: Claim, today: date, *, lead: bool) -> Entry:
    days = (claim.due_on - today).days
    left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    note = left if days >= 0 else _("lapsed")
    if claim.period_start and claim.period_end:
        period = _("compensation {start}–{end}").format(
            start=format_date(claim.period_start), end=format_date(claim.period_end)
        )
        note = f"{note} · {period}"
    return Entry(
        claim.key,
        _("To be claimed by {day}").format(day=format_date(claim.due_on)),
        str(claim.year),
        claim.name,
        right=(claim.counsellor or _("nobody")) if lead else claim.section,
        notes=[note],
    )
