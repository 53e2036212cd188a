"""What is in the way of an appointment before it is saved: whose time, which room, which interpreter."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework import absences
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework.calendar_reading import Meeting, Span
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_day

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Elsewhere = Callable[[datetime, datetime], Awaitable[Sequence[str]]]


@dataclass(frozen=True)
class Plan:
    """What is known of an appointment while it is written; `but` is the one that is changed or moved."""

    day: date | None
    at: time | None
    minutes: int | None
    doubled: bool = False
    room: str = ""
    interpreter: str = ""
    clients: tuple[UUID, ...] = ()
    but: UUID | None = None

    @classmethod
    def of(cls, found: Mapping[str, Any], meeting: Meeting | None = None) -> "Plan":
        """Return what the fields of the form hold, as far as they can be read."""
        people = tuple(UUID(found[name]) for name in ("client", "other") if found.get(name))
        return cls(
            found["day"], found["time"], found["minutes"], bool(found["interpreter_language"]),
            found["room"] or "", found["interpreter"] or "", people, meeting.id if meeting else None,
        )  # fmt: skip

    @classmethod
    def of_move(cls, found: Mapping[str, Any], meeting: Meeting) -> "Plan":
        """Return an appointment at another time, as long as it is."""
        return cls(
            found["day"], found["time"], meeting.minutes, False, meeting.room or "",
            meeting.interpreter or "", (), meeting.id,
        )  # fmt: skip

    @property
    def whole(self) -> int:
        """How many minutes it takes in all."""
        return (self.minutes or 0) * (2 if self.doubled else 1)


@dataclass(frozen=True)
class Seen:
    """From when till when it would be, and what is in the way in sentences.

    `overlaps` says that the database would refuse it without a reason.
    """

    span: str = ""
    sentences: Sequence[str] = ()
    overlaps: bool = False


class Clashes:
    """Looks for what is in the way; `team` names the logins of the team.

    `elsewhere` tells in sentences what another calendar has between two moments.
    """

    def __init__(
        self, db: "Database", login: str, team: Mapping[str, str], elsewhere: Elsewhere | None = None
    ) -> None:
        self._db = db
        self._elsewhere = elsewhere
        self._login = login
        self._team = team

    async def of(self, plan: Plan) -> Seen:
        """Return what is in the way of an appointment; nothing is known before day and time are."""
        if plan.day is None or plan.at is None or not plan.minutes:
            return Seen()
        try:
            starts_at = times.moment(plan.day, plan.at)
            ends_at = times.end_of(starts_at, plan.whole)
            times.check(starts_at, ends_at)
        except InvalidInput as error:
            return Seen("", [f"{error.sentence} {error.next_step}".strip()])
        found = await reading.taken(
            self._db, starts_at, ends_at, room=plan.room, interpreter=plan.interpreter, but=plan.but
        )
        sentences = [*await self._notes(plan, plan.day), *(self._sentence(each) for each in found)]
        if self._elsewhere is not None:
            sentences += await self._elsewhere(starts_at, ends_at)
        if found:
            sentences.append(_("Choose another time, or say below why it may overlap."))
        return Seen(self._span(starts_at, ends_at, plan), sentences, bool(found))

    def _span(self, starts_at: datetime, ends_at: datetime, plan: Plan) -> str:
        span = words.when(Span(self._login, starts_at, ends_at))
        length = _("2 × {minutes} min with an interpreter") if plan.doubled else _("{minutes} min")
        return f"{span} · {length.format(minutes=plan.minutes)}"

    def _sentence(self, span: Span) -> str:
        if span.what == "me":
            return _("You have another appointment {when}.").format(when=words.hours(span))
        who = self._team.get(span.counsellor, span.counsellor)
        if span.what == "room":
            return _("The room is taken {when}: {who}.").format(when=words.hours(span), who=who)
        return _("The interpreter is taken {when}: {who}.").format(when=words.hours(span), who=who)

    async def _notes(self, plan: Plan, day: date) -> list[str]:
        away = await absences.between(self._db, day, day, self._login)
        said = [
            f"{format_day(each)}: {note}" for each, note in words.notes_of([day], away, self._login).items()
        ]
        barred = plan.interpreter and [
            each for each in plan.clients if await reading.is_barred(self._db, each, plan.interpreter)
        ]
        return [*said, *([_("This interpreter is not to be booked for this client.")] if barred else [])]
