"""The clients of whom something waits to be entered in the national register; Enter opens one."""

from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kotoutus_tui.casework.register_marks import Waiting, queue
from kotoutus_tui.i18n import _
from screens import safe
from screens.dialog import Dialog
from screens.safe_app import SafeApp

_NAME_WIDTH = 34


class RegisterQueue(Dialog[UUID]):
    """Lists the clients with counts; answers with the one chosen. Nothing is opened before that."""

    CSS = """
    RegisterQueue .dialog { width: 100; }
    """

    def __init__(self, waiting: list[Waiting]) -> None:
        super().__init__(_("Waiting for the national register"))
        self._waiting = waiting

    def compose_dialog(self) -> ComposeResult:
        """The list, or that there is nothing."""
        if not self._waiting:
            with VerticalScroll(can_focus=False, classes="dialog-text"):
                yield Static(safe.line(_("Nothing waits.")))
            return
        yield OptionList(
            *(Option(safe.line(_line(each)), id=str(each.client_id)) for each in self._waiting),
            compact=True, markup=False,
        )  # fmt: skip

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take the answer."""
        self.dismiss(UUID(event.option.id))


async def show_queue(app: SafeApp) -> None:
    """Show the queue and open the client chosen on its timeline."""
    from screens.client_timeline import ClientTimelineScreen

    chosen = await app.ask(RegisterQueue(await queue(app.front.desk.db)))
    if chosen is not None:
        await app.push_screen(ClientTimelineScreen(chosen, "part('register')"))


def _line(each: Waiting) -> str:
    counts = _("waits {waiting}, begun {begun}, changed {changed}").format(
        waiting=each.waiting, begun=each.begun, changed=each.changed
    )
    return f"{safe.fit(each.name, _NAME_WIDTH)}  {counts}"
