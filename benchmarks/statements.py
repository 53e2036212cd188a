"""What a screen asks the database, and how long the database works for it."""

import asyncio
import re
from dataclasses import replace

from benchmarks import programs
from benchmarks.office import COLLEAGUES, COUNSELLOR, LONG, Office
from benchmarks.report import Report, median
from benchmarks.session import ENTER
from kotoutus_tui.casework import caseload
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database

_NO_STATEMENT = re.compile(r"(begin|commit|rollback|set|listen)\b", re.IGNORECASE)


def measure(report: Report, office: Office, size: int, rounds: int) -> None:
    """Print statements and database time of the caseload and of a timeline of a counsellor."""
    report.heading(f"What the screens of a counsellor ask the database at {size:,} clients")
    log = office.statements(size, COUNSELLOR)
    program = programs.kotoutus(office, size, COUNSELLOR)
    client, name = office.timeline_client(size, LONG)
    started: list[tuple[str, float]] = []
    timeline: list[tuple[str, float]] = []
    try:
        for _ in range(rounds):
            log.mark()
            with program.ready():
                started = log.read()
        with replace(program, place=client, seen=name.encode()[:12]).ready() as session:
            log.mark()
            before = len(session.received)
            session.send(ENTER)
            session.until(b"Keskustelu 1:", before)
            session.settle(0.5)
            timeline = log.read()
    finally:
        log.stop()
    for title, found, most in (("start and caseload of a deputy", started, 6), ("timeline", timeline, 6)):
        asked = [(text, spent) for text, spent in found if not _NO_STATEMENT.match(text)]
        report.line(f"{title}: statements", len(asked), "", most=most)
        for text, spent in asked:
            report.note(f"{spent:7.2f} ms  {text[:100]}")
        report.line(f"{title}: round trips, with begin and commit", len(found), "")
    mine, pages = asyncio.run(_pages(office, size))
    report.line(f"first page of {mine} own clients, database time", median(pages), "ms", most=1)


async def _pages(office: Office, size: int) -> tuple[int, list[float]]:
    """Return how many clients an ordinary counsellor has, and the milliseconds of each of 20 first pages."""
    log = office.statements(size, COLLEAGUES[0])
    db = Database(office.conninfo(size, COLLEAGUES[0]))
    try:
        found = await caseload.counts(db, CaseloadQuery(), own=True)
        for _ in range(30):
            await caseload.page(db, CaseloadQuery(), 0, caseload.PAGE, own=True)
        return found.total, [spent for text, spent in log.read() if text.startswith("with page")][-20:]
    finally:
        await db.close()
        log.stop()
