"""Finding a client of the team by typing: the dialog of `/`, and the search before a new client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from kotoutus_tui.casework import caseload_words, search, search_words
from kotoutus_tui.casework.search import Hit, SearchResult
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import safe
from screens.dialog import Dialog
from screens.widgets.text_input import TextInput

if TYPE_CHECKING:
    from screens.app import KotoutusApp

_CALM = 0.25  # seconds without a letter before it searches: each search is in the log of use
_LEAST = 2  # letters
_SHOWN = 8


@dataclass(frozen=True)
class Found:
    """What a search before a new client ended in: a client of one's own, or what the form begins with."""

    client_id: UUID | None
    text: str = ""
    draft: Mapping[str, str] = field(default_factory=dict[str, str])


async def search_client(frame: "KotoutusApp") -> None:
    """Ask for a client and open the timeline; only a counsellor and the lead may search. Inside `do`."""
    if not frame.desk.me.works_with_clients:
        frame.front.say(_("Only counsellors and the lead search for clients."))
        return
    found = await frame.ask(FindClient())
    if found is not None and found.client_id is not None:
        await open_timeline(frame, found.client_id)


async def open_timeline(frame: "KotoutusApp", client_id: UUID) -> None:
    """Show the client's timeline, unless it is in front already."""
    from screens.client_timeline import ClientTimelineScreen

    front = frame.front
    if not (isinstance(front, ClientTimelineScreen) and front.client_id == client_id):
        await frame.push_screen(ClientTimelineScreen(client_id))


class SearchDialog(Dialog[Found]):
    """Searches while you type; the kinds of search say what stands after the hits, and what a hit does."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._timer: Timer | None = None
        self._search: Worker[None] | None = None
        self._searched = ""
        self._result = SearchResult()

    def compose_dialog(self) -> ComposeResult:
        """The search box, and what was found."""
        yield TextInput(hint=_("Family name, given names, date of birth"))
        yield Static(safe.line(_("Any spelling will do.")), classes="said", markup=False)
        yield OptionList(compact=True, markup=False)

    def after_hits(self) -> list[Option]:
        """What else can be chosen once the search was answered, for the kinds of search to fill in."""
        return []

    def take(self, hit: Hit) -> None:
        """Answer with a hit, or tell why not; for the kinds of search to fill in."""
        raise NotImplementedError

    def take_other(self, option_id: str) -> None:
        """Take something that is no hit."""

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Search once the fingers rest."""
        event.stop()
        self._forget()
        if len(event.value.strip()) >= _LEAST:
            self._timer = self.set_timer(_CALM, self._begin)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Search now; when that is done, go to what was found."""
        event.stop()
        options = self.query_one(OptionList)
        if self._searched != event.value.strip():
            self._begin()
        elif self._result.hits:
            options.focus()
        elif options.option_count:
            options.action_select()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take what is under the cursor."""
        event.stop()
        chosen = event.option.id or ""
        if chosen.isdigit():
            self.take(self._result.hits[int(chosen)])
        else:
            self.take_other(chosen)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 (Textual's)
        """Fit the lines to the width there is."""
        if self._searched:
            self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """The arrow goes from the field to the first one found."""
        options = self.query_one(OptionList)
        if event.key == "down" and self.query_one(Input).has_focus and options.option_count:
            event.stop()
            event.prevent_default()
            options.focus()

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._search is not None:
            self._search.cancel()
            self._search = None
        self._searched = ""
        self.query_one(OptionList).clear_options()

    def _begin(self) -> None:
        self._forget()
        text = self.query_one(Input).value.strip()
        if len(text) >= _LEAST:
            self.say_found(_("Searching …"))
            self._search = self.run_worker(
                self._carry_out(self._find(text), ""), group="find", exit_on_error=False
            )

    async def _find(self, text: str) -> None:
        result = await search.find(self.desk.db, text, limit=_SHOWN)
        if text == self.query_one(Input).value.strip():
            self._searched, self._result = text, result
            self._show()

    def _show(self) -> None:
        hits = self._result.hits
        options = self.query_one(OptionList)
        width = options.size.width - 2
        options.clear_options()
        options.add_options(
            [Option(safe.line(hit_line(hit, width)), id=str(number)) for number, hit in enumerate(hits)]
        )
        options.add_options(self.after_hits())
        options.highlighted = 0 if options.option_count else None
        self.say_found(_how_many(self._result))

    def say_found(self, text: str) -> None:
        """Show under the field what the search is doing or has found."""
        self.query_one(".said", Static).update(safe.line(text))


class FindClient(SearchDialog):
    """Answers with a client who may be opened; of another counsellor's client, tells whose it is."""

    def __init__(self) -> None:
        super().__init__(_("Find a client"))

    def take(self, hit: Hit) -> None:
        """Answer with the client, or tell whose it is."""
        if may_open(hit):
            self.dismiss(Found(hit.client_id))
            return
        sentence = _("Own counsellor: {name}. Only they and the lead can open the client.")
        if hit.counsellor_name is None:
            sentence = _("The client has no own counsellor. Only the lead can open the client.")
        self.say_found(sentence.format(name=hit.counsellor_name))


def may_open(hit: Hit) -> bool:
    """Return whether this person may open the client."""
    # The lead is told the phase of every client.
    return hit.own or hit.phase is not None


def hit_line(hit: Hit, width: int) -> str:
    """Return one line about a client found: name, birth date where it may be seen, whose, why."""
    why = search_words.why(hit)
    if hit.matched:
        why = f"{search_words.kind(hit)} {hit.matched}"
    born = format_date(hit.birth_date) if hit.birth_date else ""
    spare = max(0, width - 72)
    name, whose = safe.fit(hit.name, 22 + spare // 2), safe.fit(whose_client(hit), 18 + spare // 4)
    return safe.fit(f"{name}  {safe.fit(born, 10)}  {whose}  {why}", width)


def whose_client(hit: Hit) -> str:
    """Return the phase of an own client, else the own counsellor's name."""
    if not hit.own:
        return hit.counsellor_name or _("nobody")
    if hit.phase is None:
        return _("own client")
    return _("own: {phase}").format(phase=caseload_words.phase_name(hit.phase))


def _how_many(result: SearchResult) -> str:
    if not result.hits:
        return _("No client is like this.")
    if result.born_ignored:
        return _("Nobody with this birth date. By name alone:")
    if result.more:
        return ngettext(
            "{count} more with a similar name. Write more of it, or the date of birth.",
            "{count} more with similar names. Write more of it, or the date of birth.",
            result.more,
        ).format(count=result.more)
    count = len(result.hits)
    return ngettext("{count} client is like this.", "{count} clients are like this.", count).format(
        count=count
    )
