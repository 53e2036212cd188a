"""Handing one client over to the national register: each field to be copied, marked and confirmed."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework import register_marks as marks
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.register_fields import LABELS, RegisterField, Subject, subjects
from kotoutus_tui.i18n import N_, _, format_date
from screens import keys, safe
from screens.client_part import ClientPartScreen
from screens.dialog import Confirm, Dialog
from screens.widgets.event_list import Cell, Entry, EventList, RowsInMemory
from screens.widgets.line_list import Role

if TYPE_CHECKING:
    pass

_FOLD = 3
_STATES: dict[str, tuple[str, Role]] = {
    "empty": (N_("nothing to enter"), "faint"),
    "waiting": (N_("waits"), "accent"),
    "copied": (N_("copied {date}"), "plain"),
    "confirmed": (N_("confirmed {date}"), "faint"),
    "changed": (N_("changed since {date}"), "alert"),
}


class TextAlone(Dialog[None]):
    """Shows a value with nothing beside it, to be selected with the mouse of the terminal."""

    CSS = """
    TextAlone { align: left top; background: $background; }
    TextAlone .dialog, TextAlone .dialog:ansi {
        width: 100%;
        padding: 0;
        border: none;
        background: $background;
    }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def compose_dialog(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="dialog-text", can_focus=True):
            yield Static(safe.prose(self._text))


class RegisterScreen(ClientPartScreen):
    """Shows what is to be entered of the client that `opening` keeps open."""

    CSS = "#register-note { height: auto; padding: 0 2; }"
    BINDINGS = keys.bindings("register")
    LISTENS = frozenset({
        "client", "client_status", "interview", "interview_item", "plan", "plan_goal", "plan_measure",
        "plan_review", "register_mark", "event",
    })  # fmt: skip

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self.subjects: list[Subject] = []
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield Static("", id="register-note", markup=False)
        yield EventList(
            empty=_("Nothing is ready: finish an interview, or draw up or review a plan."),
            left=0, fold=_FOLD, id="register",
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the row under the cursor."""
        found = self.chosen
        if action in ("copy", "plain"):
            return found is not None and bool(found[1].value)
        return bool(self.subjects) if action in ("confirm", "export") else True

    @property
    def chosen(self) -> tuple[Subject, RegisterField] | None:
        """The field under the cursor with what it belongs to."""
        key = self.query_one(EventList).cursor_key
        return next(
            ((one, each) for one in self.subjects for each in one.fields if _key(one, each) == key), None
        )

    async def read(self) -> None:
        """Read the fields."""
        header = await timeline.header(self.desk.db, self.client_id)
        self.subjects = await subjects(self.desk.db, self.client_id)
        self.heading = _("National register")
        self.whose = header.own_counsellor or ""
        note = header.name
        if header.responsible_authority != "municipality":
            note += "\n" + _("The employment authority answers for this client and enters in its own system.")
        self._draw(note)

    def forget(self) -> None:
        """Show no field."""
        self.subjects = []
        self._draw("")

    def _draw(self, note: str) -> None:
        self.query_one("#register-note", Static).update(safe.prose(note))
        self._source.rows = [_row(one, each) for one in self.subjects for each in one.fields]
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#register")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#register")
    def opened(self) -> None:
        """Copy the field."""
        self.action_copy()

    def action_copy(self) -> None:
        """Copy the field under the cursor to the clipboard of the person's computer."""
        self.do(self._copy())

    async def _copy(self) -> None:
        if self.chosen is None or not self.chosen[1].value:
            return
        subject, chosen = self.chosen
        await self.opening.renew()
        self.frame.copy_to_clipboard(safe.plain_prose(chosen.value))
        await marks.mark_copied(self.desk.db, self.client_id, subject, chosen, operation_id=uuid4())
        self.go_stale()
        self.say(_("Copied. If nothing can be pasted, {key} shows the text alone.").format(key="v"))

    def action_plain(self) -> None:
        """Show the text alone."""
        self.do(self._plain())

    async def _plain(self) -> None:
        if self.chosen is not None:
            subject, chosen = self.chosen
            await self.ask(TextAlone(_(LABELS[chosen.code]), chosen.value))
            await self.opening.renew()
            await marks.mark_copied(self.desk.db, self.client_id, subject, chosen, operation_id=uuid4())
            self.go_stale()

    def action_confirm(self) -> None:
        """Mark all of an assessment, plan or review as entered."""
        self.do(self._confirm())

    async def _confirm(self) -> None:
        if self.chosen is None:
            return
        subject = self.chosen[0]
        effects = [subject.title, _("All its fields are marked as entered and checked today.")]
        if await self.ask(Confirm(_("Confirm?"), effects, accept=_("Confirm"))):
            await self.opening.renew()
            await marks.mark_confirmed(self.desk.db, self.client_id, subject, operation_id=uuid4())
            self.go_stale()
            self.say(_("Confirmed."))

    def action_export(self) -> None:
        """Write all fields into files."""
        self.do(self._export())

    async def _export(self) -> None:
        await self.opening.renew()
        place = await marks.export(self.desk.db, self.desk.settings.drop_dir, self.subjects)
        self.say(_("Written: {file} and the same as text.").format(file=place.name))


def _key(one: Subject, each: RegisterField) -> str:
    return f"{one.id}:{each.code}"


def _row(one: Subject, each: RegisterField) -> Entry:
    words, role = _STATES[each.state]
    mark = each.mark
    day = (mark.confirmed_on or mark.copied_on) if mark else None
    right: Cell = (_(words).format(date=format_date(day) if day else ""), role)
    return Entry(_key(one, each), one.title, "", (_(LABELS[each.code]), "strong"), right, body=each.value)
