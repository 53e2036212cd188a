"""Invents clients: who they are, where they are in their integration, what is to be done."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from psycopg.types.range import Range

from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
from kotoutus_tui.demo.interviews import add_interviews
from kotoutus_tui.demo.names import Origin, Spelling, lines_of, origins
from kotoutus_tui.demo.period import Periods, Whose
from kotoutus_tui.demo.personal_id import invented_personal_id
from kotoutus_tui.demo.plans import Plans
from kotoutus_tui.demo.reception import Receptions
from kotoutus_tui.demo.referrals import Receiver, Referrals
from kotoutus_tui.demo.rows import Rows, id_at
from kotoutus_tui.demo.team import COUNSELLORS, LEAD
from kotoutus_tui.demo.timeline import add_events

_NEW_ACT = date(2025, 1, 1)
_PHASES = ("arriving", "new", "assessment", "plan", "plan", "plan", "plan", "after_plan", "closed")
_GROUNDS = ("family", "work", "quota_refugee", "asylum", "study", "other", "return_migration")
_STREETS = ("Esimerkkikatu", "Keksittykuja", "Mallitie", "Harjoituspolku")
_TOWNS = ("Joensuu", "Joensuu", "Joensuu", "Joensuu", "Kontiolahti", "Liperi", "Outokumpu")
_LEVELS = ("A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "B1.1")


class Inventor:
    """Makes the same clients for the same `seed` and `today`; `plain` folds a name as lists sort it.

    `network` are the services they are referred to.
    """

    def __init__(
        self,
        today: date,
        now: datetime,
        plain: Callable[[str], str],
        network: list[Receiver],
        seed: int = 73,
    ) -> None:
        self._today = today
        self._now = now
        self._plain = plain
        self._random = Random(seed)  # noqa: S311 - nothing here is secret
        self._origins = origins()
        self._weights = [origin.weight for origin in self._origins]
        self._taken: set[str] = set()
        self._titles = lines_of("tasks.txt")
        self._number = 0
        self._receptions = Receptions(today, seed)
        self._plans = Plans(today, seed)
        self._periods = Periods(today, seed)
        self._referrals = Referrals(today, now, network, seed)
        self._household: tuple[UUID, Origin, Spelling, int] | None = None

    def client(self) -> Rows:
        """Return the rows of the next client."""
        random, today = self._random, self._today
        self._number += 1
        rows = Rows()
        shared = self._household
        origin = shared[1] if shared else random.choices(self._origins, self._weights)[0]
        family = shared[2] if shared else random.choice(origin.families)
        woman = random.random() < 0.5
        given = origin.given(random, woman=woman)
        born = today - timedelta(days=random.randrange(19 * 365, 66 * 365))
        phase = random.choice(_PHASES)
        arrived = today - timedelta(days=random.randrange(60, 720))
        made = _noon(arrived + timedelta(days=random.randrange(5, 40)))
        client = id_at(random, made)
        counsellor = None if phase == "arriving" else random.choice(COUNSELLORS)
        protected = counsellor is not None and random.random() < 0.03
        drawn = self._first_plan(phase, made.date())

        dates = add_events(
            rows, random, client, phase, made.date(), today, counsellor or LEAD, random.randrange(4, 14)
        )
        next_due, next_task = self._tasks(rows, client, counsellor, phase, made)
        self._names(rows, client, family, given, born, made)
        self._assignments(rows, client, counsellor, made)
        self._contact(rows, client, counsellor or LEAD, protected=protected)
        self._live_together(rows, client, origin, family, made)
        self._receptions.add(
            rows, client, counsellor, phase, protected=protected, goes_on=self._household is not None
        )
        period_end = self._period_end(drawn)
        review_due = today + timedelta(days=random.randrange(-20, 180)) if phase == "plan" else None
        self._plans.add(rows, client, counsellor or LEAD, phase, drawn, period_end, review_due)
        chases = self._referrals.add(rows, client, phase, counsellor or LEAD)
        if next_due and next_task:
            chases.append((next_due, next_task))
        next_due, next_task = min(chases, default=(None, None))
        add_interviews(rows, client, phase, origin.language, counsellor or LEAD, today)
        authority = "employment_authority" if random.random() < 0.3 else "municipality"
        self._periods.add(
            rows,
            Whose(
                client, counsellor or LEAD, phase, born, made.date(), drawn, period_end, authority, protected
            ),
        )
        title = f"{family.latin} {given.latin}"
        rows.add(
            "client", id=client, external_id=f"D{self._number:06d}", name=title, sort_name=self._plain(title),
            phase=phase, own_counsellor=counsellor, assigned_on=made.date() if counsellor else None,
            next_due=next_due, next_task_id=next_task, last_contact_on=dates.last_contact_on,
            interviewed_on=dates.interviewed_on, referral_waiting_since=dates.referral_waiting_since,
            review_due=review_due, period_start=drawn, period_end=period_end, protected=protected,
            service_language=random.choice((origin.language, origin.language, "en", "fi")),
            interpreter_needed=random.random() < 0.6,
            responsible_authority=authority, created_at=made, updated_at=made,
        )  # fmt: skip
        ground = "temporary_protection" if origin.language == "uk" else random.choice(_GROUNDS)
        self._receptions.claim(rows, client, ground, made.date(), counsellor or LEAD)
        rows.add(
            "client_detail", client_id=client, birth_date=born, mother_tongue=origin.language,
            citizenship=origin.country, arrived_on=arrived, municipality_since=made.date(),
            ground_of_entry=ground,
            first_permit_on=arrived - timedelta(days=random.randrange(0, 200)), first_plan_drawn_on=drawn,
            source="authority", updated_by=counsellor or LEAD,
        )  # fmt: skip
        if phase != "arriving":
            code = invented_personal_id(random, born, woman=woman, taken=self._taken)
            rows.add(
                "client_identity", id=id_at(random, made), client_id=client, personal_id=code,
                valid_from=made, recorded_by=counsellor,
            )  # fmt: skip
        rows.add("client_language", id=id_at(random, made), client_id=client, language=origin.language)
        rows.add(
            "client_language", id=id_at(random, made), client_id=client, language="fi",
            level=random.choice(_LEVELS),
        )  # fmt: skip
        return rows

    def _first_plan(self, phase: str, since: date) -> date | None:
        if phase in ("arriving", "new", "assessment"):
            return None
        # Every fourth plan was drawn under the Act in force until the end of 2024.
        if self._random.random() < 0.25:
            return date(2024, self._random.randrange(1, 13), self._random.randrange(1, 29))
        return min(self._today, max(_NEW_ACT, since + timedelta(days=self._random.randrange(20, 60))))

    def _period_end(self, drawn: date | None) -> date | None:
        if drawn is None:
            return None
        # 1386/2010: three years, extended to five; 681/2023 section 23: two years and two more.
        years = (3, 3, 3, 5) if drawn < _NEW_ACT else (2, 2, 2, 4)
        day = 28 if (drawn.month, drawn.day) == (2, 29) else drawn.day
        return date(drawn.year + self._random.choice(years), drawn.month, day)

    def _tasks(
        self, rows: Rows, client: UUID, counsellor: str | None, phase: str, made: datetime
    ) -> tuple[date | None, UUID | None]:
        random, today = self._random, self._today
        waiting: list[tuple[date, UUID]] = []
        for title in random.sample(self._titles, random.randrange(0, 4)):
            done = phase == "closed" or random.random() < 0.35
            day = made.date() if done else today + timedelta(days=self._due_in())
            one = id_at(random, made)
            rows.add(
                "task", id=one, client_id=client, title=title, due_on=day, created_at=made,
                created_by=counsellor or LEAD, done_at=made + timedelta(days=1) if done else None,
                done_by=(counsellor or LEAD) if done else None,
            )  # fmt: skip
            if not done:
                waiting.append((day, one))
        return min(waiting, default=(None, None))

    def _due_in(self) -> int:
        random = self._random
        return random.choice((0, random.randrange(-14, 0), random.randrange(1, 8), random.randrange(8, 90)))

    def _names(
        self, rows: Rows, client: UUID, family: Spelling, given: Spelling, born: date, made: datetime
    ) -> None:
        names = [("passport", family.latin, given.latin)]
        if family.own and given.own:
            names.append(("own_script", family.own, given.own))
        if self._random.random() < 0.05:
            names.append(("previous", self._random.choice(self._origins[0].families).latin, given.latin))
        for kind, last, first in names:
            name = id_at(self._random, made)
            keys = keys_of(first, last)
            rows.add("client_name", id=name, client_id=client, kind=kind, family=last, given=first)
            rows.add(
                "client_search_key", name_id=name, client_id=client, name_key=keys.name_key,
                birth_year=born.year, key_version=KEY_VERSION,
            )  # fmt: skip
            for skeleton in {unit[:200] for unit in keys.skeletons if unit}:
                rows.add("client_skeleton", skeleton=skeleton, name_id=name, client_id=client)

    def _assignments(self, rows: Rows, client: UUID, counsellor: str | None, made: datetime) -> None:
        if counsellor is None:
            return
        random = self._random
        moved = made
        half = (self._now - made) / 2
        if random.random() < 0.2 and half > timedelta(days=30):
            before = random.choice([login for login in COUNSELLORS if login != counsellor])
            moved = made + half
            self._assign(rows, client, before, Range(made, moved), "uusi asiakas")
            rows.add(
                "event", id=id_at(random, moved), client_id=client, kind="transfer", occurred_at=moved,
                body="Asiakkuus siirrettiin toiselle ohjaajalle.", entered_at=moved, author=LEAD,
            )  # fmt: skip
        self._assign(
            rows, client, counsellor, Range(moved, None), "siirto" if moved > made else "uusi asiakas"
        )

    def _assign(self, rows: Rows, client: UUID, login: str, during: Range[datetime], reason: str) -> None:
        start = during.lower or self._now
        rows.add(
            "assignment", id=id_at(self._random, start), client_id=client, counsellor=login, during=during,
            reason=reason, assigned_by=LEAD, created_at=start,
        )  # fmt: skip

    def _contact(self, rows: Rows, client: UUID, author: str, *, protected: bool) -> None:
        random = self._random
        # 040 555 numbers and example.org belong to nobody.
        digits = f"0405{random.randrange(10**6):06d}"
        reach: dict[str, str] = {
            "phone": "+358" + digits[1:], "email": f"asiakas{self._number}@example.org",
            "address": f"{random.choice(_STREETS)} {random.randrange(1, 90)}",
            "municipality": random.choice(_TOWNS),
        }  # fmt: skip
        if protected:
            rows.add("client_contact", client_id=client, updated_by=author)
            rows.add(
                "protected_contact", client_id=client, **reach, updated_by=author,
                contact_address="PL 1, 00000 Esimerkki", valid_until=self._today + timedelta(days=200),
            )  # fmt: skip
        else:
            rows.add("client_contact", client_id=client, **reach, updated_by=author)
            rows.add("client_phone_key", client_id=client, digits=digits[-9:])

    def _live_together(
        self, rows: Rows, client: UUID, origin: Origin, family: Spelling, made: datetime
    ) -> None:
        random = self._random
        shared, self._household = self._household, None
        if shared:
            household, _origin, _family, left = shared
            relation = "spouse"
            if left > 1:
                self._household = (household, origin, family, left - 1)
                relation = "sibling"
        elif random.random() < 0.3:
            household, relation = id_at(random, made), "self"
            rows.add("household", id=household, created_at=made)
            self._household = (household, origin, family, random.choice((1, 1, 2)))
            for child in range(random.randrange(0, 4)):
                rows.add(
                    "household_member", id=id_at(random, made), household_id=household, relation="child",
                    person=f"Lapsi {child + 1}", valid_from=made.date(), is_guardian=False,
                )  # fmt: skip
        else:
            return
        rows.add(
            "household_member", id=id_at(random, made), household_id=household, client_id=client,
            relation=relation, valid_from=made.date(), is_guardian=False,
        )  # fmt: skip


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
