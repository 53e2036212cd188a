"""Invented plans in every state: drafts, versions drawn up and signed, reviews, plans of households."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from kotoutus_tui.dates import add_months
from kotoutus_tui.demo.names import lines_of
from kotoutus_tui.demo.rows import Rows, id_at

_NEW_ACT = date(2025, 1, 1)
_PROGRESS = (
    "Kurssi etenee, poissaoloja vähän.",
    "Kielitaso noussut, rohkaistunut puhumaan.",
    "Työkokeilu sujui hyvin, jatkosta sovittu.",
)
_OBSTACLES = (
    "Lastenhoito illalla ei järjesty.", "Pitkä matka kurssipaikalle.", None, "Odottaa todistuksen käännöstä.",
)  # fmt: skip

_Texts = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Whose:
    client: UUID
    author: str


class Plans:
    """Makes the same plans for the same seed."""

    def __init__(self, today: date, seed: int) -> None:
        self._today = today
        self._random = Random(seed + 11)  # noqa: S311 - nothing here is secret

    def add(
        self,
        rows: Rows,
        client: UUID,
        author: str,
        phase: str,
        first: date | None,
        period_end: date | None,
        review_due: date | None,
    ) -> None:
        """Add the plans of a client whose first one was drawn up on `first`, and what comes next.

        `review_due` is the day the next review should be by, as lists show it.
        """
        whose, random = _Whose(client, author), self._random
        if first is None or period_end is None:
            if phase == "assessment" and random.random() < 0.4:
                self._version(rows, whose, 1, None, None, None)
            return
        number, drawn, last = 0, first, None
        while drawn <= min(self._today, period_end - timedelta(days=1)):
            number += 1
            ends = min(add_months(drawn, 12), period_end)
            last = self._version(rows, whose, number, drawn, ends, review_due)
            self._reviews(rows, whose, last, drawn, min(ends, self._today), period_end, review_due)
            drawn = ends
        if phase == "plan" and number and random.random() < 0.15:
            self._version(rows, whose, number + 1, None, None, None)
        if phase == "plan" and random.random() < 0.1:
            day = None if random.random() < 0.4 else max(first, self._today - timedelta(days=90))
            self._version(rows, whose, 1, day, day and add_months(day, 12), None, kind="household")

    def _version(
        self,
        rows: Rows,
        whose: _Whose,
        number: int,
        drawn: date | None,
        ends: date | None,
        review_due: date | None,
        kind: str = "integration",
    ) -> UUID:
        random = self._random
        made = _noon(drawn or self._today - timedelta(days=random.randrange(1, 40)))
        plan = id_at(random, made)
        words, parties = random.choice(_own_words())
        signed = guided = next_on = None
        if drawn and ends:
            signed = _past(drawn + timedelta(days=random.choice((0, 0, 0, 3, 14))), self._today)
            if kind == "integration":
                guided = _past(drawn + timedelta(days=random.randrange(1, 30)), self._today)
                guided = guided if random.random() < 0.9 else None
                latest = min(add_months(drawn, 6 if drawn >= _NEW_ACT else 12), ends)
                next_on = min(latest, review_due) if review_due and review_due > drawn else latest
        rows.add(
            "plan", id=plan, client_id=whose.client, kind=kind, number=number, drawn_on=drawn,
            signed_on=signed, starts_on=drawn, ends_on=ends, next_review_on=next_on, guided_on=guided,
            own_words=words, parties=parties, county_participates=random.random() < 0.2, created_at=made,
            created_by=whose.author, updated_at=made, updated_by=whose.author,
        )  # fmt: skip
        over = ends is not None and ends <= self._today
        for texts in random.sample(_texts(), 1 if over else random.choice((1, 1, 2))):
            self._goals(rows, whose, plan, made, drawn, texts, over=over)
        return plan

    def _goals(
        self,
        rows: Rows,
        whose: _Whose,
        plan: UUID,
        made: datetime,
        drawn: date | None,
        texts: _Texts,
        *,
        over: bool,
    ) -> None:
        random = self._random
        long, near, kind, title, why, provider = texts
        ids = [id_at(random, made), id_at(random, made)]
        done = drawn is not None and random.random() < (0.8 if over else 0.15)
        state = random.choice(("reached", "reached", "dropped")) if done else "open"
        for goal, term, text in zip(ids, ("long", "plan"), (long, near), strict=True):
            rows.add(
                "plan_goal", id=goal, plan_id=plan, client_id=whose.client, term=term, goal=text,
                state="open" if term == "long" else state, created_at=made,
            )  # fmt: skip
        starts = drawn + timedelta(days=random.randrange(7, 60)) if drawn else None
        states = ("done", "dropped") if done else ("planned",) if drawn is None else ("under_way", "planned")
        rows.add(
            "plan_measure", id=id_at(random, made), plan_id=plan, client_id=whose.client, goal_id=ids[1],
            kind=kind, title=title, justification=why, provider=provider, starts_on=starts,
            ends_on=starts and add_months(starts, random.choice((2, 4, 6))), state=random.choice(states),
            created_at=made,
        )  # fmt: skip

    def _reviews(
        self,
        rows: Rows,
        whose: _Whose,
        plan: UUID,
        drawn: date,
        until: date,
        period_end: date,
        review_due: date | None,
    ) -> None:
        random = self._random
        held = add_months(drawn, 5)
        while held < until:
            following = min(add_months(held, 6), period_end)
            next_on = review_due if review_due and held < review_due < following else following
            made = _noon(held)
            rows.add(
                "plan_review", id=id_at(random, made), client_id=whose.client, plan_id=plan, held_on=held,
                participation="Osallistunut sovittuihin palveluihin.", progress=random.choice(_PROGRESS),
                obstacles=random.choice(_OBSTACLES), next_review_on=next_on, created_at=made,
                created_by=whose.author,
            )  # fmt: skip
            held = add_months(held, 5)


@cache
def _texts() -> list[_Texts]:
    found: list[_Texts] = []
    for line in lines_of("plans.txt"):
        long, near, kind, title, why, provider = (part.strip() for part in line.split("|"))
        found.append((long, near, kind, title, why, provider))
    return found


@cache
def _own_words() -> list[tuple[str, str]]:
    parted = (line.split("|") for line in lines_of("own_words.txt"))
    return [(words.strip(), parties.strip()) for words, parties in parted]


def _past(day: date, today: date) -> date | None:
    return day if day <= today else None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
