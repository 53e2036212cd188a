"""The places of the number keys, in their order; a place is here once its screen is built."""

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.base import BaseScreen


@dataclass(frozen=True)
class Place:
    """A screen reached by its number; `screen` is "module:Class", imported when it is first opened."""

    id: str
    screen: str

    def open(self) -> "BaseScreen":
        """Return a new screen of this place."""
        module, _colon, name = self.screen.partition(":")
        return getattr(importlib.import_module(module), name)()


# The key, the name and the help of a place are its command "go_<id>" in keys.py.
PLACES: tuple[Place, ...] = (
    Place("caseload", "screens.caseload:CaseloadScreen"),
    Place("radar", "screens.radar:RadarScreen"),
    Place("partners", "screens.partners:PartnersScreen"),
    Place("calendar", "screens.calendar:CalendarScreen"),
    Place("team", "screens.team:TeamScreen"),
    Place("guidance", "screens.guidance:GuidanceScreen"),
    Place("reception", "screens.reception:ReceptionScreen"),
    Place("reports", "screens.reports:ReportsScreen"),
)
