"""The screens about one client that the timeline leads to."""

import importlib
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from kotoutus_tui.casework.opening import OpenClient
    from screens.client_part import ClientPartScreen

# "module:Class", imported when it is first opened; the class takes the client and its opening.
PARTS = {
    "details": "screens.client_details:ClientDetailsScreen",
    "interview": "screens.interview:InterviewScreen",
    "period": "screens.client_period:ClientPeriodScreen",
    "plan": "screens.plan:PlanScreen",
    "referrals": "screens.referrals:ReferralsScreen",
    "register": "screens.register:RegisterScreen",
}


def open_part(name: str, client_id: UUID, opening: "OpenClient") -> "ClientPartScreen":
    """Return a new screen of this part; KeyError when there is none."""
    module, _colon, screen = PARTS[name].partition(":")
    return getattr(importlib.import_module(module), screen)(client_id, opening)
