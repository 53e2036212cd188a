"""A new client: search first, then a form, then the likely duplicates; a person decides."""

from collections.abc import Mapping, Sequence
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

from kotoutus_tui.casework import intake_draft, search, search_words, team
from kotoutus_tui.casework.duplicates import Duplicate
from kotoutus_tui.casework.search import Hit, SearchResult
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import safe
from screens.dialog import Dialog
from screens.widgets.text_input import TextInput

if TYPE_CHECKING:
    from screens.base import BaseScreen

_CALM = 0.25  # seconds without a letter before it searches: each search is in the log of use
_LEAST = 2  # letters
_SHOWN = 8
_GO_ON = "go-on"
_DRAFT = "draft"


@dataclass(frozen=True)
class Found:
    """What a search before a new client ended in: a client of one's own, or what the form begins with."""

    client_id: UUID | None
    text: str = ""
    draft: Mapping[str, str] = field(default_factory=dict[str, str])


async def new_client(screen: "BaseScreen") -> UUID | None:
    """Ask for a new client; return the one made, or an own one found to be the same, or None. Inside `do`."""
    from screens.new_client_form import NewClientForm

    state_dir = screen.desk.settings.state_dir
    found = await screen.ask(FindFirst(intake_draft.read(state_dir)))
    if found is None or found.client_id is not None:
        return found.client_id if found else None
    me = screen.desk.me
    counsellors: list[tuple[str, str]] = []
    if me.is_lead:
        counsellors = [(each.login, each.name) for each in await team.counsellors(screen.desk.db)]
    made = await screen.ask(NewClientForm(found, state_dir, counsellors))
    return made.client_id if made else None


class FindFirst(Dialog[Found]):
    """Searches while you type; a new client can be begun only once the search was answered."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")

    def __init__(self, draft: Mapping[str, str]) -> None:
        super().__init__(_("New client: search first"))
        self._draft = draft
        self._timer: Timer | None = None
        self._search: Worker[None] | None = None
        self._searched = ""
        self._result = SearchResult()

    def compose_dialog(self) -> ComposeResult:
        """The search box, what was found, and the way on."""
        yield TextInput(hint=_("Family name, given names, date of birth"))
        yield Static(safe.line(_("Any spelling will do.")), classes="said", markup=False)
        yield OptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Offer the form that was left unfinished, whose search was made then."""
        if self._draft:
            name = " ".join(self._draft.get(part, "") for part in ("family", "given")).strip()
            words = _("Go on with the form left unfinished: {name}").format(name=name or "–")
            options = self.query_one(OptionList)
            options.add_option(Option(safe.line(words), id=_DRAFT))
            options.highlighted = 0

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
        """Open a client of one's own, tell whose another one is, or go on to the form."""
        event.stop()
        if event.option.id == _GO_ON:
            self.dismiss(Found(None, self._searched))
            return
        if event.option.id == _DRAFT:
            self.dismiss(Found(None, draft=self._draft))
            return
        hit = self._result.hits[int(event.option.id or 0)]
        if open_or_tell(self, hit):
            self.dismiss(Found(hit.client_id))

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
        words = _("None of these: a new client") if hits else _("A new client")
        options.add_option(Option(safe.line(words), id=_GO_ON))
        options.highlighted = 0
        self.say_found(_how_many(self._result))

    def say_found(self, text: str) -> None:
        """Show under the field what the search is doing or has found."""
        self.query_one(".said", Static).update(safe.line(text))


class Duplicates(Dialog[Found]):
    """Clients who may be the person of the form, each with the signs; answers what to do."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")

    def __init__(self, likely: Sequence[Duplicate]) -> None:
        super().__init__(_("This may be a client already"))
        self._likely = tuple(likely)

    def compose_dialog(self) -> ComposeResult:
        """The clients, and the way on."""
        options = [
            Option(
                safe.line(
                    _("{client} – matched because: {reasons}").format(
                        client=_who(each.hit), reasons=each.reasons
                    )
                ),
                id=str(number),
            )
            for number, each in enumerate(self._likely)
        ]
        another = Option(safe.line(_("Another person: save the new client")), id=_GO_ON)
        yield OptionList(*options, another, compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin at the likeliest."""
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Open a client of one's own, tell whose another one is, or go on."""
        event.stop()
        if event.option.id == _GO_ON:
            self.dismiss(Found(None))
            return
        hit = self._likely[int(event.option.id or 0)].hit
        if open_or_tell(self, hit):
            self.dismiss(Found(hit.client_id))


def open_or_tell(screen: Dialog[Found], hit: Hit) -> bool:
    """Return whether this person may open the client; of another counsellor's client, tell whose it is."""
    # The lead is told the phase of every client.
    if hit.own or hit.phase is not None:
        return True
    sentence = _("Own counsellor: {name}. Talk with them before you add the client.")
    screen.say(sentence.format(name=hit.counsellor_name or _("nobody")))
    return False


def hit_line(hit: Hit, width: int) -> str:
    """Return one line about a client found: name, birth date where it may be seen, whose, why."""
    why = search_words.why(hit)
    if hit.matched:
        why = f"{search_words.kind(hit)} {hit.matched}"
    born = format_date(hit.birth_date) if hit.birth_date else ""
    spare = max(0, width - 68)
    name, whose = safe.fit(hit.name, 24 + spare // 2), safe.fit(_whose(hit), 14 + spare // 4)
    return safe.fit(f"{name}  {safe.fit(born, 10)}  {whose}  {why}", width)


def _who(hit: Hit) -> str:
    born = format_date(hit.birth_date) if hit.birth_date else ""
    return ", ".join(part for part in (hit.name, born, _whose(hit)) if part)


def _whose(hit: Hit) -> str:
    return _("own client") if hit.own else hit.counsellor_name or _("nobody")


def _how_many(result: SearchResult) -> str:
    if not result.hits:
        return _("No client is like this.")
    if result.born_ignored:
        return _("Nobody with this birth date. By name alone:")
    count = len(result.hits) + result.more
    return ngettext("{count} client is like this.", "{count} clients are like this.", count).format(
        count=count
    )
