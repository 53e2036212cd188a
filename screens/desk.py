"""What every screen works with: the database, the settings and the person at the keyboard."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from kotoutus_tui.privacy.access import Me
    from kotoutus_tui.settings import Settings


@dataclass
class Desk:
    """One person's session; `me` is known before any screen loads its data."""

    db: "Database"
    settings: "Settings"
    me: "Me" = field(init=False)
