"""What a session costs while nothing happens: bytes, processor time and memory."""

import time
from pathlib import Path

import psutil

from benchmarks import programs
from benchmarks.office import Office
from benchmarks.report import Report
from benchmarks.session import Session


def measure(report: Report, office: Office, size: int, seconds: float) -> None:
    """Print bytes sent and processor time of an idle session, and its share of memory."""
    report.heading("A session at rest")
    with programs.hello().ready() as floor, programs.kotoutus(office, size).ready() as session:
        session.settle(1)
        before, least = _processor_time(session), _processor_time(floor)
        began = time.perf_counter()
        sent = session.settle(seconds, seconds)
        passed = time.perf_counter() - began
        report.line(f"bytes in {passed:.0f} s", sent, "B", most=0)
        spent, floor_spent = _processor_time(session) - before, _processor_time(floor) - least
        report.line(
            "processor time", 100 * spent / passed, "%", ("hello", 100 * floor_spent / passed), most=0.1
        )
        least = memory(floor.pid)
        report.line("memory (PSS)", memory(session.pid), "MiB", ("hello", least), most=65)


def memory(pid: int) -> float:
    """Return the MiB of a process and its children, shared pages divided among those who share them."""
    process = psutil.Process(pid)
    everybody = [process, *process.children(recursive=True)]
    return sum(_share(each.pid) for each in everybody) / 1024


def _share(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _processor_time(session: Session) -> float:
    """Return the seconds that all threads of the program have run, to the nanosecond."""
    tasks = Path(f"/proc/{session.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
