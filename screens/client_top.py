"""The top of a client's timeline: who the client is, and the integration period as a ruler."""

from datetime import date

from textual.content import Content
from textual.widget import Widget

from kotoutus_tui.casework.integration_period import IntegrationPeriod
from kotoutus_tui.casework.timeline import Header
from kotoutus_tui.i18n import _, format_date, language_name
from screens import safe


def who_line(header: Header) -> Content:
    """Return the lines that say who the client is; what must be noticed stands out."""
    words = [_("Own counsellor: {name}").format(name=header.own_counsellor or "–")]
    if header.service_language:
        words.append(_("served in {language}").format(language=language_name(header.service_language)))
    spoken = [
        " ".join(part for part in (language_name(code), level) if part)
        for code, level in header.languages
        if code
    ]
    if spoken:
        words.append(_("Languages: {languages}").format(languages=", ".join(spoken)))
    parts: list[tuple[str, str]] = [(safe.plain(header.name), "bold")]
    if header.protected:
        parts.append(("  " + _("Protection order"), "bold $error"))
    if header.interpreter_needed:
        parts.append(("  " + _("Interpreter needed"), "$accent"))
    for colleague in header.colleagues:
        sentence = _("{name} is writing now").format(name=colleague)
        parts.append(("  ✎ " + safe.plain(sentence), "$accent"))
    parts.append(("\n" + safe.plain(" · ".join(words)), "$text-muted"))
    return Content.assemble(*parts)


class PeriodRuler(Widget):
    """The integration period over the whole width; `│` is today, `◆` the next review."""

    DEFAULT_CSS = """
    PeriodRuler { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._period: IntegrationPeriod | None = None
        self._review: date | None = None
        self._today = date.min

    def show(self, period: IntegrationPeriod | None, review: date | None, today: date) -> None:
        """Draw another period."""
        self._period, self._review, self._today = period, review, today
        self.refresh()

    def render(self) -> Content:
        """Two lines: the ruler, and the days under its ends."""
        width = max(1, self.size.width)
        period = self._period
        if period is None:
            return Content.styled(safe.fit(_("No integration plan yet."), width), "$text-muted")
        ruler = ["─"] * width
        if self._review and period.start <= self._review <= period.end:
            ruler[self._column(self._review, period, width)] = "◆"
        now = self._column(self._today, period, width)
        ruler[now] = "┃"
        start, end = format_date(period.start), format_date(period.end)
        middle = _("today {date}").format(date=format_date(self._today))
        if period.law:
            middle = f"{middle} · {period.law}"
        room = max(0, width - len(start) - len(end))
        below = f"{start}{safe.fit(middle, min(room, len(middle))).center(room)}{end}"
        passed = "".join(ruler[:now])
        return Content.assemble(
            (passed, "$accent"), (ruler[now], "bold"), ("".join(ruler[now + 1 :]), "$text-muted"),
            ("\n" + safe.fit(below, width), "$text-muted"),
        )  # fmt: skip

    @staticmethod
    def _column(day: date, period: IntegrationPeriod, width: int) -> int:
        return round(period.share_passed(day) * (width - 1))
