"""The start beside two well-made Textual programs, each installed once into an environment of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

from benchmarks import programs
from benchmarks.office import LEAD, Office, own_environment
from benchmarks.programs import Program
from benchmarks.report import Report, median
from benchmarks.start import usable

# What is on the screen once they can be used; a letter typed then stands in their editor or field.
_SEEN = {"harlequin": b"memory", "posting": b"Collection is empty"}

# Newer versions of the second package crash the first.
_WITH = {"posting": ["tree-sitter==0.25.2"]}


def measure(
    report: Report, office: Office, sizes: tuple[int, ...], rounds: int, tell: Callable[[str], object]
) -> None:
    """Print the start of the caseload beside theirs."""
    report.heading("Start beside peers")
    peers: list[Program] = []
    for name, seen in _SEEN.items():
        command, env = [str(_installed(name, tell))], own_environment()
        peers.append(Program(name, command, env, seen, b"z", Path(env["HOME"]), key=b"z"))
    ours = [programs.kotoutus(office, size, LEAD) for size in sizes]
    times = usable([*peers, *ours], rounds)
    theirs = [(peer.label, median(found)) for peer, found in zip(peers, times, strict=False)]
    for name, found in theirs:
        report.line(name, found, "ms")
    for program, found in zip(ours, times[len(peers) :], strict=True):
        for peer in theirs:
            report.line(program.label, median(found), "ms", peer, ratio=0.5)


def _installed(name: str, tell: Callable[[str], object]) -> Path:
    home = platformdirs.user_cache_path("kotoutus") / "peers" / name
    program = home / "bin" / name
    if not program.exists():
        tell(f"installing {name} …")
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", name, *_WITH.get(name, [])], check=True, capture_output=True)
        subprocess.run([home / "bin" / "python", "-m", "compileall", "-q", home / "lib"], check=False)
    return program
