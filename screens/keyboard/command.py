"""What a command and a context are."""

from dataclasses import dataclass
from typing import Literal

from screens.keyboard.names import normal_keys

Kind = Literal["everywhere", "place", "widget", "modal"]


@dataclass(frozen=True)
class Context:
    """Somewhere keys work: everywhere, in one place, in a kind of widget, or in something that covers all.

    `title` is a source string.
    """

    id: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Command:
    """One thing a person can do.

    The id begins with the id of its context and a dot; without a dot it works everywhere. `key` may
    hold several keys separated by commas; the first is the one shown. `label` (a word or two for the
    footer) and `help` (a sentence) are English source strings. `footer` is how long the command stays
    when the footer gets narrow: 0 never shown, 9 to the last. `priority` makes a key work over dialogs
    and in fields too.
    """

    id: str
    key: str
    label: str
    help: str
    footer: int = 0
    palette: bool = True
    priority: bool = False
    action: str = ""

    @property
    def context(self) -> str:
        """The id of the context it works in."""
        return self.id.rpartition(".")[0] or "everywhere"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in Textual's spelling."""
        return normal_keys(self.key)
