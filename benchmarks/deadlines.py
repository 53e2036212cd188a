"""All deadlines of many clients, and how many of them can be explained in a second."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.report import Report, median
from kotoutus_tui.casework.deadlines import (
    Extension,
    Facts,
    Interruption,
    Outcome,
    Plan,
    Review,
    deadlines_of_many,
)
from kotoutus_tui.dates import add_months

TODAY = date(2026, 11, 24)
# The targets: seconds for so many clients.
MOST = {2300: 0.5, 100_000: 20.0}


def measure(report: Report, sizes: tuple[int, ...], rounds: int) -> None:
    """Work out everything for each number of clients; the explanations of one caseload besides."""
    report.heading("Deadlines by law, worked out anew for every client")
    for size in sizes:
        clients = list(_invented(size))
        took: list[float] = []
        found = 0
        for _round in range(rounds if size < max(sizes) else 1):
            began = time.perf_counter()
            found = sum(len(outcome.deadlines) for _key, outcome in deadlines_of_many(clients, TODAY))
            took.append(time.perf_counter() - began)
        report.line(f"{size:,} clients, {found:,} deadlines", median(took), "s", most=MOST.get(size))
    outcomes: list[Outcome] = [outcome for _key, outcome in deadlines_of_many(_invented(300), TODAY)]
    began = time.perf_counter()
    told = [deadline.explanation for outcome in outcomes for deadline in outcome.deadlines]
    report.line(f"explanations of 300 clients ({len(told):,})", time.perf_counter() - began, "s")


def _invented(count: int) -> Iterator[tuple[int, Facts]]:
    """Yield clients in every phase, most of them with all that slows the computation."""
    random = Random(count)
    for number in range(count):
        drawn = date(2023, 1, 1) + timedelta(days=random.randrange(1400))
        later = add_months(drawn, 11)
        has_plan = random.random() < 0.8
        yield (
            number,
            Facts(
                birth_date=date(1960, 1, 1) + timedelta(days=random.randrange(17_000)),
                ground_of_entry=random.choice(("asylum", "quota_refugee", "family", "work")),
                first_permit_on=drawn - timedelta(days=200),
                municipality_since=drawn - timedelta(days=random.randrange(300)),
                learned_on=drawn - timedelta(days=60),
                requested_on=drawn - timedelta(days=50),
                assessment_started_on=drawn - timedelta(days=30) if has_plan else None,
                plans=(Plan(drawn, drawn, None, later), Plan(later, later)) if has_plan else (),
                guided_on=drawn + timedelta(days=10) if random.random() < 0.5 else None,
                reviews=(Review(later, add_months(later, 4)),) if random.random() < 0.5 and has_plan else (),
                interruptions=tuple(
                    Interruption(day, day + timedelta(days=random.randrange(60)))
                    for day in (
                        drawn + timedelta(days=random.randrange(500)) for _ in range(random.randrange(4))
                    )
                ),
                extensions=(Extension(random.randrange(1, 30)),) if random.random() < 0.3 else (),
                responsible_authority=random.choice((None, "municipality", "employment_authority")),
                unaccompanied_minor=random.random() < 0.05,
                permit_until=TODAY + timedelta(days=random.randrange(-100, 900)),
                passport_until=TODAY + timedelta(days=random.randrange(-100, 900)),
                interpreter_cancel_by=(TODAY + timedelta(days=random.randrange(30)),),
            ),
        )
