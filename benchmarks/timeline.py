"""A timeline of 2,000 events beside one of 20: opening and moving."""

from dataclasses import replace

from benchmarks import programs
from benchmarks.office import COUNSELLOR, LONG, SHORT, Office
from benchmarks.report import Report, median, p95
from benchmarks.session import DOWN, ENTER, ESCAPE

_NEWEST = b"Keskustelu 1:"


def measure(report: Report, office: Office, size: int, rounds: int) -> None:
    """Print opening and a cursor key of the long timeline beside the short one."""
    report.heading(f"A timeline of {LONG:,} events beside one of {SHORT}")
    opened: dict[int, list[float]] = {SHORT: [], LONG: []}
    moved: dict[int, list[float]] = {SHORT: [], LONG: []}
    program = programs.kotoutus(office, size, COUNSELLOR)
    chosen = {events: office.timeline_client(size, events) for events in opened}
    sessions = {
        events: replace(program, place=client, seen=name.encode()[:12]).ready()
        for events, (client, name) in chosen.items()
    }
    try:
        for number in range(rounds + 1):
            for events, session in sessions.items():
                before = len(session.received)
                sent = session.send(ENTER)
                session.until(_NEWEST, before)
                session.settle(0.3)
                if number:
                    opened[events].append((session.last - sent) * 1000)
                moved[events] += [session.press(DOWN)[0] * 1000 for _ in range(8)]
                session.press(ESCAPE, quiet=0.4)
    finally:
        for session in sessions.values():
            session.close()
    short, long = opened[SHORT], opened[LONG]
    report.line("opened, all drawn", median(long), "ms", (f"{SHORT} events", median(short)), ratio=1.2)
    report.line(
        "cursor key, p50", median(moved[LONG]), "ms", (f"{SHORT} events", median(moved[SHORT])), ratio=1.2
    )
    report.line("cursor key, p95", p95(moved[LONG]), "ms", (f"{SHORT} events", p95(moved[SHORT])))
