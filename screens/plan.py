"""A client's plan: one version at a time with its goals and measures, the reviews, and all versions."""

from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.plan import KINDS, Plans, Version, plans
from kotoutus_tui.i18n import _
from screens import keys, plan_rows, plan_steps, safe
from screens.client_part import ClientPartScreen
from screens.widgets.event_list import Entry, EventList, RowsInMemory

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kotoutus_tui.casework.timeline import Header

_ON_DRAFT = frozenset({"goal", "measure", "draw", "remove"})


class PlanScreen(ClientPartScreen):
    """Shows the draft, else the version in force, of the client that `opening` keeps open."""

    CSS = "#plan-who { height: 1; padding: 0 2; text-style: bold; }"
    BINDINGS = keys.bindings("plan")
    LISTENS = frozenset({"client", "plan", "plan_goal", "plan_measure", "plan_review"})

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self.known = Plans()
        self.who: Header | None = None
        self.chosen: UUID | None = None
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Whose plan it is, and one list."""
        yield Static("", id="plan-who", markup=False)
        yield EventList(empty=_("There is no plan yet. n begins one."), left=plan_rows.LABEL_WIDTH, id="plan")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the version in sight and the row under the cursor."""
        shown = self.version
        if action in _ON_DRAFT:
            fits = action != "remove" or self.row[0] in ("goal", "measure", "facts")
            return shown is not None and shown.is_draft and fits
        return {
            "begin": any(self.known.draft(kind) is None for kind in KINDS),
            "review": self.known.in_force("integration") is not None,
            "version": len(self.known.versions) > 1,
            "print": shown is not None,
        }.get(action, True)

    @property
    def version(self) -> Version | None:
        """The version in sight."""
        found = self.known.find(self.chosen) if self.chosen else None
        kinds = [kind for kind in KINDS if self.known.of(kind)]
        return found or next((self.known.of(kind)[0] for kind in kinds), None)

    async def read(self) -> None:
        """Read the versions."""
        self.who = await timeline.header(self.desk.db, self.client_id)
        self.known = await plans(self.desk.db, self.client_id)
        self.heading = _("Plan")
        self.whose = self.who.own_counsellor or ""
        self._draw()

    def forget(self) -> None:
        """Show no plan."""
        self.who, self.known = None, Plans()
        self._draw()

    def show(self, version_id: UUID, at: str | None = None) -> None:
        """Put a version in sight, with the cursor on a row."""
        self.chosen = version_id
        self._draw(at)

    def _draw(self, at: str | None = None) -> None:
        shown = self.version
        self.query_one("#plan-who", Static).update(safe.line(self.who.name if self.who else ""))
        self._source.rows = plan_rows.rows(shown, self.known, clock.today()) if shown else []
        listed = self.query_one(EventList)
        if at is not None:
            listed.show(self._source, at)
        else:
            listed.keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#plan")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#plan")
    def opened(self) -> None:
        """Change what stands under the cursor, or show the version under it."""
        self._do(plan_steps.edit(self))

    def action_begin(self) -> None:
        """Begin a plan or a new version."""
        self._do(plan_steps.begin(self))

    def action_goal(self) -> None:
        """Add a goal."""
        self._do(plan_steps.add_goal(self))

    def action_measure(self) -> None:
        """Add a measure or service."""
        self._do(plan_steps.add_measure(self))

    def action_draw(self) -> None:
        """Draw the plan up."""
        self._do(plan_steps.draw(self))

    def action_review(self) -> None:
        """Review the plan."""
        self._do(plan_steps.review(self))

    def action_version(self) -> None:
        """Choose the version in sight."""
        self._do(plan_steps.choose_version(self))

    def action_print(self) -> None:
        """Print the version in sight."""
        self._do(plan_steps.print_version(self))

    def action_remove(self) -> None:
        """Take away what stands under the cursor, or the whole draft."""
        self._do(plan_steps.remove(self))

    def _do(self, work: "Coroutine[object, object, None]") -> None:
        self.do(self._opened_first(work))

    async def _opened_first(self, work: "Coroutine[object, object, None]") -> None:
        await self.opening.renew()
        await work
