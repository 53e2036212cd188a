"""The initial interview of a client: item by item, to be left and gone on with, and the earlier ones."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kotoutus_tui.casework import interview as reading
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.interview import Interview, Setting
from kotoutus_tui.casework.interview_end import counts
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.i18n import _, format_date
from screens import interview_rows, interview_steps, keys, safe
from screens.client_part import ClientPartScreen
from screens.client_presence import Presence
from screens.interview_answer import AnswerBox
from screens.widgets.event_list import Entry, EventList, RowsInMemory

if TYPE_CHECKING:
    pass

_FOLD = 4
_UNDER_WAY = frozenset({"finish", "remove"})


class InterviewScreen(ClientPartScreen):
    """Shows the interview under way or the newest one of the client that `opening` keeps open."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("interview")
    LISTENS = frozenset({
        "client", "client_detail", "client_status", "interview", "interview_item", "presence",
    })  # fmt: skip

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self.setting: Setting | None = None
        self.interviews: list[Interview] = []
        self.lacking: list[str] = []
        self._chosen: UUID | None = None
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """What is missing, the items, and the box."""
        yield Static("", id="interview-who", markup=False)
        yield EventList(
            empty=_("No interview has been held. n begins one; P prints an empty form."),
            left=interview_rows.NUMBER_WIDTH,
            fold=_FOLD,
            id="interview-list",
        )
        yield AnswerBox(self.desk, self.client_id)

    def on_mount(self) -> None:
        """Begin at the first row."""
        super().on_mount()
        self.presence = Presence(self, self.desk.db, self.client_id)

    @property
    def interview(self) -> Interview | None:
        """The interview on the screen."""
        chosen = [each for each in self.interviews if each.id == self._chosen]
        return next(iter(chosen or self.interviews), None)

    @property
    def box(self) -> AnswerBox:
        """The box to write in."""
        return self.query_one(AnswerBox)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the interview and the row under the cursor."""
        shown = self.interview
        if self.setting is None:
            return False
        goes_on = shown is not None and shown.finished_on is None
        if action in _UNDER_WAY:
            return goes_on
        return {
            "begin": all(each.finished_on for each in self.interviews),
            "reopen": shown is not None and not goes_on,
            "former": len(self.interviews) > 1,
            "told": goes_on and self.row[0] == "told",
            "source": goes_on and self.row[0] == "item" and bool(shown and shown.answer(self.row[1]).text),
        }.get(action, True)

    async def read(self) -> None:
        """Read the interviews, and save what waited for the database."""
        self.setting = await reading.setting(self.desk.db, self.client_id)
        await interview_steps.save_waiting(self)
        self.interviews = await reading.interviews(self.desk.db, self.client_id)
        self.heading = _("Initial interview")
        self.whose = self.setting.own_counsellor or ""
        self.presence.seen(self.setting.colleagues)
        self._draw()

    def forget(self) -> None:
        """Show no interview."""
        self.setting, self.interviews = None, []
        self.box.close()
        self._draw()

    async def before_leaving(self) -> None:
        """Save what is being written; what cannot be saved stays in its file."""
        self.box.flush()
        await interview_steps.save_quietly(self)
        await self.presence.end()

    def _draw(self) -> None:
        shown, setting = self.interview, self.setting
        self.lacking = reading.missing(shown, setting) if shown and setting else []
        unsaved = {each.seen.item for each in self.box.kept() if shown and each.interview_id == shown.id}
        self._source.rows = interview_rows.rows(shown, self.lacking, unsaved) if shown and setting else []
        self.query_one("#interview-who", Static).update(self._who())
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def _who(self) -> Content:
        shown, setting = self.interview, self.setting
        if setting is None:
            return Content("")
        parts: list[tuple[str, str]] = [(safe.plain(setting.name), "bold")]
        for colleague in setting.colleagues:
            sentence = _("{name} is writing now").format(name=colleague)
            parts.append(("  ✎ " + safe.plain(sentence), "$accent"))
        if shown is None:
            return Content.assemble(*parts)
        state = _("under way")
        if shown.finished_on:
            state = _("finished {date}; x opens it for correction").format(
                date=format_date(shown.finished_on)
            )
        parts.append(("\n" + safe.plain(f"{counts(shown)} · {state}"), "$text-muted"))
        if self.lacking:
            names = "; ".join(words.label(name) for name in self.lacking)
            parts.append(("\n" + safe.plain(_("Missing: {names}").format(names=names)), "$error"))
        return Content.assemble(*parts)

    # Commands

    @on(EventList.Moved, "#interview-list")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#interview-list")
    def opened(self) -> None:
        """Answer what stands under the cursor."""
        self.do(interview_steps.edit(self, *self.row))

    @on(AnswerBox.Left)
    def answer_left(self, event: AnswerBox.Left) -> None:
        """Save the answer as it is left."""
        self.do(interview_steps.leave(self, onward=event.onward))

    def action_begin(self) -> None:
        """Begin a new interview."""
        self.do(interview_steps.begin(self))

    def action_told(self) -> None:
        """Mark that the client was told, or take the mark away."""
        self.do(interview_steps.switch_told(self, self.row[1]))

    def action_source(self) -> None:
        """Ask where the answer under the cursor comes from."""
        self.do(interview_steps.source(self, self.row[1]))

    def action_finish(self) -> None:
        """Finish the interview."""
        self.do(interview_steps.finish(self))

    def action_reopen(self) -> None:
        """Open a finished interview with a reason."""
        self.do(interview_steps.reopen(self))

    def action_remove(self) -> None:
        """Remove an interview begun by mistake."""
        self.do(interview_steps.remove(self))

    def action_former(self) -> None:
        """Show another interview of the client."""
        self.do(interview_steps.former(self))

    def action_print(self) -> None:
        """Print the interview on the screen, or an empty form when there is none."""
        self.do(interview_steps.print_paper(self))

    def show(self, interview_id: UUID | None) -> None:
        """Show this interview; None for the one under way or the newest."""
        self._chosen = interview_id
        self._draw()

    def go_to(self, key: str) -> None:
        """Put the cursor on a row."""
        place = [row.key for row in self._source.rows].index(key)
        self.query_one(EventList).move_to(place)

    async def read_again(self) -> None:
        """Read the interviews and show them, before anything else is answered."""
        self.interviews = await reading.interviews(self.desk.db, self.client_id)
        self._draw()
