"""The one line on top: where I am, whose work I see, who I am, what is new, whether it is live."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kotoutus_tui.i18n import _, format_time, ngettext
from screens import safe

if TYPE_CHECKING:
    from screens.app import KotoutusApp
    from screens.base import BaseScreen


@dataclass(frozen=True)
class Link:
    """Whether changes of others arrive by themselves, and since when not (an aware moment)."""

    state: Literal["connecting", "live", "offline"] = "connecting"
    since: datetime | None = None


class HeaderLine(Widget):
    """Made anew from the screen and the app; the left side gives way when the line is short."""

    DEFAULT_CSS = """
    HeaderLine {
        height: 1;
        dock: top;
        background: $panel;
        color: $text-muted;
        &:ansi { text-style: none; }
    }
    """

    loading_now: reactive[bool] = reactive(False)

    def on_mount(self) -> None:
        """Follow what the app knows."""
        for name in ("link", "unread", "person"):
            self.watch(cast("KotoutusApp", self.app), name, self._again, init=False)

    def _again(self) -> None:
        self.refresh()

    def render(self) -> Content:
        """Compose the line for the width there is."""
        app, screen = cast("KotoutusApp", self.app), cast("BaseScreen", self.screen)
        width = self.size.width
        right: list[tuple[str, str]] = [("  ", "")]
        if app.person:
            right = [(safe.plain(app.person), ""), *right]
        if app.unread:
            text = ngettext("{count} new", "{count} new", app.unread).format(count=app.unread)
            right = [(text, "bold $accent"), ("  ", ""), *right]
        right.append(_mark(app.link))
        right.append((" ", ""))
        # A narrow window keeps the mark: that one must be seen.
        while len(right) > 2 and sum(cell_len(text) for text, _style in right) > width // 2:
            right.pop(0)
        room = max(0, width - sum(cell_len(text) for text, _style in right) - 2)
        heading = safe.plain(screen.heading)
        whose = safe.plain(screen.whose)
        if self.loading_now:
            reading = _("reading …")
            whose = f"{whose} · {reading}" if whose else reading
        left = safe.fit(heading, min(room, cell_len(heading)))
        rest = safe.fit(f"  {whose}" if whose else "", room - cell_len(left))
        return Content.assemble((" ", ""), (left, "bold $accent"), (rest, ""), (" ", ""), *right)


def _mark(link: Link) -> tuple[str, str]:
    if link.state == "live":
        return "● " + _("live"), ""
    if link.state == "connecting" or link.since is None:
        return "○ " + _("connecting"), ""
    since = _("offline since {time}").format(time=format_time(link.since))
    return f"○ {since}", "bold $error"
