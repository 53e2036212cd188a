"""Choosing to whom a client is referred: a service of the network, asked as people ask, or a free name."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kotoutus_tui import clock
from kotoutus_tui.casework.referrals.offers import spoken
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import reading, words
from kotoutus_tui.partners.search import Hit, Index
from kotoutus_tui.text import short_line
from screens import safe
from screens.dialog import Dialog
from screens.widgets.text_input import TextInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kotoutus_tui.database import Database
    from kotoutus_tui.partners.network import Network

_SHOWN = 40
_FREE = "free"


@dataclass(frozen=True)
class Receiver:
    """To whom: the name as it stands on the letter, the kind of partner, and the service if it is known."""

    name: str
    kind: str = "other"
    service_id: UUID | None = None


async def read_network(db: "Database") -> "tuple[Network, Index]":
    """Return the network and its index; ten thousand services take a second, in which the keys go on."""
    network = await reading.network(db)
    return network, await asyncio.to_thread(Index, network, clock.today())


class ChooseReceiver(Dialog[Receiver]):
    """Answers while it is typed; what is not in the network can be written freely."""

    DEFAULT_CSS = """
    ChooseReceiver .dialog { width: 104; }
    ChooseReceiver OptionList { height: auto; max-height: 14; margin-top: 1; }
    """

    def __init__(self, index: Index, language: str | None) -> None:
        super().__init__(_("Refer: to whom?"))
        self._index = index
        self._language = language
        self._hits: list[Hit] = []

    def compose_dialog(self) -> ComposeResult:
        """The question, and what answers it."""
        yield TextInput(hint=_("What is needed, language, place, or a name"))
        yield OptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin with everything there is."""
        self.query_one(Input).focus()
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Answer while it is typed."""
        event.stop()
        self._show()

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Go to what was found; what nothing answers is a name."""
        event.stop()
        options = self.query_one(OptionList)
        if self._hits:
            options.focus()
        elif options.option_count:
            options.action_select()

    def on_key(self, event: events.Key) -> None:
        """The arrow goes from the question to the first one found."""
        options = self.query_one(OptionList)
        if event.key == "down" and self.query_one(Input).has_focus and options.option_count:
            event.stop()
            event.prevent_default()
            options.focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take what is under the cursor."""
        event.stop()
        if event.option.id == _FREE:
            try:
                name = short_line(self.query_one(Input).value, "receiver")
            except InvalidInput as error:
                self.tell(error)
                return
            if name:
                self.dismiss(Receiver(name))
        else:
            self.dismiss(receiver_of(self._hits[int(event.option.id or 0)]))

    def _show(self) -> None:
        question = self.query_one(Input).value.strip()
        options = self.query_one(OptionList)
        self._hits = self._index.find(question).hits(0, _SHOWN)
        width = options.size.width - 2
        options.clear_options()
        options.add_options(
            [Option(offer(hit, self._language, width), id=str(place)) for place, hit in enumerate(self._hits)]
        )
        if question:
            free = _("“{name}”, who is not in the network").format(name=question)
            options.add_option(Option(safe.line(free), id=_FREE))
        options.highlighted = 0 if options.option_count else None


class ChooseOffer(Dialog[Receiver]):
    """Offers the next best services after a decline; Esc leaves it at that."""

    DEFAULT_CSS = """
    ChooseOffer .dialog { width: 104; }
    ChooseOffer OptionList { height: auto; max-height: 16; }
    """

    def __init__(self, hits: "Sequence[Hit]", language: str | None) -> None:
        super().__init__(_("The next best for the same need. Esc: none of these"))
        self._hits = tuple(hits)
        self._language = language

    def compose_dialog(self) -> ComposeResult:
        """The services."""
        yield OptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the best one."""
        self.call_after_refresh(self._show)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take the answer."""
        self.dismiss(receiver_of(self._hits[int(event.option.id or 0)]))

    def _show(self) -> None:
        options = self.query_one(OptionList)
        width = options.size.width - 2
        for place, hit in enumerate(self._hits):
            options.add_option(Option(offer(hit, self._language, width), id=str(place)))
        options.highlighted = 0
        options.focus()


def receiver_of(hit: Hit) -> Receiver:
    """Return the receiver that a service is: the name in Finnish, since the letter is in Finnish."""
    name = f"{hit.organisation.name_fi}: {hit.service.name_fi}"
    return Receiver(name[:200], hit.organisation.kind, hit.service.id)


def offer(hit: Hit, language: str | None, width: int) -> Content:
    """Return two lines of `width` about a service: whose it is; the client's language, room, freshness."""
    service, today = hit.service, clock.today()
    facts = [words.room_line(service, today), words.freshness_word(service, today)]
    if language is not None:
        facts.insert(
            0,
            (
                _("staff speak the client's language"),
                _("the client's language by interpreter"),
                _("not known to speak the client's language"),
            )[spoken(service, language)],
        )
    if service.state != "active":
        facts.insert(0, words.state_name(service.state))
    if service.full:
        facts.insert(0, f"! {words.full()}")
    told = " · ".join(fact for fact in facts if fact)
    first = safe.fit(f"{service.name}  {hit.organisation.name}", width).rstrip()
    second = safe.fit(f"  {told}", width).rstrip()
    return Content.assemble((first, "bold"), "\n", (second, "$text-muted"))
