"""The stream of a client's events: newest first, a heading for each month, one cursor."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.casework.timeline_words import kind_of, marks_of
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import _, format_day, format_time
from screens import safe

_MORE = "more"


class EventStream(OptionList):
    """Shows the events given to `show`; `event` is the one under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="events", markup=False)
        self._events: dict[str, TimelineEvent] = {}
        self.has_more = False

    @property
    def event(self) -> TimelineEvent | None:
        """The event under the cursor."""
        option = self.highlighted_option
        return self._events.get(option.id or "") if option else None

    def show(self, events: Sequence[TimelineEvent], *, more: bool) -> None:
        """Show these events; the cursor stays with its event. `more`: there are older ones."""
        kept = self.event
        self.has_more = more
        self._events = {str(each.id): each for each in events}
        options: list[Option] = []
        month = ""
        for each in events:
            local = each.occurred_at.astimezone(HELSINKI)
            if (heading := f"{local.month}/{local.year}") != month:
                month = heading
                options.append(Option(Content.styled(heading, "bold $text-muted"), disabled=True))
            options.append(Option(_drawn(each), id=str(each.id)))
        if more:
            options.append(Option(safe.line(_("Older …")), id=_MORE))
        if not events:
            options.append(Option(safe.line(_("Nothing has been written yet.")), disabled=True))
        self.set_options(options)
        if events:
            wanted = kept.id if kept and str(kept.id) in self._events else events[0].id
            self.highlighted = self.get_option_index(str(wanted))

    def jump(self, day: date) -> bool:
        """Put the cursor on the newest event on or before `day`; False when none is loaded."""
        for key, each in self._events.items():
            if each.occurred_at.astimezone(HELSINKI).date() <= day:
                self.highlighted = self.get_option_index(key)
                return True
        return False

    @staticmethod
    def is_more(option_id: str | None) -> bool:
        """Whether this is the line that asks for older events."""
        return option_id == _MORE


def _drawn(event: TimelineEvent) -> Content:
    local = event.occurred_at.astimezone(HELSINKI)
    faint = event.withdrawn_at is not None
    parts: list[tuple[str, str]] = [
        (f"{format_day(local.date())} {format_time(local)}  ", "$text-muted"),
        (safe.plain(kind_of(event)), "bold"),
        (f"  {safe.plain(event.author)}\n", "$text-muted"),
    ]
    parts.extend((safe.plain_prose(mark) + "\n", "$text-muted italic") for mark in marks_of(event))
    parts.append((safe.plain_prose(event.body), "$text-muted strike" if faint else ""))
    return Content.assemble(*parts)
