"""Free times: who can meet a client when, in which language, and an appointment made there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.calendar.free import Slot
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework import free_times, intake_words
from kotoutus_tui.casework.calendar_reading import Member, Span
from kotoutus_tui.casework.free_times import Question
from kotoutus_tui.i18n import _, format_day, language_name
from screens import calendar_steps, keys, safe
from screens.base import BaseScreen
from screens.calendar_form import line_field
from screens.calendar_rows import HOURS_WIDTH
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.field import Field
from screens.widgets.form import FormDialog, Values
from screens.widgets.number_field import NumberField

_EVERYBODY = "-"


class FreeTimesScreen(BaseScreen):
    """The answer to a question; the question can be asked anew."""

    BINDINGS = keys.bindings("free")
    LISTENS = frozenset({"appointment", "absence", "staff"})
    DEFAULT_CSS = """
    FreeTimesScreen #asked { height: auto; padding: 0 2; margin-bottom: 1; color: $text-muted; }
    """

    def __init__(self, question: Question, team: Sequence[Member]) -> None:
        super().__init__()
        self._question = question
        self._team = team
        self._slots: dict[str, Slot] = {}
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """What was asked, and the times."""
        yield Static("", id="asked", markup=False)
        yield EventList(
            left=HOURS_WIDTH,
            empty=_("Nobody is free then. e asks for other days or a shorter time."),
            id="free",
        )

    def on_mount(self) -> None:
        """Begin at the first time."""
        self.query_one(EventList).focus()

    async def load(self) -> None:
        """Look again."""
        slots = await free_times.search(self.desk.db, self._question)
        self._slots = {f"{each.login} {each.starts_at.isoformat()}": each for each in slots}
        self.heading, self.whose = _("Free times"), ""
        self._source.rows = [_entry(key, each, self._question) for key, each in self._slots.items()]
        self.query_one(EventList).keep_showing(self._source)
        self.query_one("#asked", Static).update(safe.line(_asked(self._question, self._team)))

    @on(EventList.Opened, "#free")
    def opened(self, event: EventList.Opened) -> None:
        """Make an appointment at this time."""
        self.do(self._make(self._slots[event.key]))

    def action_ask(self) -> None:
        """Ask for other times."""
        self.do(self._ask())

    async def _ask(self) -> None:
        asked = await self.ask(FreeTimesForm(self._question, self._team, self.desk.me.login))
        if asked is not None:
            self._question = asked
            self.query_one(EventList).show(self._source)
            self.go_stale()

    async def _make(self, slot: Slot) -> None:
        if slot.login != self.desk.me.login:
            self.say(_("Everybody writes in their own calendar: ask {name}.").format(name=slot.name))
            return
        begun = replace(
            await calendar_steps.begin(self, slot.starts_at),
            minutes=self._question.minutes,
            language=self._question.language if slot.interpreted else "",
            facts={"room": self._question.room, "interpreter": self._question.interpreter},
        )
        if await calendar_steps.make(self, begun) is not None:
            self.say(_("Saved."))
            self.go_stale()


class FreeTimesForm(FormDialog[Question]):
    """Asks what is looked for; answers with the question."""

    def __init__(self, question: Question, team: Sequence[Member], login: str) -> None:
        logins = tuple(question.logins)
        who = logins[0] if len(logins) == 1 else _EVERYBODY
        people = [(_EVERYBODY, _("Everybody"))]
        people += [(each.login, _("Me") if each.login == login else each.name) for each in team]
        fields: list[Field[Any]] = [
            NumberField("minutes", _("Minutes"), question.minutes, least=5, most=8 * 60, required=True),
            ChoiceField("language", _("Language"), intake_words.languages(), question.language),
            ChoiceField("who", _("Who"), people, who, required=True),
            DateField("first", _("First day"), question.first, required=True),
            DateField("last", _("Last day"), question.last, required=True),
            line_field("interpreter", _("Interpreter's name"), question.interpreter),
            line_field("room", _("Meeting room"), question.room),
        ]
        super().__init__(_("Who is free?"), fields, save=self._found, accept=_("Search"))

    async def _found(self, values: Values) -> Question:
        question = Question(
            values["first"], values["last"], values["minutes"], values["language"] or "",
            () if values["who"] == _EVERYBODY else (values["who"],), values["interpreter"] or "",
            values["room"] or "",
        )  # fmt: skip
        # What is wrong with the days is told while the form is open.
        await free_times.search(self.desk.db, question)
        return question


async def find(screen: BaseScreen, logins: Sequence[str] = ()) -> None:
    """Ask who is looked for and show who is free; inside `do`."""
    today = clock.today()
    team = await reading.team(screen.desk.db, today)
    begun = Question(today, today + timedelta(days=free_times.USUAL_DAYS), logins=logins)
    question = await screen.ask(FreeTimesForm(begun, team, screen.desk.me.login))
    if question is not None:
        screen.frame.push_screen(FreeTimesScreen(question, team))


def _entry(key: str, slot: Slot, question: Question) -> Entry:
    if not question.language:
        how = ""
    elif slot.interpreted:
        how = _("with an interpreter")
    else:
        how = _("speaks it")
    said = [format_day(slot.starts_at.date()), how]
    return Entry(
        key=key,
        group=" · ".join(filter(None, said)),
        left=words.hours(Span(slot.login, slot.starts_at, slot.ends_at)),
        title=slot.name,
    )


def _asked(question: Question, team: Sequence[Member]) -> str:
    names = [each.name for each in team if each.login in question.logins]
    said = [
        _("{minutes} min").format(minutes=question.minutes),
        language_name(question.language) if question.language else "",
        ", ".join(names) or _("Everybody"),
        f"{format_day(question.first)}–{format_day(question.last)}",
        question.interpreter,
        question.room,
    ]
    return " · ".join(filter(None, said))
