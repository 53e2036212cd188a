"""python -m benchmarks [--full] [--peers] [PART …]: measures, prints; exit code 1 when a target is missed."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from benchmarks import (
    calendar,
    deadlines,
    keys,
    live,
    over_ssh,
    partners,
    peers,
    radar,
    rebalance,
    resting,
    start,
    statements,
    timeline,
)
from benchmarks.office import LEAD, ROOT, Office, office
from benchmarks.report import Report
from tests import ssh_server

SMALL, USUAL, LARGE = 300, 2300, 100_000


def main() -> int:
    """Run the parts that are asked for, by default all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="more rounds, and 50 sessions at once")
    parser.add_argument(
        "--peers", action="store_true", help="also install harlequin and posting, and measure"
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, ssh")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - {*PARTS, "ssh"}:
        parser.error(f"there is no part {', '.join(unknown)}")
    # What is not compiled would be compiled at every start, since sources may be read-only at work.
    compiled = ("kotoutus_tui", "screens", "models")
    subprocess.run([sys.executable, "-m", "compileall", "-q", *compiled], cwd=ROOT, check=True)
    report, began = Report(), time.monotonic()
    with ExitStack() as stack:
        users = stack.enter_context(ssh_server.users(1)) if ssh_server.available() else ()
        logins = dict.fromkeys(users, LEAD)
        sizes = (SMALL, USUAL, LARGE)
        team = stack.enter_context(office(sizes, lambda text: print(text, flush=True), logins))
        print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for name, part in PARTS.items():
            if not arguments.parts or name in arguments.parts:
                part(report, team, arguments.full)
        if not users:
            report.note("nothing over ssh: that needs root, sshd and useradd")
        elif not arguments.parts or "ssh" in arguments.parts:
            over_ssh.measure(report, team, (SMALL, LARGE), users[0], 15 if arguments.full else 4)
        if arguments.peers:
            peers.measure(report, team, (SMALL, LARGE), 15 if arguments.full else 5, print)
    print(f"\n{time.monotonic() - began:.0f} s")
    if report.missed:
        print("\nTargets not met:", *report.missed, sep="\n  ")
    return 1 if report.missed else 0


def _start(report: Report, team: Office, full: bool) -> None:
    start.measure(report, team, (SMALL, LARGE), 15 if full else 5)
    start.measure_help(report, 20 if full else 7)


PARTS: dict[str, Callable[[Report, Office, bool], None]] = {
    "start": _start,
    "keys": lambda report, team, full: keys.measure(report, team, (SMALL, USUAL, LARGE), 200 if full else 60),
    "timeline": lambda report, team, full: timeline.measure(report, team, USUAL, 20 if full else 5),
    "live": lambda report, team, full: live.measure(
        report, team, USUAL, 60 if full else 20, 50 if full else 2
    ),
    "resting": lambda report, team, full: resting.measure(report, team, USUAL, 30 if full else 5),
    "deadlines": lambda report, _team, full: deadlines.measure(report, (USUAL, LARGE), 9 if full else 3),
    "radar": lambda report, team, full: radar.measure(report, team, (USUAL, LARGE), 9 if full else 3),
    "calendar": lambda report, _team, full: calendar.measure(report, 20 if full else 7),
    "partners": lambda report, _team, full: partners.measure(report, 20 if full else 7),
    "rebalance": lambda report, _team, full: rebalance.measure(report, full),
    "statements": lambda report, team, full: statements.measure(report, team, LARGE, 5 if full else 2),
}

if __name__ == "__main__":
    sys.exit(main())
