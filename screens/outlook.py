"""The push to Outlook: whose mailbox, what was changed there, what waits, what is there."""

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui.calendar import titles
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _, format_date, format_day, format_time, ngettext
from kotoutus_tui.outlook import answers, changes, overview, push, state
from kotoutus_tui.outlook.overview import Line, Overview
from kotoutus_tui.outlook.setup import Setup, setup_of
from screens import calendar_export_dialogs as dialogs
from screens import keys, safe
from screens.base import BaseScreen
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.outlook_dialogs import ByCode, InBrowser, SigningIn
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

if TYPE_CHECKING:
    from datetime import datetime

_GROUPS = {
    "asked": lambda: _("Changed in Outlook"),
    "waits": lambda: _("Waits to be sent"),
    "goes": lambda: _("Goes from Outlook"),
    "sent": lambda: _("In Outlook"),
}


class OutlookScreen(BaseScreen):
    """Sends only when asked to; what was changed in Outlook is never overwritten."""

    BINDINGS = keys.bindings("outlook")
    LISTENS = frozenset({"outlook_job", "outlook_event", "appointment"})
    DEFAULT_CSS = "OutlookScreen #about { height: auto; padding: 0 3; margin-bottom: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._found: Overview | None = None
        self._source = RowsInMemory[Entry]()
        self._sending: asyncio.Task[push.Pushed] | None = None

    def compose_body(self) -> ComposeResult:
        """How it stands, and the list."""
        yield Static("", id="about", markup=False)
        yield EventList(left=14, id="lines")

    def on_mount(self) -> None:
        """Begin at the first line."""
        self.query_one(EventList).focus()
        self.query_one(EventList).opens = False

    def on_unmount(self) -> None:
        """Nothing goes on behind a screen that was left."""
        self.action_stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits what is shown."""
        found = self._found
        on_change = self._line is not None and self._line.kind == "asked"
        ready = found is not None and found.signed_in and bool(found.mailbox)
        fits = {
            "send": ready and self._sending is None and found is not None and found.of("waits", "goes") > 0,
            "stop": self._sending is not None,
            "keep": on_change,
            "take": on_change,
            "leave": on_change,
            "look": ready and self._sending is None,
            "title": ready,
            "sign_out": ready,
        }
        return fits.get(action, True)

    @property
    def _setup(self) -> Setup:
        return setup_of(self.desk.settings)

    @property
    def _line(self) -> Line | None:
        if self._found is None or not self.is_mounted:
            return None
        key = self.query_one(EventList).cursor_key
        return next((each for each in self._found.lines if _key(each) == key), None)

    async def load(self) -> None:
        """Read how it stands, without asking Outlook."""
        self.heading = _("Push to Outlook")
        found = self._found = await overview.read(self.desk.db, self._setup)
        self._source.rows = [_entry(each) for each in found.lines]
        listed = self.query_one(EventList)
        listed.empty = _("Nothing waits, and nothing was sent.")
        listed.keep_showing(self._source)
        self.query_one("#about", Static).update(safe.prose("\n".join(_said(found))))
        self.refresh_bindings()

    @on(EventList.Moved, "#lines")
    @on(EventList.Loaded, "#lines")
    def moved(self) -> None:
        """Other commands fit the line under the cursor."""
        self.refresh_bindings()

    # Commands

    def action_send(self) -> None:
        """Send what waits."""
        self.do(self._send())

    def action_stop(self) -> None:
        """Stop sending at once."""
        if self._sending is not None:
            self._sending.cancel()

    def action_look(self) -> None:
        """Look for changes made in Outlook."""
        self.do(self._look(), _("Asking Outlook …"))

    def action_keep(self) -> None:
        """Keep what stands here."""
        self.do(self._answer("keep"))

    def action_take(self) -> None:
        """Take over what stands in Outlook."""
        self.do(self._answer("take"))

    def action_leave(self) -> None:
        """Leave both as they are."""
        self.do(self._answer("leave"))

    def action_sign_in(self) -> None:
        """Sign in."""
        self.do(self._sign_in())

    def action_title(self) -> None:
        """Choose what a colleague sees."""
        self.do(self._ask_title())

    def action_sign_out(self) -> None:
        """Sign out."""
        self.do(self._sign_out())

    async def _send(self) -> None:
        if self._sending is not None:
            return
        db, setup = self.desk.db, self._setup
        sending = self._sending = asyncio.create_task(push.push(db, setup, self._progress))
        self.while_waiting(_("Sending to Outlook …"))
        self.refresh_bindings()
        try:
            await asyncio.wait({sending})
        finally:
            self._sending = None
            if self.is_mounted:
                self.while_waiting("")
        if not self.is_mounted:
            return
        self.go_stale()
        if sending.cancelled():
            self.say(_("Stopped. What was not sent waits."))
            return
        done = sending.result()
        sentence = ngettext("{count} appointment sent.", "{count} appointments sent.", done.done)
        said = [sentence.format(count=done.done)]
        if done.put_off:
            said.append(_("Outlook refused {count}. They are tried again later.").format(count=done.put_off))
        self.say(" ".join(said))

    def _progress(self, done: int, wanted: int) -> None:
        if self.is_mounted:
            told = _("Sending to Outlook: {done} of {wanted}")
            self.while_waiting(told.format(done=done, wanted=wanted))

    async def _look(self) -> None:
        found = await changes.look(self.desk.db, self._setup)
        self.go_stale()
        if not found:
            self.say(_("Nothing of yours was changed in Outlook."))

    async def _answer(self, choice: answers.Choice) -> None:
        if (line := self._line) is not None and line.kind == "asked":
            await answers.answer(self.desk.db, line.id, choice)
            self.go_stale()
            self.say(_("Saved."))

    async def _sign_in(self) -> None:
        setup = self._setup
        if not setup.is_app:
            ways = [
                ("code", _("With a code on another device")),
                ("browser", _("In the browser of your own computer")),
            ]
            chosen = await self.ask(Choose(_("How do you sign in?"), ways))
            if chosen is None:
                return
            way = ByCode(setup) if chosen == "code" else InBrowser(setup)
            if not await self.ask(SigningIn(way)):
                return
        template = self._found.template if self._found else "busy"
        many = await state.turn_on(self.desk.db, setup, template)
        self.go_stale()
        waiting = ngettext("{count} appointment waits.", "{count} appointments wait.", many)
        self.say(f"{_('You are signed in.')} {waiting.format(count=many)}")

    async def _ask_title(self) -> None:
        async def use(values: Values) -> bool:
            await state.set_template(self.desk.db, dialogs.template_of(values))
            return True

        now = self._found.template if self._found else "busy"
        if await self.ask(dialogs.title_form(now, use, _judged)):
            self.go_stale()

    async def _sign_out(self) -> None:
        many = self._found.of("sent", "asked") if self._found else 0
        effect = ngettext(
            "{count} event is taken out of Outlook first.",
            "{count} events are taken out of Outlook first.",
            many,
        ).format(count=many)
        if not await self.ask(Confirm(_("Sign out of Outlook?"), [effect], accept=_("Sign out"))):
            return
        await state.turn_off(self.desk.db, removing=True)
        await self._send()
        if (await state.read(self.desk.db, self._setup)).sent:
            raise KotoutusError(_("Something is still in Outlook. Repeat this later."))
        state.forget(self._setup)
        self.go_stale()
        self.say(_("You are signed out."))


def _judged(template: str) -> str:
    titles.check(template, ())
    return titles.name_of(template)


def _said(found: Overview) -> list[str]:
    if not (found.mailbox and found.signed_in):
        return [_("You have not signed in to Outlook."), _("Sign in with the key i.")]
    waiting = found.of("waits", "goes")
    lines = [
        _("Mailbox: {address}").format(address=found.mailbox),
        _("What a colleague sees: {template}").format(template=titles.name_of(found.template)),
        ngettext("{count} appointment waits.", "{count} appointments wait.", waiting).format(count=waiting),
    ]
    if not found.active:
        lines.append(_("Nothing more is sent."))
    return lines


def _key(line: Line) -> str:
    return f"{line.kind}:{line.id}"


def _entry(line: Line) -> Entry:
    title = _("series") if line.series else ""
    if line.kind == "asked":
        moved = _("In Outlook {when}").format(when=_when(line.there)) if line.there else ""
        title = moved or _("deleted in Outlook")
    elif line.problem:
        title = _("Outlook refused it ({code}).").format(code=line.problem)
    return Entry(_key(line), _GROUPS[line.kind](), format_date(_local(line.starts_at)), _joined(line, title))


def _joined(line: Line, title: str) -> str:
    return " · ".join(filter(None, (format_time(line.starts_at), title)))


def _when(moment: "datetime") -> str:
    return f"{format_day(_local(moment))} {format_time(moment)}"


def _local(moment: "datetime") -> "datetime":
    from kotoutus_tui.clock import HELSINKI

    return moment.astimezone(HELSINKI)
