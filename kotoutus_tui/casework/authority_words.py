"""The words for the responsible authority and its changes."""

from datetime import date

from kotoutus_tui import clock
from kotoutus_tui.i18n import N_, _, format_date, ngettext

AUTHORITIES = {
    "municipality": N_("the municipality"),
    "employment_authority": N_("the employment authority"),
}


def name(code: str) -> str:
    """Return what an authority is called."""
    return _(AUTHORITIES.get(code, code))


def told(to: str, day: date, reason: str) -> str:
    """Return what the timeline says of a change; `reason` is a sentence of its own."""
    if to == "employment_authority":
        sentence = _("The employment authority is responsible for the client from {day} (3 §).")
    else:
        sentence = _("The municipality is responsible for the client from {day} (3 §).")
    text = sentence.format(day=format_date(day))
    return f"{text}\n{_('Reason: {reason}').format(reason=reason)}" if reason else text


def when(day: date) -> str:
    """Return when a change takes effect, with the days there are until then."""
    left = (day - clock.today()).days
    if left <= 0:
        return _("since {date}").format(date=format_date(day))
    return ngettext("from {date}, in {count} day", "from {date}, in {count} days", left).format(
        date=format_date(day), count=left
    )
