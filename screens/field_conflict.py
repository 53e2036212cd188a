"""What two people changed at once: asking for each field which value stands, and saving again."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from kotoutus_tui.casework.client_details import Value
from kotoutus_tui.casework.fields import FieldConflict
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _
from screens.widgets.choice_field import ChoiceField
from screens.widgets.form import FormDialog, Values

if TYPE_CHECKING:
    from screens.frame_screen import FrameScreen


async def save_merging(
    screen: "FrameScreen[Any]",
    change: Callable[[dict[str, Any], dict[str, Any]], Awaitable[None]],
    seen: Mapping[str, Any],
    wanted: Mapping[str, Any],
    named: "Named",
) -> None:
    """Save with `change(seen, wanted)`; where somebody changed the same field, ask which value stands.

    `named` has the words of the fields. Raises KotoutusError when nothing was chosen.
    """
    seen, wanted = dict(seen), dict(wanted)
    while True:
        try:
            await change(seen, wanted)
        except FieldConflict as conflict:
            who = conflict.changed_by or _("a colleague")
            mine = await screen.ask(ConflictForm(wanted, conflict.theirs, who, named))
            if mine is None:
                raise KotoutusError(_("Nothing was saved yet.")) from conflict
            seen |= conflict.theirs
            wanted |= {name: value for name, value in conflict.theirs.items() if name not in mine}
        else:
            return


class Named(Protocol):
    """The words of the facts that two people changed."""

    def label(self, name: str, /) -> str:
        """Return what a field is called."""
        ...

    def shown(self, name: str, value: Value, /) -> str:
        """Return a value as it is read."""
        ...


class ConflictForm(FormDialog[set[str]]):
    """Shows for each field that two people changed both values, and answers with those where mine stands."""

    def __init__(
        self, mine: Mapping[str, Value], theirs: Mapping[str, Value], who: str, named: Named
    ) -> None:
        fields = [
            ChoiceField(
                name,
                named.label(name),
                [
                    ("mine", _("yours: {value}").format(value=named.shown(name, mine[name]))),
                    ("theirs", _("{name}: {value}").format(name=who, value=named.shown(name, theirs[name]))),
                ],
                required=True,
            )
            for name in theirs
        ]
        super().__init__(
            _("Somebody else changed the same field meanwhile."), fields, save=_mine, accept=_("Save")
        )


async def _mine(values: Values) -> set[str]:
    return {name for name, choice in values.items() if choice == "mine"}
