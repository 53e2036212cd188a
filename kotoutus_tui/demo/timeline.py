"""Two years of invented events of one client, and the dates that lists show, derived as the database does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.names import lines_of
from kotoutus_tui.demo.rows import Rows, id_at

_CONTACTS = {"contact", "appointment", "interview", "assessment", "review"}
_ANSWERS = (
    "Vastaus saapui: aika varattu, asiakkaalle kerrottu.",
    "Vastaus: palvelu alkaa ensi kuussa.",
    "Vastaus: jonossa, odotusaika noin kaksi kuukautta.",
)
_OFTEN = ("note", "contact", "contact", "appointment", "appointment", "service", "goal", "referral", "review")
_SELDOM = ("no_show", "decision", "task", "referral", "note")


@dataclass(frozen=True, slots=True)
class ListDates:
    """What the caseload shows of a client's events: days in Helsinki."""

    last_contact_on: date | None
    interviewed_on: date | None
    referral_waiting_since: date | None


@dataclass(slots=True)
class _Happened:
    kind: str
    at: datetime
    id: UUID
    refers_to: UUID | None = None


def add_events(
    rows: Rows, random: Random, client: UUID, phase: str, since: date, today: date, author: str, many: int
) -> ListDates:
    """Add about `many` events from `since` to now, in the order a case goes; return the dates for lists."""
    kinds = _kinds(random, phase, many)
    days = max((today - since).days - 1, 1)
    moments = sorted(_working_time(random, since + timedelta(days=random.randrange(days))) for _ in kinds)
    happened: list[_Happened] = []
    for kind, at in zip(kinds, moments, strict=True):
        event = _Happened(kind, at, id_at(random, at))
        happened.append(event)
        channel, source, body = random.choice(_notes()[kind])
        _add(rows, client, event, author, channel=channel, source=source, body=body,
             minutes=random.choice((15, 30, 45, 60, 90)) if channel else None)  # fmt: skip
        happened += _follow_up(rows, random, client, event, today, author)
    return _dates(happened)


def _kinds(random: Random, phase: str, many: int) -> list[str]:
    start = {
        "arriving": [],
        "new": ["contact"],
        "assessment": ["reception", "contact", "interview"],
    }.get(phase, ["reception", "contact", "interview", "assessment", "plan"])  # fmt: skip
    if phase == "arriving":
        return ["note"]
    rest = [random.choice(_OFTEN if random.random() < 0.8 else _SELDOM) for _ in range(many - len(start))]
    return start + rest


def _follow_up(
    rows: Rows, random: Random, client: UUID, event: _Happened, today: date, author: str
) -> list[_Happened]:
    later = event.at + timedelta(days=random.randrange(3, 40))
    if later.date() >= today:
        return []
    if event.kind == "referral" and random.random() < 0.7:
        answer = _Happened("referral_answer", later, id_at(random, later), event.id)
        _add(rows, client, answer, author, channel="message", source="partner", body=random.choice(_ANSWERS))
        return [answer]
    if event.kind in ("note", "contact") and random.random() < 0.03:
        undone = _Happened("withdrawal", later, id_at(random, later), event.id)
        _add(rows, client, undone, author, body="Kirjattu väärälle asiakkaalle.", reason="väärä asiakas")
        return [undone]
    if event.kind == "note" and random.random() < 0.05:
        mended = _Happened("correction", later, id_at(random, later), event.id)
        _add(
            rows, client, mended, author, body="Kurssi alkaa elokuussa, ei syyskuussa.", reason="väärä päivä"
        )
        return [mended]
    return []


def _add(rows: Rows, client: UUID, event: _Happened, author: str, **values: object) -> None:
    rows.add(
        "event", id=event.id, client_id=client, kind=event.kind, occurred_at=event.at,
        refers_to=event.refers_to, entered_at=event.at + timedelta(minutes=20), author=author, **values,
    )  # fmt: skip


def _dates(happened: list[_Happened]) -> ListDates:
    withdrawn = {event.refers_to for event in happened if event.kind == "withdrawal"}
    standing = [event for event in happened if event.id not in withdrawn]
    answered = {event.refers_to for event in standing if event.kind == "referral_answer"}

    def days(*kinds: str) -> list[date]:
        return [event.at.astimezone(HELSINKI).date() for event in standing if event.kind in kinds]

    waiting = [
        event.at.astimezone(HELSINKI).date()
        for event in standing
        if event.kind == "referral" and event.id not in answered
    ]
    return ListDates(
        max(days(*_CONTACTS), default=None),
        max(days("interview", "assessment"), default=None),
        min(waiting, default=None),
    )


def _working_time(random: Random, day: date) -> datetime:
    day -= timedelta(days=max(day.weekday() - 4, 0))
    return datetime.combine(
        day, time(random.randrange(8, 16), random.randrange(0, 60, 5)), HELSINKI
    ).astimezone(UTC)


@cache
def _notes() -> dict[str, list[tuple[str | None, str | None, str]]]:
    found: dict[str, list[tuple[str | None, str | None, str]]] = {}
    for line in lines_of("notes.txt"):
        head, body = line.split("|")
        kind, channel, source = (None if word == "-" else word for word in head.split())
        found.setdefault(kind or "", []).append((channel, source, body.strip()))
    return found
