"""What was written to a file or would be read from one, in the words of the language in use."""

from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.partners.interchange.exchange import FORMATS, Written
from kotoutus_tui.partners.interchange.plan import Counts, Plan


def formats() -> list[tuple[str, str]]:
    """Return the codes and names of the forms of a file."""
    return [(code, _(name)) for code, (name, _ending) in FORMATS.items()]


def written(what: Written) -> str:
    """Return what is in a file."""
    return " · ".join((_partners(what.organisations), _services(what.services), _contacts(what.contacts)))


def headings() -> tuple[str, ...]:
    """Return the headings over `rows`."""
    return _("What"), _("New"), _("Changed"), _("Unchanged")


def rows(plan: Plan) -> list[tuple[str, int, int, int]]:
    """Return for partners, services and contact persons what reading a file in would do."""
    told: list[tuple[str, Counts]] = [
        (_("Partner organisations"), plan.organisations),
        (_("Services"), plan.services),
        (_("Contact persons"), plan.contacts),
    ]
    return [(name, counts.new, counts.changed, counts.same) for name, counts in told]


def left_out(plan: Plan) -> str:
    """Return how much of a file is left out."""
    count = len(plan.remarks)
    sentence = ngettext("{count} thing is left out.", "{count} things are left out.", count)
    return sentence.format(count=count)


def _partners(count: int) -> str:
    return ngettext("{count} partner", "{count} partners", count).format(count=count)


def _services(count: int) -> str:
    return ngettext("{count} service", "{count} services", count).format(count=count)


def _contacts(count: int) -> str:
    return ngettext("{count} contact person", "{count} contact persons", count).format(count=count)
