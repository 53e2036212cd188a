"""Need against supply: the languages and services that no partner gives, the widest gaps first."""

from collections.abc import Sequence
from uuid import uuid4

from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock, private_files
from kotoutus_tui.i18n import _, language_name, ngettext
from kotoutus_tui.partners import need_supply, population
from kotoutus_tui.partners.need_supply import Gap, Need
from screens import keys, safe
from screens.base import BaseScreen
from screens.widgets.event_list import Cell, Entry, EventList, RowsInMemory

_LEFT_WIDTH = 14


class NeedSupplyScreen(BaseScreen):
    """A row for each language and service class that clients need."""

    BINDINGS = keys.bindings("need")
    DEFAULT_CSS = """
    NeedSupplyScreen #need-top { height: auto; padding: 0 2; margin-bottom: 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Need] = ()
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """What is counted, and the list."""
        yield Static("", id="need-top", markup=False)
        yield EventList(
            left=_LEFT_WIDTH, empty=_("No plan has an open service yet: nothing to compare."), id="needs"
        )

    def on_mount(self) -> None:
        """Begin at the widest gap."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: there must be something to write."""
        return action != "export" or bool(self._rows)

    async def load(self) -> None:
        """Count again."""
        today = clock.today()
        self._rows = await need_supply.read(self.desk.db, today)
        known = await population.known(self.desk.db)
        if not self.query(EventList):  # left while it was read
            return
        self.heading, self.whose = _("Need and supply"), _("the whole team's clients")
        lines = [
            _("Clients by what is open in their plans; <5 also hides what a small count could be read from."),
            population.source_line(known) or _("p reads how many speak each language in Joensuu."),
        ]
        self.query_one("#need-top", Static).update(safe.prose("\n".join(lines)))
        self._source.rows = [_row(each) for each in self._rows]
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def action_export(self) -> None:
        """Write the rows into a file."""
        self.do(self._export())

    def action_population(self) -> None:
        """Read the speakers of each language from Statistics Finland."""
        self.do(self._population(), _("Asking Statistics Finland …"))

    async def _export(self) -> None:
        file = private_files.free_name(self.desk.settings.drop_dir, "need", ".csv")
        await need_supply.export(self.desk.db, self._rows, file)
        count = len(self._rows)
        self.say(
            ngettext("{count} row written to {file}", "{count} rows written to {file}", count).format(
                count=count, file=file
            )
        )

    async def _population(self) -> None:
        server = self.desk.settings.statistics_url
        count = await population.fetch(self.desk.db, server, operation_id=uuid4())
        self.say(
            ngettext(
                "Speakers of {count} language read.", "Speakers of {count} languages read.", count
            ).format(count=count)
        )
        self.go_stale()


def _row(need: Need) -> Entry:
    clients = _("{count} clients").format(count=need_supply.clients_text(need))
    parts: list[str] = []
    if need.spoken:
        parts.append(
            ngettext("{count} partner speaks it", "{count} partners speak it", need.spoken).format(
                count=need.spoken
            )
        )
    if need.interpreted:
        parts.append(
            ngettext(
                "{count} partner has an interpreter", "{count} partners have an interpreter", need.interpreted
            ).format(count=need.interpreted)
        )
    if need.people is not None:
        parts.append(_("speakers {people}").format(people=population.people_text(need.people)))
    notes: list[Cell] = [" · ".join(parts)] if parts else []
    return Entry(
        f"{need.language}:{need.service_class}", _gap_name(need.gap), language_name(need.language),
        need_supply.class_name(need.service_class), right=clients, notes=notes,
    )  # fmt: skip


def _gap_name(gap: Gap) -> str:
    return {
        "nobody": _("No partner gives it in the language"),
        "interpreter": _("Only by interpreter"),
        "spoken": _("A partner speaks the language"),
    }[gap]
