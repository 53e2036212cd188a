"""Whose clients the caseload shows: one's own, or those of a colleague one stands in for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework import caseload
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.casework.caseload_query import CaseloadQuery
    from kotoutus_tui.casework.deputies import StandIn
    from kotoutus_tui.database import Database
    from kotoutus_tui.live import Change


class Whose:
    """Knows a counsellor's clients by their ids, and whom the counsellor stands in for."""

    def __init__(self) -> None:
        self.stands_in: Sequence[StandIn] = ()
        self._own: frozenset[UUID] | None = None
        self._outdated = True
        self._deputies_changed = False

    def concerns(self, change: "Change") -> bool:
        """Whether a change is of a client this person has; who has whom is read again once that changes."""
        if change.table in ("assignment", "deputy"):
            self._outdated = True
            self._deputies_changed |= change.table == "deputy"
        return self._outdated or self._own is None or change.id in self._own

    async def read(self, db: "Database", *, stands_in: bool) -> bool:
        """Read again who has whom, when that may have changed; return whether it was read.

        `stands_in` says whether the session began as a deputy's, to whom all changes matter.
        """
        if not self._outdated:
            return False
        self._outdated = False
        if stands_in or self._deputies_changed:
            from kotoutus_tui.casework import deputies

            self.stands_in = await deputies.mine(db)
        self._own = None if self.stands_in else await caseload.own_ids(db)
        return True

    def following(self, query: "CaseloadQuery") -> "CaseloadQuery":
        """Return the query for the next colleague one stands in for, after the last one for one's own."""
        absent = [each.absent for each in self.stands_in]
        place = absent.index(query.counsellor) + 1 if query.counsellor in absent else 0
        return replace(query, counsellor=absent[place] if place < len(absent) else None)

    def words(self, query: "CaseloadQuery") -> str:
        """Say whose clients the query shows."""
        shown = [each.absent_name for each in self.stands_in if each.absent == query.counsellor]
        return _("deputy for {name}").format(name=shown[0]) if shown else _("own clients")
