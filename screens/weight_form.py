"""The form of a client's weight: complexity, the lock, and for the lead a conflict of interest."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from kotoutus_tui.casework import team, weights
from kotoutus_tui.casework.weights import MOST_COMPLEX
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.details_forms import DetailsForm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values
from screens.widgets.number_field import NumberField

if TYPE_CHECKING:
    from screens.base import BaseScreen

_NOBODY = "-"


async def set_weight(screen: "BaseScreen", client_id: UUID) -> bool:
    """Ask for the weight of a client and write it; return whether it was written. Inside `do`."""
    db, lead, operation = screen.desk.db, screen.desk.me.is_lead, uuid4()
    now = await weights.weight(db, client_id)
    names = await team.names(db, [client_id])
    fields: list[Field[Any]] = [
        NumberField(
            "complexity", _("Complexity 0–3"), now.complexity, least=0, most=MOST_COMPLEX, required=True
        )
    ]
    barred: Sequence[str] = await weights.conflicts(db, client_id) if lead else ()
    if lead:
        people = [(each.login, each.name) for each in await team.counsellors(db)]
        reason, hint = now.lock_reason or "", _("empty: may move")
        first = barred[0] if barred else _NOBODY
        fields += [
            TextField("lock", _("Stays, because"), reason, clean=clean_line, hint=hint),
            ChoiceField("barred", _("Must not see"), [(_NOBODY, _("nobody")), *people], first),
        ]

    async def save(values: Values) -> None:
        await weights.set_weight(db, client_id, values["complexity"], operation_id=operation)
        if lead:
            await weights.lock(db, client_id, values["lock"], operation_id=uuid5(operation, "lock"))
            chosen = values["barred"] or _NOBODY
            kept = [login for login in barred[1:] if login != chosen]
            await weights.set_conflicts(db, client_id, kept if chosen == _NOBODY else [chosen, *kept])

    title = names[0][1] if names else _("Client")
    return bool(await screen.ask(DetailsForm(title, fields, save)))
