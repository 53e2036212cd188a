"""Invented appointments of some weeks back and ahead: series, interpreters, no-shows, leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework.appointment_telling import event_id
from kotoutus_tui.casework.no_show_fee import NoShow, decide
from kotoutus_tui.casework.working_days import is_working_day
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.rows import Rows, id_at
from kotoutus_tui.demo.team import COUNSELLORS
from kotoutus_tui.i18n import _, format_datetime

_BACK, _AHEAD = 28, 42  # days
_SLOTS = (time(8, 30), time(10, 15), time(12, 30), time(14, 15))  # each holds an interpreted appointment
_MINUTES = 45
_POOL = 300  # clients of a counsellor who are met
_KINDS = ("interview", "plan", "review", "review", "guidance", "guidance", "contact")
_INTERPRETERS = {
    "ar": ("Tulkki Nur", "Tulkki Samir"),
    "so": ("Tulkki Hodan",),
    "fa": ("Tulkki Parisa",),
    "ru": ("Tulkki Vera", "Tulkki Oleg"),
    "uk": ("Tulkki Oksana",),
    "bn": ("Tulkki Rafiq",),
}
_COMPANY = "Esimerkkitulkit Oy"
_REASONS = ("Asiakas sairastui.", "Asiakas sai työvuoron.", "Päällekkäinen kurssi.")
_GROUP = (time(14, 15), 2)  # hour and weekday of the group that meets every week
_TIMES = 10


@dataclass(frozen=True)
class _Client:
    id: UUID
    counsellor: str
    phase: str
    language: str | None
    interpreter_needed: bool
    born: date | None


def rows(connection: psycopg.Connection, today: date, now: datetime) -> Rows:
    """Return the rows for the clients that are there; nobody and nothing is in two at once."""
    with connection.cursor(row_factory=class_row(_Client)) as cursor:
        found = Rows()
        taken: set[tuple[str, datetime]] = set()
        for room, counsellor in enumerate(COUNSELLORS, start=1):
            clients = cursor.execute(_CLIENTS, [counsellor, _POOL]).fetchall()
            if clients:
                _Calendar(found, counsellor, f"R{room}", clients, today, now, taken).fill()
        return found


def settle(connection: psycopg.Connection, now: datetime) -> None:
    """Derive the last contacts as the database does, and hand some of it over to Outlook ten days ago."""
    connection.execute(_LAST_CONTACTS)
    connection.execute(_HANDED_OVER, {"at": now - timedelta(days=10)})


class _Calendar:
    """The appointments of one counsellor; `taken` are the interpreters' hours in the whole team."""

    def __init__(
        self, rows: Rows, counsellor: str, room: str, clients: Sequence[_Client], today: date, now: datetime,
        taken: set[tuple[str, datetime]],
    ) -> None:  # fmt: skip
        self._rows, self._counsellor, self._room = rows, counsellor, room
        self._clients, self._today, self._now, self._taken = clients, today, now, taken
        self._random = Random(f"{counsellor}{today}")  # noqa: S311 - nothing here is secret
        self._away = self._leave()

    def fill(self) -> None:
        """Add everything."""
        group = self._group()
        for day in self._days():
            free = [slot for slot in _SLOTS if (day, slot) not in group]
            for slot in sorted(self._random.sample(free, self._random.randint(1, len(free)))):
                self._one(datetime.combine(day, slot, HELSINKI))

    def _days(self) -> Iterator[date]:
        for number in range(-_BACK, _AHEAD + 1):
            day = self._today + timedelta(days=number)
            if is_working_day(day) and day not in self._away:
                yield day

    def _leave(self) -> set[date]:
        # The last one is away now and the first one soon, as their deputies know.
        number, many = COUNSELLORS.index(self._counsellor), len(COUNSELLORS)
        first, length = {0: (14, 15), many - 1: (-2, 8)}.get(number, (7 * number - 21, 5))
        days = [self._today + timedelta(days=first + each) for each in range(length)]
        self._rows.add(
            "absence", id=id_at(self._random, self._now), login=self._counsellor, from_on=days[0],
            to_on=days[-1], created_at=self._now, created_by=self._counsellor,
        )  # fmt: skip
        return set(days)

    def _group(self) -> set[tuple[date, time]]:
        """Add a weekly group of three: of the days to come the first was moved, the second cancelled."""
        hour, weekday = _GROUP
        monday = self._today - timedelta(days=self._today.weekday(), weeks=3)
        first = monday + timedelta(days=(weekday + COUNSELLORS.index(self._counsellor)) % 5)
        start = datetime.combine(first, hour, HELSINKI)
        series = id_at(self._random, self._now - timedelta(weeks=4))
        self._rows.add(
            "appointment_series", id=series, counsellor=self._counsellor, frequency="weekly", every=1,
            starts_at=start, times=_TIMES, created_at=self._now - timedelta(weeks=4),
        )  # fmt: skip
        members = self._random.sample(self._clients, min(3, len(self._clients)))
        every = [first + timedelta(weeks=number) for number in range(_TIMES)]
        days = [day for day in every if day not in self._away and is_working_day(day)]
        to_come = [day for day in days if day > self._today]
        for day in days:
            begin = datetime.combine(day, hour, HELSINKI)
            moved = timedelta(minutes=_MINUTES if day in to_come[:1] else 0)
            self._write(
                begin + moved, begin + moved + timedelta(minutes=_MINUTES), members, kind="guidance",
                title="Suomea arjessa", series_id=series, original_start=begin, sequence=1 if moved else 0,
                cancelled="Ohjaaja koulutuksessa." if day in to_come[1:2] else None,
            )  # fmt: skip
        return {(day, hour) for day in days}

    def _one(self, start: datetime) -> None:
        random = self._random
        client = random.choice(self._clients)
        language = client.language if client.interpreter_needed else None
        free = [name for name in _INTERPRETERS.get(language or "", ()) if (name, start) not in self._taken]
        if not free:
            language = None
        name = free[0] if free and random.random() < 0.8 else None
        if name:
            self._taken.add((name, start))
        mode = random.choice(("office",) * 6 + ("phone", "video"))
        booked = {
            "interpreter_language": language, "interpreter": name,
            "interpreter_company": _COMPANY if name else None,
            "interpreter_reference": f"V-{random.randrange(10000, 99999)}" if name else None,
            "interpreter_cancel_by": start - timedelta(days=2) if language else None,
        }  # fmt: skip
        kind = "interview" if client.phase == "new" else random.choice(_KINDS)
        cancelled = random.choice(_REASONS) if random.random() < 0.05 else None
        self._write(
            start, start + timedelta(minutes=_MINUTES * (2 if language else 1)), [client], kind=kind,
            mode=mode, room=self._room if mode == "office" else None, cancelled=cancelled, **booked,
        )  # fmt: skip

    def _write(
        self, start: datetime, end: datetime, clients: Sequence[_Client], *, kind: str,
        cancelled: str | None = None, **others: object,
    ) -> None:  # fmt: skip
        made = min(self._now, start - timedelta(days=self._random.randrange(5, 20)))
        row = id_at(self._random, made)
        values = {"mode": "office", "sequence": 0, **others}
        if cancelled:
            values |= {
                "cancelled_at": min(self._now, made + timedelta(hours=3)), "cancelled_reason": cancelled,
                "sequence": 1,
            }  # fmt: skip
        self._rows.add(
            "appointment", id=row, counsellor=self._counsellor, kind=kind, starts_at=start, ends_at=end,
            created_at=made, created_by=self._counsellor, updated_at=made, updated_by=self._counsellor,
            **values,
        )  # fmt: skip
        parts = [_(KINDS[kind]), *([str(others["title"])] if others.get("title") else [])]
        parts += [format_datetime(start), *([str(others["room"])] if others.get("room") else [])]
        for client in clients:
            self._meet(row, client, start, made, ", ".join(parts), bool(others.get("interpreter")),
                       cancelled=bool(cancelled))  # fmt: skip

    def _meet(
        self, row: UUID, client: _Client, start: datetime, made: datetime, said: str, interpreted: bool, *,
        cancelled: bool,
    ) -> None:  # fmt: skip
        random = self._random
        attendance = None
        if start < self._now - timedelta(days=1) and not cancelled:
            attendance = random.choices(("attended", "no_show", "client_cancelled"), (84, 9, 7))[0]
        told = random.random() < 0.8
        ill = random.choice(_REASONS) if attendance == "no_show" and random.random() < 0.4 else None
        self._rows.add(
            "appointment_client", appointment_id=row, client_id=client.id, attendance=attendance,
            told_of_fee=told, told_how_to_cancel=told, understood=told, acceptable_reason=ill,
        )  # fmt: skip
        if cancelled or attendance == "client_cancelled":
            return
        if attendance == "no_show":
            answer = decide(NoShow(start.date(), interpreted, told, told, told, ill, None, client.born))
            said = " ".join((f"{said}.", answer.sentence, *(each.why for each in answer.against)))
        self._rows.add(
            "event", id=event_id(row, client.id), client_id=client.id, author=self._counsellor,
            kind="no_show" if attendance == "no_show" else "appointment", body=said,
            occurred_at=start.astimezone(UTC), entered_at=made,
        )  # fmt: skip


