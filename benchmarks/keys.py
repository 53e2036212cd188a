"""From a cursor key to the last byte it changes, and how many bytes that takes."""

import time
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks import programs
from benchmarks.office import Office
from benchmarks.report import Report, median, p95
from benchmarks.session import DOWN, Session

_HELD_EVERY = 1 / 30  # the repeat rate of a keyboard


def measure(report: Report, office: Office, sizes: Sequence[int], presses: int) -> None:
    """Print the cost of a key at every size beside bare lists, pressed in turns."""
    report.heading(
        f"A cursor key in the caseload ({presses} presses, preview not counted: it waits for a rest)"
    )
    lists = [programs.bare("lines", 100_000), programs.bare("options", 300), programs.bare("table", 100)]
    lists += [programs.kotoutus(office, size) for size in sizes]
    with ExitStack() as stack:
        sessions = [stack.enter_context(program.ready()) for program in lists]
        times: list[list[float]] = [[] for _ in lists]
        sent: list[list[int]] = [[] for _ in lists]
        for _ in range(presses):
            for session, mine, size in zip(sessions, times, sent, strict=True):
                spent, many = session.press(DOWN)
                mine.append(spent * 1000)
                size.append(many)
        held = [_hold(session) for session in sessions]
    floor = times[0]
    for program, mine in zip(lists[:3], times, strict=False):
        report.line(f"{program.label}, p50", median(mine), "ms")
        report.line(f"{program.label}, p95", p95(mine), "ms")
    smallest = times[3]
    for program, mine, many, (drained, each) in zip(lists[3:], times[3:], sent[3:], held[3:], strict=True):
        beside = ("bare lines", p95(floor))
        report.line(f"{program.label}, p50", median(mine), "ms", ("bare lines", median(floor)))
        report.line(f"{program.label}, p95", p95(mine), "ms", beside, most=10, ratio=1.5)
        if mine is not smallest:
            first = (lists[3].label, median(smallest))
            report.line(f"{program.label}, p50 beside the smallest", median(mine), "ms", first, ratio=1.1)
        report.line(
            f"{program.label}, bytes a key", median(many), "B", ("bare lines", median(sent[0])), most=500
        )
        report.line(f"{program.label}, held down: left after release", drained * 1000, "ms", most=20)
        report.line(f"{program.label}, held down: bytes a line", each, "B", most=1000)


def _hold(session: Session, keys: int = 90) -> tuple[float, float]:
    """Hold the key down for three seconds; return what is left to draw after release, and bytes a line."""
    session.settle(0.5)
    before = len(session.received)
    released = due = time.perf_counter()
    for _ in range(keys):
        released = session.send(DOWN)
        due += _HELD_EVERY
        while (left := due - time.perf_counter()) > 0:
            session.read(left)
    # Quiet for less than the preview waits, which is drawn when the cursor has come to rest.
    session.settle(0.1)
    return max(0.0, session.last - released), (len(session.received) - before) / keys
