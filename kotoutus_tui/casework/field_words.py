"""Words that the facts of clients, plans, interviews and records share."""

from datetime import date

from kotoutus_tui.i18n import N_, _, format_date

NOTHING = "–"

# Where a fact was told, by models.event.SOURCES.
SOURCES = {
    "client": N_("the client"),
    "guardian": N_("the guardian"),
    "authority": N_("an authority"),
    "partner": N_("a partner"),
    "document": N_("a document"),
    "other": N_("another source"),
}


def plain_value(value: object) -> str | None:
    """Return nothing, a day, yes or no as it is read; None for what needs words of its own."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return format_date(value) if isinstance(value, date) else None
