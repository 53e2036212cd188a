"""The rows of a client's timeline: how an event is shown, and how pages of events are read."""

from datetime import date, datetime
from uuid import UUID

from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.casework.timeline_words import kind_of, marks_of
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_day, format_time
from screens.widgets.event_list import Cell, Entry, Page

DAY_WIDTH = 16


class TimelineSource:
    """Reads pages of the events of one client and remembers them by key; one source is one filter."""

    def __init__(self, db: Database, client_id: UUID, kinds: tuple[str, ...] = ()) -> None:
        self.kinds = kinds
        self._db = db
        self._client_id = client_id
        self._events: dict[str, TimelineEvent] = {}
        self._places: dict[int, tuple[datetime, UUID]] = {}

    def event(self, key: str | None) -> TimelineEvent | None:
        """Return an event that was read."""
        return self._events.get(key or "")

    def forget_places(self) -> None:
        """Events may have come or gone, so that positions mean something else from now on."""
        # A new dict: a read under way goes on with the old one.
        self._places = {}

    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        """Return the events from `offset` on, found from the nearest place known before it."""
        places = self._places
        start = max((each for each in places if each <= offset), default=0)
        found = await timeline.window(
            self._db, self._client_id, self.kinds, places.get(start), limit, skip=offset - start
        )
        for event in found.events:
            self._events[str(event.id)] = event
        if found.events:
            places[offset + len(found.events)] = found.events[-1].place
        return Page([entry(each) for each in found.events], max(found.total, offset + len(found.events)))

    async def find(self, key: str) -> int | None:
        """Return the place of an event read before."""
        event = self._events.get(key)
        if event is None or (self.kinds and event.kind not in self.kinds):
            return None
        return await timeline.position(self._db, self._client_id, self.kinds, event.place)

    async def find_day(self, day: date) -> int:
        """Return the place of the newest event on or before `day`."""
        return await timeline.position_of_day(self._db, self._client_id, self.kinds, day)


def entry(event: TimelineEvent) -> Entry:
    """Return an event as it is drawn; what was withdrawn says so in words and is faint."""
    local = event.occurred_at.astimezone(HELSINKI)
    title: Cell = kind_of(event)
    if event.withdrawn_at is not None:
        title = (_("{kind} – withdrawn").format(kind=title), "faint")
    notes: list[Cell] = list(marks_of(event))
    return Entry(
        str(event.id),
        f"{local.month}/{local.year}",
        f"{format_day(local.date())} {format_time(local)}",
        title,
        right=event.author,
        body=event.body,
        notes=notes,
    )
