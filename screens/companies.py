"""The companies whose international employees are advised."""

from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.guidance import commands, companies, company_commands, company_words
from kotoutus_tui.guidance.companies import Company
from kotoutus_tui.i18n import _, ngettext
from screens import company_forms as forms
from screens import keys
from screens.base import BaseScreen
from screens.widgets.event_list import Cell, Entry, EventList, RowsInMemory
from screens.widgets.form import Values

_ID_WIDTH = 10


class CompaniesScreen(BaseScreen):
    """The list; Enter shows a company."""

    BINDINGS = keys.bindings("companies")
    LISTENS = frozenset({"company", "company_arrival", "company_step"})

    def __init__(self) -> None:
        super().__init__()
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=_ID_WIDTH, empty=_("There are no companies yet. n adds one."), id="companies")

    def on_mount(self) -> None:
        """Begin at the first company."""
        self.query_one(EventList).focus()

    async def load(self) -> None:
        """Read the companies."""
        found = await companies.companies(self.desk.db, clock.today())
        self.heading, self.whose = _("Guidance log"), _("companies")
        count = len(found)
        group = ngettext("{count} company", "{count} companies", count).format(count=count)
        self._source.rows = [_row(each, group) for each in found]
        self.query_one(EventList).keep_showing(self._source)

    @on(EventList.Opened, "#companies")
    def opened(self, event: EventList.Opened) -> None:
        """Show the company."""
        self._open(UUID(event.key))

    def action_new(self) -> None:
        """Add a company, and show it."""
        self.do(self._new())

    def action_undo(self) -> None:
        """Undo the last own change of this place."""
        self.do(self._undo())

    async def _new(self) -> None:
        operation = uuid4()
        made: list[UUID] = []

        async def save(values: Values) -> None:
            made.append(await company_commands.add(self.desk.db, values, operation_id=operation))

        if await self.ask(forms.company_form(None, save)):
            self._open(made[-1])

    async def _undo(self) -> None:
        await commands.undo_last(self.desk.db, operation_id=uuid4())
        self.say(_("Undone."))
        self.go_stale()

    def _open(self, company_id: UUID) -> None:
        from screens.company import CompanyScreen

        self.frame.push_screen(CompanyScreen(company_id))


def _row(company: Company, group: str) -> Entry:
    today = clock.today()
    notes: list[Cell] = []
    if company.next_month is not None:
        month = company_words.month_of(company.next_month)
        notes.append(_("next arrival {month}").format(month=month))
    if late := company_words.late_line(company.late):
        notes.append((f"! {late}", "alert"))
    if company.contact_is_old(today):
        old = _("contact person to be confirmed")
        notes.append((f"! {old}", "alert"))
    advice = ngettext("{count} advice a year", "{count} pieces of advice a year", company.entries)
    return Entry(
        str(company.id), group, company.business_id or "–", company.name,
        right=advice.format(count=company.entries) if company.entries else "", notes=notes,
    )  # fmt: skip
