"""The notices of a person: how many are not read, and the list that opens their clients."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kotoutus_tui.casework import notices
from kotoutus_tui.casework.notices import Notice
from kotoutus_tui.i18n import _, format_datetime
from screens import keys, safe
from screens.dialog import Dialog

if TYPE_CHECKING:
    from screens.app import KotoutusApp


async def read_notices(frame: "KotoutusApp") -> None:
    """Show the notices, and open the client of the one chosen. Inside `do`."""
    from screens.client_search import open_timeline

    if not frame.desk.me.works_with_clients:
        frame.front.say(_("Only counsellors and the lead get notices."))
        return
    client_id = await frame.ask(NoticeList(await notices.latest(frame.desk.db)))
    if client_id is not None:
        await open_timeline(frame, client_id)


class NoticeList(Dialog[UUID]):
    """Answers with a client to open. What was opened, or marked, is read."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("notices")

    def __init__(self, found: Sequence[Notice]) -> None:
        super().__init__(_("Notices"))
        self._notices = list(found)

    def compose_dialog(self) -> ComposeResult:
        """The notices, those not read with a dot, or that there are none."""
        yield Static(safe.line("" if self._notices else _("No notices.")), classes="said", markup=False)
        yield OptionList(compact=True, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether there is something to mark."""
        return action != "mark_all" or any(each.unread for each in self._notices)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 (Textual's)
        """Fit the lines to the width there is."""
        self.call_after_refresh(self._show)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Mark it as read and open its client."""
        event.stop()
        self.do(self._choose(self._notices[event.option_index]))

    def action_mark_all(self) -> None:
        """Mark all as read."""
        self.do(self._mark([each for each in self._notices if each.unread]))

    async def _choose(self, notice: Notice) -> None:
        if notice.unread:
            await self._mark([notice])
        if notice.name is not None:
            self.dismiss(notice.client_id)
        else:
            self.query_one(".said", Static).update(safe.line(_("The client is no longer yours to open.")))

    async def _mark(self, read: Sequence[Notice]) -> None:
        await notices.mark_read(self.desk.db, [each.id for each in read], operation_id=uuid4())
        self._notices = [
            Notice(
                each.id,
                each.kind,
                each.client_id,
                each.name,
                each.created_at,
                each.unread and each not in read,
            )
            for each in self._notices
        ]
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        options = self.query_one(OptionList)
        at, width = options.highlighted or 0, options.size.width - 2
        options.clear_options()
        options.add_options([Option(safe.line(_line(each, width))) for each in self._notices])
        options.highlighted = at if self._notices else None


def _line(notice: Notice, width: int) -> str:
    mark = "●" if notice.unread else " "
    moment = format_datetime(notice.created_at)
    words = notices.words(notice.kind)
    return safe.fit(f"{mark} {moment}  {words}{f': {notice.name}' if notice.name else ''}", width)


class UnreadCount:
    """Keeps the number of unread notices in the header true; changes may come in hundreds at once."""

    def __init__(self, frame: "KotoutusApp") -> None:
        self._frame = frame
        self._wanted = self._counting = False

    def count_again(self) -> None:
        """Count, once for all the changes that come meanwhile."""
        self._wanted = True
        if not self._counting and self._frame.desk.me.works_with_clients:
            self._counting = True
            self._frame.do(self._count())

    async def _count(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                self._frame.unread = await notices.unread(self._frame.desk.db)
        finally:
            self._counting = False
