"""The forms of the team: the occasion to rebalance, working time, points, and carrying a proposal out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import rebalancing_words, workload_commands
from kotoutus_tui.casework.rebalancing import Occasion
from kotoutus_tui.casework.workload import POINTS, Colleague, Workload
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, language_name
from screens.client_forms import Choose
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values
from screens.widgets.number_field import NumberField

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_FARTHEST = 366  # days


def occasions() -> Choose:
    """Ask why clients are divided anew."""
    return Choose(_("Occasion"), [(code, _(words)) for code, words in rebalancing_words.OCCASIONS.items()])


def occasion_form(workload: Workload, kind: str) -> FormDialog[Occasion] | None:
    """Ask what must be known of an occasion; None when nothing more must be."""
    people = ChoiceField(
        "counsellor", _("Counsellor"), [(one.login, one.name) for one in workload.colleagues], required=True
    )
    percent = NumberField("percent", _("Working time %"), least=0, most=100, required=True)
    until = DateField("until", _("Away until"), required=True)
    many = NumberField("many", _("How many arrive"), least=1, most=500, required=True)
    language = TextField("language", _("Their language"), hint=_("A code, such as: so"))
    fields: dict[str, list[Field[Any]]] = {
        "leaves": [people], "away": [people, until], "share": [people, percent], "arrivals": [many, language],
    }  # fmt: skip
    if kind not in fields:
        return None

    async def read(values: Values) -> Occasion:
        until = values.get("until")
        if until is not None and not 0 <= (until - clock.today()).days < _FARTHEST:
            raise InvalidInput("until", _("Say the last day away, within a year."))
        spoken = _languages(values.get("language") or "", "language")
        return Occasion(
            kind, values.get("counsellor"), values.get("percent"), until, values.get("many") or 0,
            spoken[0] if spoken else None,
        )  # fmt: skip

    title = _(rebalancing_words.OCCASIONS[kind])
    return FormDialog(title, fields[kind], save=read, accept=_("Propose"))


def time_form(db: "Database", colleague: Colleague, operation_id: UUID) -> FormDialog[bool]:
    """Ask for the working time and the languages of a counsellor."""

    async def save(values: Values) -> bool:
        languages = _languages(values["languages"] or "")
        await workload_commands.set_time(
            db, colleague.login, values["percent"], languages, operation_id=operation_id
        )
        return True

    return FormDialog(
        colleague.name,
        [
            NumberField("percent", _("Working time %"), colleague.percent, least=0, most=100, required=True),
            TextField(
                "languages",
                _("Languages"),
                " ".join(sorted(colleague.languages)),
                hint=_("Codes with spaces between, such as: en ar so"),
            ),
        ],
        save=save,
        accept=_("Save"),
    )


def points_form(db: "Database", points: Mapping[str, int], operation_id: UUID) -> FormDialog[bool]:
    """Ask for the points of each factor."""

    async def save(values: Values) -> bool:
        await workload_commands.set_points(db, values, operation_id=operation_id)
        return True

    return FormDialog(
        _("Points of a client"),
        [
            NumberField(code, _(words), points.get(code, POINTS[code]), least=0, most=20, required=True)
            for code, words in rebalancing_words.FACTORS.items()
        ],
        save=save,
        accept=_("Save"),
    )


def _languages(text: str, field: str = "languages") -> list[str]:
    codes = text.replace(",", " ").lower().split()
    for code in codes:
        if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3) or language_name(code) == code:
            raise InvalidInput(field, _("There is no language {code}.").format(code=code[:12]))
    return list(dict.fromkeys(codes))
