"""The questions of a client's timeline: a choice from a list, and small forms."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kotoutus_tui import clock
from kotoutus_tui.casework.timeline_words import CHANNELS
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens import safe
from screens.dialog import Dialog
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values


class Choose(Dialog[str]):
    """Asks for one of several; pairs of code and words. Enter answers the code."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._choices = tuple(choices)

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        options = [Option(safe.line(words), id=code) for code, words in self._choices]
        yield OptionList(*options, compact=True, markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the first choice."""
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take the answer."""
        self.dismiss(event.option.id)


class MinutesField(Field[int]):
    """A length in minutes, at most a day."""

    def read(self, text: str) -> int:
        """Return the minutes."""
        number = text.removesuffix("min").strip()
        if not number.isdecimal() or int(number) > 24 * 60:
            raise InvalidInput("", _("Write minutes as a number, such as 45."))
        return int(number)


class TimeField(Field[time]):
    """A time of day: 9, 9.30, 09:30 or 0930."""

    def read(self, text: str) -> time:
        """Return the time."""
        hours, _dot, minutes = text.replace(":", ".").partition(".")
        if not minutes and len(hours) == 4:
            hours, minutes = hours[:2], hours[2:]
        if hours.isdecimal() and (minutes or "0").isdecimal() and int(hours) < 24 and int(minutes or 0) < 60:
            return time(int(hours), int(minutes or 0))
        raise InvalidInput("", _("Write the time as 14.30."))


def reason_form(
    title: str, use: Callable[[str], Awaitable[None]] | None = None, accept: str = ""
) -> FormDialog[Values]:
    """Ask why; the answer holds `reason`. With `use` the form stays open until that succeeds."""

    async def save(values: Values) -> Values:
        if use is not None:
            await use(values["reason"])
        return values

    return FormDialog(title, [_line("reason", _("Reason"))], save=save, accept=accept or _("Go on"))


def task_form() -> FormDialog[Values]:
    """Ask for a task; the answer holds `title` and `due_on`."""
    due = clock.today() + timedelta(days=7)
    return _form(
        _("Something to be done"),
        [_line("title", _("What")), DateField("due_on", _("By"), due, required=True)],
        _("Save"),
    )


def day_form() -> FormDialog[Values]:
    """Ask for a day to go to; the answer holds `day`."""
    return _form(
        _("Go to a date"), [DateField("day", _("Date"), clock.today(), past=True, required=True)], _("Go")
    )


def meeting_form(title: str, *, channel_needed: bool, coming: bool = False) -> FormDialog[Values]:
    """Ask how people met; the answer holds `channel`, `minutes` and `occurred_at` (None: now).

    `coming` allows a day to come.
    """
    choices = [(code, _(words)) for code, words in CHANNELS.items()]
    fields: list[Field[object]] = [
        ChoiceField("channel", _("How"), choices, required=channel_needed),
        MinutesField("minutes", _("Minutes")),
        *_moment_fields(coming=coming),
    ]  # pyright: ignore[reportAssignmentType]
    return FormDialog(title, fields, save=_moment_to_come if coming else _moment_past, accept=_("Write"))


def moment_form(title: str) -> FormDialog[Values]:
    """Ask when it happened; the answer holds `occurred_at` (None: now)."""
    return FormDialog(title, _moment_fields(), save=_moment_past, accept=_("Write"))


def _moment_fields(*, coming: bool = False) -> list[Field[object]]:
    day = DateField("day", _("Date"), clock.today(), past=not coming)
    return [day, TimeField("time", _("Time"))]  # pyright: ignore[reportReturnType]


async def _moment_past(values: Values) -> Values:
    found = await _moment_to_come(values)
    if found["occurred_at"] is not None and found["occurred_at"] > clock.now():
        field = "day" if found["occurred_at"].astimezone(HELSINKI).date() > clock.today() else "time"
        raise InvalidInput(field, _("It has not happened yet."), _("Add a task for what is to come."))
    return found


async def _moment_to_come(values: Values) -> Values:
    rest = dict(values)
    day, at = rest.pop("day"), rest.pop("time")
    if day is None or (day == clock.today() and at is None):
        return rest | {"occurred_at": None}
    # Without a time an entry stands at noon of its day.
    return rest | {"occurred_at": datetime.combine(day, at or time(12), HELSINKI)}


async def _as_it_is(values: Values) -> Values:
    return values


def _line(name: str, label: str) -> Field[object]:
    return TextField(name, label, clean=clean_line, required=True)  # pyright: ignore[reportReturnType]


def _form(title: str, fields: Sequence[Field[object] | DateField], accept: str = "") -> FormDialog[Values]:
    return FormDialog(title, fields, save=_as_it_is, accept=accept or _("Go on"))
