"""Invented households that arrive, in every state a reception can be in, and claims of compensation."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from kotoutus_tui.casework.reception.planning import Planned, steps_of_household, steps_of_person
from kotoutus_tui.casework.reception.templates import TemplateStep, templates
from kotoutus_tui.demo.rows import Rows, id_at
from kotoutus_tui.demo.team import LEAD

# The state of a household by the phase of its first client: days until it arrives, and what is late.
_STATES = {
    "arriving": ("soon", "at_risk", "later", "soon", "cancelled"),
    "new": ("under_way", "late"),
    "assessment": ("late", "under_way"),
}
_DAYS = {
    "soon": (4, 55), "at_risk": (3, 20), "later": (61, 150), "cancelled": (10, 50), "under_way": (-25, 0),
    "late": (-45, -10), "past": (-300, -120),
}  # fmt: skip
_LATE = {"at_risk": ("flat", "county_informed", "flat_fits"), "late": ("registration", "home_municipality")}
_OWN_WORK = frozenset({"household_known", "arrived"})  # what comes first is done, or nothing could be late
_PLACES = ("Rantakylä", "Noljakka", "Niinivaara", "Kanervala", "Utra")
_REASONS = ("Perhe muuttaa toiseen kuntaan.", "Matka peruuntui, uutta päivää ei ole.")
_MANY = 60  # households without chance; of a larger team only every hundredth after that
_TITLE = "Vastaanotto: {}"


@dataclass
class _Household:
    id: UUID
    state: str
    arrives_on: date
    template: tuple[TemplateStep, ...]
    made: datetime
    author: str
    steps: dict[str, UUID] = field(default_factory=dict[str, UUID])
    open: set[UUID] = field(default_factory=set[UUID])


class Receptions:
    """Makes the same households for the same seed; a household goes on while clients live together."""

    def __init__(self, today: date, seed: int) -> None:
        self._today = today
        self._random = Random(seed + 7)  # noqa: S311 - nothing here is secret
        self._open: _Household | None = None
        self._made = 0

    def add(
        self, rows: Rows, client: UUID, counsellor: str | None, phase: str, *, protected: bool, goes_on: bool
    ) -> None:
        """Add the client to the household that is being made, or perhaps begin another one."""
        household = self._open or self._begin(rows, counsellor or LEAD, phase, protected=protected or goes_on)
        self._open = household if goes_on else None
        if household is None:
            return
        rows.add("arrival_person", arrival_id=household.id, client_id=client, created_at=household.made)
        ids = {step.kind.code: self._id(household) for step in household.template}
        planned = steps_of_person(household.template, household.arrives_on, client, ids, household.steps)
        done = self._steps(rows, household, planned)
        arrived = household.steps["arrived"]
        for step_id, code, day in [*done, (arrived, "arrived", household.arrives_on)]:
            if code != "arrived" or household.state in ("under_way", "late", "past"):
                self._tell(rows, household, client, step_id, code, day)

    def claim(self, rows: Rows, client: UUID, ground: str, since: date, author: str) -> None:
        """Mark the first year of compensation as claimed, of some clients."""
        entitled = ground in ("quota_refugee", "asylum", "temporary_protection")
        if entitled and since.year < self._today.year and self._random.random() < 0.4:
            day = min(self._today, date(since.year + 1, 1, 10) + timedelta(days=self._random.randrange(120)))
            made = datetime.combine(day, time(9), UTC)
            rows.add(
                "compensation_claim", id=id_at(self._random, made), client_id=client, year=since.year,
                old_law=since.year < 2025, claimed_on=day, reference=f"KEHA {self._random.randrange(10**5)}",
                created_at=made, created_by=author,
            )  # fmt: skip

    def _begin(self, rows: Rows, author: str, phase: str, *, protected: bool) -> _Household | None:
        random = self._random
        if (phase not in _STATES and random.random() > 0.1) or phase == "closed":
            return None
        if self._made >= _MANY and random.random() > 0.01:
            return None
        states = _STATES.get(phase, ("past",))
        state = states[self._made % len(states)]
        arrives_on = self._today + timedelta(days=random.randrange(*_DAYS[state]))
        source = random.choice(("quota", "quota", "reception_centre", "family", "direct"))
        template_name, template = templates().of_source(source)
        self._made += 1
        before = min(self._today, arrives_on) - timedelta(days=random.randrange(31, 45))
        made = datetime.combine(before, time(10), UTC)
        household = _Household(id_at(random, made), state, arrives_on, template, made, author)
        persons = random.randrange(1, 8)
        cancelled = state == "cancelled"
        rows.add(
            "arrival", id=household.id, label=f"Perhe {self._made}", arrives_on=arrives_on,
            source=source, place=None if protected else random.choice(_PLACES), persons=persons,
            template=template_name, responsible=author,
            cancelled_at=made + timedelta(days=3) if cancelled else None,
            cancelled_reason=random.choice(_REASONS) if cancelled else None,
            created_at=made, created_by=author,
        )  # fmt: skip
        ids = {step.kind.code: self._id(household) for step in template}
        planned = steps_of_household(template, arrives_on, ids)
        household.steps = {step.code: step.id for step in planned}
        self._steps(rows, household, planned)
        return household

    def _steps(
        self, rows: Rows, household: _Household, planned: list[Planned]
    ) -> list[tuple[UUID, str, date]]:
        done: list[tuple[UUID, str, date]] = []
        for step in planned:
            day, reason = self._end(household, step)
            rows.add(
                "reception_step", id=step.id, arrival_id=household.id, client_id=step.client_id,
                code=step.code, owner=step.owner, due_on=step.due_on, blocked_by=step.after, done_on=day,
                done_by=household.author if day else None, not_applicable_reason=reason,
                created_at=household.made,
            )  # fmt: skip
            if day:
                done.append((step.id, step.code, day))
            elif reason is None:
                household.open.add(step.id)
        return done

    def _end(self, household: _Household, step: Planned) -> tuple[date | None, str | None]:
        """The day a step was done, or why it is not needed; neither while it is open."""
        if step.code == "school" and step.due_on.day % 3 == 0:
            return None, "ei lapsia"
        waits = step.after in household.open
        if waits or household.state in ("later", "cancelled") or step.due_on >= self._today:
            return None, None
        late = step.code in _LATE.get(household.state, ()) or (
            household.state in _LATE and step.code not in _OWN_WORK and self._random.random() < 0.15
        )
        if late:
            return None, None
        return min(self._today, step.due_on + timedelta(days=self._random.randrange(-1, 3))), None

    def _tell(
        self, rows: Rows, household: _Household, client: UUID, step_id: UUID, code: str, day: date
    ) -> None:
        kind = templates().kinds[code]
        moment = datetime.combine(min(day, self._today - timedelta(days=1)), time(10), UTC)
        rows.add(
            "event", id=id_at(self._random, moment), client_id=client, kind="reception", occurred_at=moment,
            body=_TITLE.format(kind.titles["fi"]), operation_id=step_id,
            entered_at=moment + timedelta(minutes=5), author=household.author,
        )  # fmt: skip

    def _id(self, household: _Household) -> UUID:
        return id_at(self._random, household.made)
