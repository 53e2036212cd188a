"""Settling in of people whom a company hires: templates by the papers they need, and steps made from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from kotoutus_tui.casework.reception.templates import Templates, read_folder
from kotoutus_tui.i18n import N_, _

_FOLDER = Path(__file__).parent / "settling"
# The same as in the database: the Nordic countries, the European Union, everybody else.
ROUTES = ("nordic", "eu", "permit")
_OWNERS = {
    "company": N_("company"), "employee": N_("employee"), "team": N_("our team"),
    "population_register": N_("population register (DVV)"),
    "immigration_service": N_("immigration service (Migri)"), "other": N_("somebody else"),
}  # fmt: skip
_ROUTES = {
    "nordic": N_("a Nordic country"), "eu": N_("the EU"), "permit": N_("elsewhere: residence permit"),
}  # fmt: skip
_ONLY_FAMILIES = "families_served"


@dataclass(frozen=True)
class Planned:
    """A step to be made for an arrival."""

    code: str
    owner: str
    due_on: date


@lru_cache(maxsize=1)
def templates() -> Templates:
    """Return the templates that came with the program; raises SetupError when a file has an error."""
    return read_folder(_FOLDER, tuple(_OWNERS), "permit")


def steps_of(route: str, month: date, *, families: bool) -> list[Planned]:
    """Return the steps for people of a route who come in a month; that of families only when some come."""
    return [
        Planned(step.kind.code, step.kind.owner, month + timedelta(days=step.days))
        for step in templates().steps[route]
        if families or step.kind.code != _ONLY_FAMILIES
    ]


def step_name(code: str) -> str:
    """Return the name of a step in the language in use."""
    kind = templates().kinds.get(code)
    return kind.title if kind else code


def owner_name(code: str) -> str:
    """Return who carries a step out."""
    return _(_OWNERS[code])


def route_name(code: str) -> str:
    """Return where people come from, as far as it decides their papers."""
    return _(_ROUTES[code])


def routes() -> list[tuple[str, str]]:
    """Return code and name of every route, for a choice."""
    return [(code, _(name)) for code, name in _ROUTES.items()]
