"""What every screen works with: the database, the settings and the person at the keyboard."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from kotoutus_tui.casework.first_page import FirstPage
    from kotoutus_tui.database import Database
    from kotoutus_tui.head_start import HeadStart
    from kotoutus_tui.privacy.access import Me
    from kotoutus_tui.settings import Settings


@dataclass
class Desk:
    """One person's session; `me` is known before any screen loads its data.

    `first_page` is what a head start has read for the first screen, until that screen takes it;
    `last_client` is the client whose timeline was in front last.
    """

    db: "Database"
    settings: "Settings"
    head_start: "HeadStart[FirstPage] | None" = None
    first_page: "FirstPage | None" = field(default=None, init=False)
    last_client: "UUID | None" = field(default=None, init=False)
    me: "Me" = field(init=False)
