"""The form of an appointment: while it is filled in it tells how long it takes and what is taken then."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kotoutus_tui import log
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import intake_words
from kotoutus_tui.casework.appointment_clashes import Clashes, Plan
from kotoutus_tui.casework.appointment_series import MOST
from kotoutus_tui.casework.appointment_words import FREQUENCIES, GENDERS, MODES
from kotoutus_tui.casework.calendar_reading import Meeting, OwnClient
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_time
from kotoutus_tui.text import short_line
from screens import safe
from screens.client_forms import TimeField
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values
from screens.widgets.number_field import NumberField

USUAL_MINUTES = 45
_MOST_MINUTES = 12 * 60

Save = Callable[[Values], Awaitable[UUID]]


@dataclass(frozen=True)
class Begun:
    """What a new appointment begins with; `own` are the clients to choose from."""

    own: Sequence[OwnClient]
    client_id: UUID | None = None
    start: datetime | None = None
    minutes: int = USUAL_MINUTES
    language: str = ""
    meeting: Meeting | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


class AppointmentForm(FormDialog[UUID]):
    """Answers with the appointment; everything typed is kept as a draft until it is saved or emptied."""

    DEFAULT_CSS = """
    AppointmentForm .dialog { height: 100%; max-height: 42; }
    AppointmentForm Form { height: 1fr; }
    AppointmentForm Field { margin-bottom: 0; }
    AppointmentForm #taken, MoveForm #taken { height: auto; min-height: 1; max-height: 6; margin-bottom: 1; }
    """

    def __init__(self, begun: Begun, clashes: Clashes, save: Save, draft: FormDraft) -> None:
        fields = _fields(begun)
        kept = draft.read()
        slot = _slot(begun.start)
        resumed = bool(kept) and begun.meeting is None
        if resumed:
            _resume(fields, kept, same_slot=kept.get("slot") == slot or not slot)
        title = _("New appointment") if begun.meeting is None else _("Appointment")
        super().__init__(
            _("{entry} – your draft was kept").format(entry=title) if resumed else title,
            fields,
            save=save,
            accept=_("Save"),
            on_change=self._changed,
            first="kind" if begun.client_id else "client",
        )
        self._begun, self._clashes, self._draft, self._slot = begun, clashes, draft, slot
        self._first: dict[str, str] | None = None
        self._clients = (str(begun.client_id) if begun.client_id else "", self._suggested(begun.client_id))

    def compose_dialog(self) -> ComposeResult:
        """What is taken, in sight whichever field is written in, and the form."""
        yield Static("", id="taken", markup=False)
        yield from super().compose_dialog()

    def on_mount(self) -> None:
        """Tell at once what is taken at the time it begins with."""
        self._first = self._form.typed
        self._look()

    def _changed(self, typed: Mapping[str, str]) -> None:
        if self.is_current:
            self._follow_client()
            self._look()
        if self._begun.meeting is not None or typed == self._first:
            return
        try:
            self._draft.keep({**typed, "slot": self._slot})
        except OSError as error:
            log.unexpected(error, "draft not kept")

    def _look(self) -> None:
        found = {each.name or "": _value(each) for each in self._form.fields}
        plan = Plan.of(found, self._begun.meeting)
        self.run_worker(self._show_taken(plan), group="taken", exclusive=True, exit_on_error=False)

    async def _show_taken(self, plan: Plan) -> None:
        await show_taken(self.query_one("#taken", Static), self._clashes, plan)

    def _follow_client(self) -> None:
        """Suggest an interpreter's language when the client is changed, unless one was chosen."""
        chosen = _value(self._field("client")) or ""
        before, suggested = self._clients
        if chosen != before:
            language = self._field("interpreter_language")
            wanted = self._suggested(UUID(chosen) if chosen else None)
            if isinstance(language, ChoiceField) and (_value(language) or "") == suggested:
                language.choose(wanted)
            self._clients = (chosen, wanted)
            kind = self._field("kind")
            if chosen and isinstance(kind, ChoiceField) and kind.value() == "meeting":
                kind.choose("guidance")

    def _suggested(self, client_id: UUID | None) -> str:
        found = (each.interpreter_language for each in self._begun.own if each.id == client_id)
        return next(found, None) or ""

    def _field(self, name: str) -> Field[Any]:
        return next(each for each in self._form.fields if each.name == name)


