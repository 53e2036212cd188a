"""Dialogs of the hand-over to Outlook: days, title, fetching the file, help for one's Outlook, history."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from kotoutus_tui.calendar import history, outlook_help, titles
from kotoutus_tui.calendar.history import Export
from kotoutus_tui.calendar.preview import Shown
from kotoutus_tui.fetching import fetch_of
from kotoutus_tui.i18n import _, format_date, format_datetime, format_day, format_time, ngettext
from screens import safe
from screens.dialog import Dialog
from screens.what_if import WhatIfForm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values

_TEXT = "text"


class Told(Dialog[None]):
    """Lines to read, and a button to close them."""

    AUTO_FOCUS = "#accept"
    DEFAULT_CSS = """
    Told .dialog { width: 104; }
    """

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = tuple(lines)

    def compose_dialog(self) -> ComposeResult:
        """The lines; they scroll where there are many."""
        with VerticalScroll(classes="dialog-text"):
            for each in self._lines:
                yield Static(safe.prose(each))
        yield Button(safe.line(_("Close")), id="accept", compact=True)

    @on(Button.Pressed)
    def answered(self) -> None:
        """Close."""
        self.dismiss(None)


def range_form(from_on: date, to_on: date, use: Callable[[Values], Awaitable[bool]]) -> FormDialog[bool]:
    """Return the form of the days; its values are `from` and `to`."""
    fields = [
        DateField("from", _("The first day"), from_on, required=True),
        DateField("to", _("The last day"), to_on, required=True),
    ]
    return FormDialog(_("Which days?"), fields, save=use, accept=_("Show"))


def title_form(
    template: str, use: Callable[[Values], Awaitable[bool]], judge: Callable[[str], str]
) -> WhatIfForm:
    """Return the form of the title; `judge` says what a colleague would see by a template."""
    own = template.startswith(titles.OWN)
    fields = [
        ChoiceField(
            "template", _("Heading"), [(code, _(name)) for code, name in titles.NAMES.items()],
            _TEXT if own else template, required=True,
        ),
        TextField("text", _("Your own text"), template.removeprefix(titles.OWN) if own else ""),
    ]  # fmt: skip
    return WhatIfForm(
        _("What a colleague sees"), fields, use, lambda values: judge(template_of(values)), accept=_("Use it")
    )


def template_of(values: Values) -> str:
    """Return the template that the form's values mean."""
    chosen = values.get("template") or "busy"
    return f"{titles.OWN}{values.get('text') or ''}" if chosen == _TEXT else chosen


def fetching(file: Path, count: int | None) -> Told:
    """Return how a file is fetched; `count` says how many appointments were just written into it."""
    fetch = fetch_of(file)
    where = _("  1. Open WinSCP on your own computer and log in: server {host}, port {port}, user {user}.")
    lines: list[str] = []
    if count is not None:
        lines += [
            ngettext("{count} appointment was written.", "{count} appointments were written.", count).format(
                count=count
            ),
            "",
        ]
    lines += [
        _("With WinSCP:"),
        where.format(host=fetch.host, port=fetch.port, user=fetch.user),
        _("  2. On the right side open {path}").format(path=fetch.path),
        _("  3. Drag the file to the left side."),
        "",
        _("Or run this on your own computer:"),
        f"  {fetch.scp}",
        "",
        _("Then take it into Outlook; the key o here tells how."),
        _("Delete the file on both computers when that is done; Delete does it here."),
    ]
    return Told(_("The file for Outlook"), lines)


def whole(shown: Shown) -> Told:
    """Return all that the file tells of one appointment."""
    hours = f"{format_time(shown.starts_at)}–{format_time(shown.ends_at)}"
    facts = [
        f"{format_day(shown.starts_at.date())}{shown.starts_at.year} {hours}",
        _("Title: {title}").format(title=shown.title),
        _("Place: {place}").format(place=shown.place or _("not told")),
        _("Marked as private and busy; no text, no participants, no reminder."),
    ]
    return Told(_("All that Outlook gets"), facts)


def help_dialog(version: str) -> Told:
    """Return the help for one Outlook."""
    found = outlook_help.help_for(version)
    steps = [f"{number}. {step}" for number, step in enumerate(found.steps, start=1)]
    return Told(found.name, [*steps, "", found.mind])


def history_dialog(exports: Sequence[Export]) -> Told:
    """Return one's earlier hand-overs."""
    lines = [_export_line(each) for each in exports]
    return Told(_("What you handed over"), lines or [_("Nothing yet.")])


def _export_line(each: Export) -> str:
    days = f"{format_date(each.from_on)}–{format_date(each.to_on)}" if each.from_on and each.to_on else ""
    many = ngettext("{count} appointment", "{count} appointments", each.appointments).format(
        count=each.appointments
    )
    parts = (format_datetime(each.exported_at), _(history.ROUTES[each.route]), many, days)
    return " · ".join(filter(None, (*parts, titles.name_of(each.template), each.mailbox)))
