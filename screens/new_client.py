"""A new client: search first, then a form, then the likely duplicates; a person decides."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kotoutus_tui.casework import intake_draft, team
from kotoutus_tui.casework.duplicates import Duplicate
from kotoutus_tui.casework.search import Hit
from kotoutus_tui.i18n import _, format_date
from screens import safe
from screens.client_search import Found, SearchDialog, may_open, whose_client
from screens.dialog import Dialog

if TYPE_CHECKING:
    from screens.base import BaseScreen

_GO_ON = "go-on"
_DRAFT = "draft"


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


class FindFirst(SearchDialog):
    """A new client can be begun only once the search was answered."""

    def __init__(self, draft: Mapping[str, str]) -> None:
        super().__init__(_("New client: search first"))
        self._draft = draft

    def on_mount(self) -> None:
        """Offer the form that was left unfinished, whose search was made then."""
        if self._draft:
            name = " ".join(self._draft.get(part, "") for part in ("family", "given")).strip()
            words = _("Go on with the form left unfinished: {name}").format(name=name or "–")
            options = self.query_one(OptionList)
            options.add_option(Option(safe.line(words), id=_DRAFT))
            options.highlighted = 0

    def after_hits(self) -> list[Option]:
        """The way on."""
        words = _("None of these: a new client") if self._result.hits else _("A new client")
        return [Option(safe.line(words), id=_GO_ON)]

    def take(self, hit: Hit) -> None:
        """Open a client of one's own, or tell whose another one is."""
        if open_or_tell(self, hit):
            self.dismiss(Found(hit.client_id))

    def take_other(self, option_id: str) -> None:
        """Go on to the form, empty or as it was left."""
        draft = option_id == _DRAFT
        self.dismiss(Found(None, draft=self._draft) if draft else Found(None, self._searched))


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
    if may_open(hit):
        return True
    sentence = _("Own counsellor: {name}. Talk with them before you add the client.")
    screen.say(sentence.format(name=hit.counsellor_name or _("nobody")))
    return False


def _who(hit: Hit) -> str:
    born = format_date(hit.birth_date) if hit.birth_date else ""
    return ", ".join(part for part in (hit.name, born, whose_client(hit)) if part)