class MoveForm(FormDialog[datetime]):
    """Asks for another time of an appointment, begun at `at`, and for a reason where it then overlaps."""

    def __init__(
        self,
        meeting: Meeting,
        at: datetime,
        clashes: Clashes,
        save: Callable[[Values], Awaitable[datetime]],
    ) -> None:
        fields: list[Field[Any]] = [
            DateField("day", _("Day"), at.date(), required=True),
            TimeField("time", _("Time"), format_time(at), required=True),
            line_field("overlap_reason", _("Why it may overlap"), meeting.overlap_reason),
        ]
        super().__init__(
            _("Move to another time"), fields, save=save, accept=_("Move"), on_change=self._changed
        )
        self._meeting, self._clashes = meeting, clashes

    def compose_dialog(self) -> ComposeResult:
        """What is taken then, and the form."""
        yield Static("", id="taken", markup=False)
        yield from super().compose_dialog()

    def _changed(self, _typed: Mapping[str, str]) -> None:
        if not self.is_current:
            return
        found = {each.name or "": _value(each) for each in self._form.fields}
        plan = Plan.of_move(found, self._meeting)
        self.run_worker(self._show_taken(plan), group="taken", exclusive=True, exit_on_error=False)

    async def _show_taken(self, plan: Plan) -> None:
        await show_taken(self.query_one("#taken", Static), self._clashes, plan)


async def show_taken(line: Static, clashes: Clashes, plan: Plan) -> None:
    """Show under a form from when till when it is, and what is taken then."""
    found = await clashes.of(plan)
    lines = [safe.line(found.span)] if found.span else []
    lines += [Content.styled(f"! {safe.plain(each)}", "bold $error") for each in found.sentences]
    line.update(Content("\n").join(lines))


def _value(each: Field[Any]) -> Any:
    try:
        return each.value()
    except InvalidInput:
        return None


def _slot(start: datetime | None) -> str:
    return start.isoformat() if start else ""


def _resume(fields: Sequence[Field[Any]], kept: Mapping[str, str], *, same_slot: bool) -> None:
    for each in fields:
        # A time chosen now counts more than that of a draft begun elsewhere.
        if each.name in kept and (same_slot or each.name not in ("day", "time")):
            each.begin_with(kept[each.name or ""])


def client_choices(own: Sequence[OwnClient]) -> list[tuple[str, str]]:
    """Return the clients to choose from; those of one name are told apart by a number."""
    seen: dict[str, int] = {}
    choices: list[tuple[str, str]] = []
    for each in own:
        seen[each.name] = number = seen.get(each.name, 0) + 1
        choices.append((str(each.id), each.name if number == 1 else f"{each.name} ({number})"))
    return choices


def _fields(begun: Begun) -> list[Field[Any]]:
    now = begun.meeting
    clients = client_choices(begun.own)
    genders = [(code, _(name)) for code, name in GENDERS.items()]
    gender = now.interpreter_gender if now else ""
    kinds = [(code, _(name)) for code, name in KINDS.items()]
    people = [str(each.id) for each in now.people] if now else [str(begun.client_id or "")]
    language = next((each.interpreter_language for each in begun.own if each.id == begun.client_id), None)
    spoken = now.interpreter_language if now else begun.language or language
    minutes = begun.minutes if now is None else now.minutes // (2 if now.interpreter_language else 1)
    kind = now.kind if now else "guidance" if begun.client_id else "meeting"
    start = now.starts_at if now else begun.start
    day: date | None = start.date() if start else None
    at: time | None = start.time() if start else None

    def given(name: str, label: str) -> Field[Any]:
        return line_field(name, label, getattr(now, name) if now else begun.facts.get(name))

    repeated: list[Field[Any]] = []
    if now is None:
        often = [(code, _(name)) for code, name in FREQUENCIES.items()]
        repeated = [
            ChoiceField("told", _("Told of the fee"), intake_words.yes_or_no(), "no", required=True),
            ChoiceField("frequency", _("Repeats"), often),
            NumberField("times", _("How many times"), None, least=2, most=MOST),
        ]
    cancel_by = now.interpreter_cancel_by.date() if now and now.interpreter_cancel_by else None
    return [
        ChoiceField("kind", _("Kind"), kinds, kind, required=True),
        ChoiceField("client", _("Client"), clients, people[0] if people else ""),
        ChoiceField("other", _("and another client"), clients, people[1] if len(people) > 1 else ""),
        DateField("day", _("Day"), day, required=True),
        TimeField("time", _("Time"), format_time(at) if at else "", required=True),
        NumberField("minutes", _("Minutes"), minutes, least=5, most=_MOST_MINUTES, required=True),
        ChoiceField(
            "mode", _("How"), [(code, _(name)) for code, name in MODES.items()],
            now.mode if now else "office", required=True,
        ),
        given("room", _("Meeting room")),
        given("place", _("Place")),
        ChoiceField("interpreter_language", _("Interpreter for"), intake_words.languages(), spoken),
        given("interpreter", _("Interpreter's name")),
        given("interpreter_company", _("Interpreting company")),
        given("interpreter_reference", _("Booking reference")),
        ChoiceField("interpreter_gender", _("Interpreter's gender"), genders, gender),
        DateField("interpreter_cancel_by", _("Cancel by"), cancel_by),
        given("partner", _("Partner")),
        given("title", _("What")),
        *repeated,
        given("overlap_reason", _("Why it may overlap")),
    ]  # fmt: skip


def line_field(name: str, label: str, value: str | None) -> Field[Any]:
    """Return a field for one line as the database takes it."""
    return TextField(name, label, value or "", clean=lambda text: short_line(text, name) or "")
