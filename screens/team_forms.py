"""The forms of the team: the occasion to rebalance, working time, points, and carrying a proposal out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework import rebalancing_words, workload_commands
from kotoutus_tui.casework.rebalancing import Occasion
from kotoutus_tui.casework.workload import POINTS, Colleague, Workload
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, language_name
from screens.widgets.choice_field import ChoiceField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values
from screens.widgets.number_field import NumberField

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_NEEDS_PERSON = ("leaves", "share")


def occasion_form(workload: Workload) -> FormDialog[Occasion]:
    """Ask why clients are divided anew, and about whom."""
    people = [(one.login, one.name) for one in workload.colleagues]

    async def read(values: Values) -> Occasion:
        kind, login, percent = values["kind"], values["counsellor"], values["percent"]
        if kind in _NEEDS_PERSON and login is None:
            raise InvalidInput("counsellor", _("Choose the counsellor."))
        if kind == "share" and percent is None:
            raise InvalidInput("percent", _("Say how many percent of a full week remain."))
        return Occasion(kind, login if kind in _NEEDS_PERSON else None, percent if kind == "share" else None)

    return FormDialog(
        _("Rebalance"),
        [
            ChoiceField(
                "kind",
                _("Occasion"),
                [(code, _(words)) for code, words in rebalancing_words.OCCASIONS.items()],
                "even",
                required=True,
            ),
            ChoiceField("counsellor", _("Counsellor"), people),
            NumberField("percent", _("Working time %"), least=0, most=100),
        ],
        save=read,
        accept=_("Propose"),
    )


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


def _languages(text: str) -> list[str]:
    codes = text.replace(",", " ").lower().split()
    for code in codes:
        if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3) or language_name(code) == code:
            raise InvalidInput("languages", _("There is no language {code}.").format(code=code[:12]))
    return list(dict.fromkeys(codes))
