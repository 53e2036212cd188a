"""From the command to a caseload that answers a key, beside Textual's hello-world."""

import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks import programs
from benchmarks.office import COLLEAGUES, LEAD, ROOT, Office, own_environment
from benchmarks.programs import Program
from benchmarks.report import Report, median

# Times hello-world; the goal is hello-world itself.
_MOST = 1.5


def measure(report: Report, office: Office, sizes: Sequence[int], rounds: int) -> None:
    """Print the start for the lead, who sees every client, and for a counsellor."""
    report.heading("Start until the caseload answers a key (120×40, state of an earlier session there)")
    people = {LEAD: "all, for the lead", COLLEAGUES[0]: "those of one counsellor"}
    ours = {(size, login): programs.kotoutus(office, size, login) for size in sizes for login in people}
    hello, table = programs.hello(), programs.bare("table", 100)
    times = usable([hello, table, *ours.values()], rounds)
    floor = median(times[0])
    report.line("hello-world", floor, "ms")
    report.line("bare DataTable of 100 rows", median(times[1]), "ms", ("hello", floor))
    for (size, login), found in zip(ours, times[2:], strict=True):
        report.line(f"{size:,} clients, {people[login]}", median(found), "ms", ("hello", floor), ratio=_MOST)


def usable(measured: Sequence[Program], rounds: int) -> list[list[float]]:
    """Return for each program the milliseconds until its first key is answered.

    The programs take turns, so that a busy minute of the machine is shared by all; the first round warms up.
    """
    times: list[list[float]] = [[] for _ in measured]
    for number in range(rounds + 1):
        for program, found in zip(measured, times, strict=True):
            with program.open() as session:
                session.until(program.seen)
                before = len(session.received)
                session.send(program.key)
                answered = session.until(program.answer, before)
                if number:
                    found.append((answered - session.began) * 1000)
                session.settle(0.1)
    return times


def measure_help(report: Report, rounds: int) -> None:
    """Print the time of the help, which loads neither Textual nor the database."""
    times: list[float] = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "kotoutus_tui", "--help"],
            env=own_environment(), cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        times.append((time.perf_counter() - began) * 1000)
    report.line("kotoutus --help", median(times[1:]), "ms", most=200)
