"""What a screen asks the database, and how long the database works for it."""

import re
from dataclasses import replace

from benchmarks import programs
from benchmarks.office import COUNSELLOR, LONG, Office
from benchmarks.report import Report, median
from benchmarks.session import ENTER

_NO_STATEMENT = re.compile(r"(begin|commit|rollback|set|listen)\b", re.IGNORECASE)


def measure(report: Report, office: Office, size: int, rounds: int) -> None:
    """Print statements and database time of the caseload and of a timeline of a counsellor."""
    report.heading(f"What the screens of a counsellor ask the database at {size:,} clients")
    log = office.statements(size, COUNSELLOR)
    program = programs.kotoutus(office, size, COUNSELLOR)
    client, name = office.timeline_client(size, LONG)
    pages: list[float] = []
    started: list[tuple[str, float]] = []
    timeline: list[tuple[str, float]] = []
    try:
        for _ in range(rounds):
            log.mark()
            with program.ready():
                started = log.read()
            pages += [spent for text, spent in started if "as place from app.client" in text]
        with replace(program, place=client, seen=name.encode()[:12]).ready() as session:
            log.mark()
            before = len(session.received)
            session.send(ENTER)
            session.until(b"Keskustelu 1:", before)
            session.settle(0.5)
            timeline = log.read()
    finally:
        log.stop()
    for title, found, most in (("start and caseload", started, 5), ("timeline", timeline, 6)):
        asked = [(text, spent) for text, spent in found if not _NO_STATEMENT.match(text)]
        report.line(f"{title}: statements", len(asked), "", most=most)
        for text, spent in asked:
            report.note(f"{spent:7.2f} ms  {text[:100]}")
        report.line(f"{title}: round trips, with begin and commit", len(found), "")
    report.line("database time of the first page", median(pages), "ms")
