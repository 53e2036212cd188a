"""Writing in the guidance log: a new entry, a correction of one's own, removal, and undo."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.errors import InvalidInput, NotAllowed
from kotoutus_tui.guidance.log import Entry
from kotoutus_tui.guidance.notes import check_note
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.edits import Added, Edit
from kotoutus_tui.partners.languages import read_codes

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

PART = "guidance"  # what undo in this place takes back
_OLDEST_DAYS = 366


@dataclass(frozen=True)
class Facts:
    """What an entry says; there is no place for a name, and none for a client."""

    given_on: date
    asker: str
    topic: str
    language: str
    minutes: int
    outcome: str
    note: str | None = None
    company_id: UUID | None = None


async def add(db: "Database", facts: Facts, *, operation_id: UUID) -> UUID:
    """Write an entry and return its id; raises InvalidInput with the field."""
    made = uuid4()
    row = Added("guidance_entry", {"id": made, "operation_id": operation_id, **_checked(facts)})
    await edits.write(db, "guidance.add", [row], operation_id=operation_id, part=PART)
    return made


async def correct(db: "Database", entry: Entry, facts: Facts, *, operation_id: UUID) -> None:
    """Change an own entry; raises NotAllowed for another's, InvalidInput, and Conflict after a change."""
    _check_own(entry)
    wanted = _checked(facts)
    after = {name: value for name, value in wanted.items() if value != getattr(entry, name)}
    if after:
        before = {name: getattr(entry, name) for name in after}
        edit = Edit("guidance_entry", [entry.id], before, after)
        await edits.write(db, "guidance.correct", [edit], operation_id=operation_id, part=PART)


async def remove(db: "Database", entry: Entry, *, operation_id: UUID) -> None:
    """Remove an own entry; raises NotAllowed for another's."""
    _check_own(entry)
    edit = Edit("guidance_entry", [entry.id], {"removed_at": None}, {"removed_at": NOW})
    await edits.write(db, "guidance.remove", [edit], operation_id=operation_id, part=PART)


async def undo_last(db: "Database", *, operation_id: UUID) -> None:
    """Undo this person's last change of the log, the companies or the answers within 24 hours.

    Raises NotFound when there is none, Conflict when somebody changed the same since.
    """
    await edits.undo_last(db, operation_id=operation_id, part=PART)


def one_language(text: str) -> str:
    """Return the code of one language written as code or name; raises InvalidInput."""
    codes = read_codes(text).split()
    if len(codes) != 1:
        raise InvalidInput("language", _("Choose one language."))
    return codes[0]


def _check_own(entry: Entry) -> None:
    if not entry.mine:
        raise NotAllowed(_("An entry is corrected by whoever wrote it."))


def _checked(facts: Facts) -> dict[str, Any]:
    from models.guidance import ASKERS, OUTCOMES, TOPICS

    today = clock.today()
    if facts.given_on > today:
        raise InvalidInput("given_on", _("The day is in the future."))
    if (today - facts.given_on).days > _OLDEST_DAYS:
        raise InvalidInput("given_on", _("The day is more than a year ago."))
    known = {"asker": ASKERS, "topic": TOPICS, "outcome": OUTCOMES}
    for name, codes in known.items():
        if getattr(facts, name) not in codes:
            raise InvalidInput(name, _("Choose one of these."))
    if not 1 <= facts.minutes <= 600:
        raise InvalidInput("minutes", _("A whole number from {least} to {most}.").format(least=1, most=600))
    company = facts.company_id if facts.asker == "company" else None
    return {
        **asdict(facts),
        "language": one_language(facts.language),
        "note": check_note(facts.note),
        "company_id": company,
    }
