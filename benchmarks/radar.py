"""The deadlines beside the caseload: how long each takes to open, and counting all clients again."""

import asyncio
import time

import psycopg

from benchmarks.office import COUNSELLOR, Office
from benchmarks.report import Report, median
from kotoutus_tui.casework import caseload, radar
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.casework.deadline_refresh import refresh
from kotoutus_tui.casework.radar import RadarQuery
from kotoutus_tui.database import Database
from kotoutus_tui.demo.team import LEAD

# The target: seconds to count so many clients again.
MOST = {2300: 0.5, 100_000: 20.0}


def measure(report: Report, office: Office, sizes: tuple[int, ...], rounds: int) -> None:
    """Open both for a counsellor and for the lead, and count everybody's deadlines again."""
    report.heading("Deadlines beside the caseload: counts and first page from the database")
    for size in sizes:
        for login in (COUNSELLOR, LEAD):
            clients, deadlines = asyncio.run(_opened(office.conninfo(size, login), rounds))
            report.line(f"{size:,} clients, {login}: caseload", clients * 1000, "ms")
            report.line(f"{size:,} clients, {login}: deadlines", deadlines * 1000, "ms")
        with psycopg.connect(office.conninfo(size), autocommit=True) as connection:
            connection.execute("update app.deadline_state set stale = true")
        began = time.perf_counter()
        counted = refresh(office.conninfo(size))
        took = time.perf_counter() - began
        report.line(f"deadlines of {counted:,} clients counted again", took, "s", most=MOST.get(size))


async def _opened(conninfo: str, rounds: int) -> tuple[float, float]:
    db = Database(conninfo)
    clients: list[float] = []
    deadlines: list[float] = []
    try:
        for _round in range(rounds + 1):
            began = time.perf_counter()
            await caseload.counts(db, CaseloadQuery(), own=True)
            await caseload.page(db, CaseloadQuery(), 0, caseload.PAGE, own=True)
            between = time.perf_counter()
            await radar.counts(db, RadarQuery())
            await radar.page(db, RadarQuery(), 0, radar.PAGE)
            clients.append(between - began)
            deadlines.append(time.perf_counter() - between)
    finally:
        await db.close()
    # The first round also connects.
    return median(clients[1:]), median(deadlines[1:])
