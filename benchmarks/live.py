"""From a colleague's commit to the changed row on another screen, without a key."""

import time
from contextlib import ExitStack
from datetime import date, timedelta

import psycopg

from benchmarks import programs
from benchmarks.office import COLLEAGUES, COUNSELLOR, LEAD, Office
from benchmarks.report import Report, median, p95
from kotoutus_tui import clock

# So late that the row stays the first of the list, whatever else is due.
_DUE = date(2001, 1, 1)


def measure(report: Report, office: Office, size: int, rounds: int, sessions: int) -> None:
    """Print the delay with so many sessions open, one of them watched."""
    report.heading(f"A change in one session until it is drawn in another ({sessions} open)")
    with ExitStack() as stack:
        for login in [LEAD, *COLLEAGUES][: sessions - 1]:
            stack.enter_context(programs.kotoutus(office, size, login).ready())
        connection = stack.enter_context(psycopg.connect(office.conninfo(size, COUNSELLOR), autocommit=True))
        client, _name = office.first(size, COUNSELLOR)
        connection.execute("select api.open_client(%s, null)", [client])
        row = connection.execute(
            "select id, due_on from app.task where id = (select next_task_id from app.client where id = %s)",
            [client],
        ).fetchone()
        assert row is not None
        task, due = row
        program = programs.kotoutus(office, size, COUNSELLOR)
        session = stack.enter_context(program.ready())
        delays: list[float] = []
        sent: list[int] = []
        try:
            for number in range(rounds + 1):
                day = _DUE + timedelta(days=number)
                shown = f"({(clock.today() - day).days} ".encode()
                before = len(session.received)
                connection.execute("update app.task set due_on = %s where id = %s", [day, task])
                committed = time.perf_counter()
                session.until(shown, before, limit=10)
                if number:
                    delays.append((session.last - committed) * 1000)
                session.settle(0.3)
                sent.append(len(session.received) - before)
        finally:
            connection.execute("update app.task set due_on = %s where id = %s", [due, task])
        report.line("p50", median(delays), "ms")
        report.line("p95", p95(delays), "ms", most=100)
        report.line("bytes sent for a change of one row, with its preview", median(sent), "B")