_CLIENTS = """
select c.id, c.own_counsellor as counsellor, c.phase, c.service_language as language, c.interpreter_needed,
       d.birth_date as born
  from app.client c
  left join app.client_detail d on d.client_id = c.id
 where c.own_counsellor = %s and c.phase not in ('closed', 'arriving')
 order by c.id desc limit %s
"""

# The last contact as the database derives it from what was just told.
_LAST_CONTACTS = """
update app.client c set last_contact_on = e.latest
  from (select client_id, max((occurred_at at time zone 'Europe/Helsinki')::date) as latest
          from app.event e
         where kind = 'appointment' and occurred_at <= clock_timestamp()
           and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')
         group by client_id) e
 where e.client_id = c.id and (c.last_contact_on is null or c.last_contact_on < e.latest)
"""

# What was handed over to Outlook as a file ten days ago; since then one was moved and one cancelled.
_HANDED_OVER = """
with sent as (
    insert into app.calendar_sent (login, appointment_id, route, sequence, starts_at, sent_at)
    select a.counsellor, a.id, 'file', 0, coalesce(a.original_start, a.starts_at), %(at)s
      from app.appointment a
     where a.created_at < %(at)s and a.starts_at between %(at)s and %(at)s + interval '28 days'
       and (a.cancelled_at is null or a.starts_at > now())
    returning login
)
insert into app.calendar_export (login, route, template, from_on, to_on, appointments, exported_at)
select login, 'file', 'busy', %(at)s::date, %(at)s::date + 28, count(*), %(at)s from sent group by login
"""
