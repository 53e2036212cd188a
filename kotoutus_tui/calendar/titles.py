"""What a colleague reads in Outlook of an appointment: by default that one is busy."""

from collections.abc import Iterable

from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _
from kotoutus_tui.text import clean_line

TEMPLATES = ("busy", "kind", "initials", "number")
OWN = "text:"
NAMES = {
    "busy": N_("Busy"),
    "kind": N_("The kind of meeting"),
    "initials": N_("What it is and initials"),
    "number": N_("What it is and the number of the client"),
    "text": N_("A text of your own"),
}
KINDS = {
    "interview": N_("Initial interview"),
    "plan": N_("Making a plan"),
    "review": N_("Review of the plan"),
    "guidance": N_("Guidance"),
    "contact": N_("Contact"),
    "meeting": N_("Meeting"),
    "other": N_("Other"),
}
_WITHOUT_CLIENT = frozenset({"meeting", "other"})
_LONGEST = 60


def name_of(template: str) -> str:
    """Return what a template is called in the language in use."""
    return _(NAMES["text" if template.startswith(OWN) else template])


def title(entry: Entry, template: str) -> str:
    """Return the title of an appointment by a template that `check` let pass.

    Of a protected person nobody learns more than that one is busy, nor where the clients are not known.
    """
    unknown = not entry.people and entry.kind not in _WITHOUT_CLIENT
    if template == "busy" or unknown or any(each.protected for each in entry.people):
        return _("Busy")
    if template.startswith(OWN):
        return clean_line(template.removeprefix(OWN))
    kind = _(KINDS[entry.kind])
    if template == "initials":
        marks = [
            "".join(f"{part[0]}." for part in (each.given, each.family) if part) for each in entry.people
        ]
    elif template == "number":
        marks = [each.number for each in entry.people if each.number]
    else:
        marks = []
    return " ".join([kind, ", ".join(marks)]).strip()


def shows_place(entry: Entry, template: str) -> bool:
    """Whether the room may stand beside the title; other places can tell where a client lives."""
    return template != "busy" and entry.mode == "office" and title(entry, template) != _("Busy")


def check(template: str, entries: Iterable[Entry]) -> None:
    """Raise InvalidInput for an unknown template and for a text that holds the name of a client."""
    if template in TEMPLATES:
        return
    if not template.startswith(OWN):
        raise InvalidInput(
            "template",
            _("There is no such template."),
            _("Choose one of these: {names}.").format(names=", ".join((*TEMPLATES, f"{OWN}…"))),
        )
    text = clean_line(template.removeprefix(OWN), "template")
    if not text or len(text) > _LONGEST:
        raise InvalidInput(
            "template",
            _("A title has 1 to {most} characters.").format(most=_LONGEST),
            _("Write another one."),
        )
    plain = text.casefold()
    for entry in entries:
        for person in entry.people:
            said = (*person.given.split(), *person.family.split(), person.number)
            if any(len(each) > 1 and each.casefold() in plain for each in said):
                raise InvalidInput(
                    "template",
                    _("The title would tell who a client is."),
                    _("Write one without names and numbers."),
                )
