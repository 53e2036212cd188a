"""The division of clients: how long it takes, and each figure beside the bound that no plan can pass."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Report, median
from kotoutus_tui.rebalance.plan import Plan
from kotoutus_tui.rebalance.reading import from_json
from kotoutus_tui.rebalance.solve import resolve, solve
from tests.rebalance_cases import SCENARIOS, problem

USUAL, LARGE = (5, 2300), (200, 100_000)
_WORDS = {
    "drift": "drifted apart",
    "leave": "somebody leaves",
    "join": "somebody starts",
    "absent": "somebody is away",
    "dirty": "households split",
}


def measure(report: Report, full: bool) -> None:
    """Measure both sizes; the large one in one scenario, with `full` in all."""
    for size, scenarios, most in (
        (USUAL, SCENARIOS, 0.4),
        (LARGE, SCENARIOS if full else ("drift",), 3.0),
    ):
        report.heading(f"rebalance: {size[1]:,} clients of {size[0]} counsellors")
        for scenario in scenarios:
            _scenario(report, scenario, size, most, rounds=3 if size is USUAL else 1)


def _scenario(report: Report, scenario: str, size: tuple[int, int], most: float, rounds: int) -> None:
    data, words = problem(scenario, *size, seed=0), _WORDS[scenario]
    plan = solve(from_json(data))
    report.line(f"{words}: the command from start to end", _command(data, rounds), "s", most=most)
    # Members of a household who are with different counsellors make the bound loose.
    report.line(
        f"{words}: clients moved", plan.moved, "", ("bound", plan.moves_bound),
        ratio=1.12 if scenario == "dirty" else 1.025,
    )  # fmt: skip
    report.line(f"{words}: highest load", plan.worst, "", ("bound", plan.bound), ratio=1.01)
    with_capacity = [load for load in plan.loads_after if load.height is not None]
    heights = [load.height for load in with_capacity if load.height is not None]
    mean = sum(load.points for load in with_capacity) / sum(one.capacity for one in plan.units.counsellors)
    report.line(
        f"{words}: mean load for the lowest", 100 * mean, "", ("lowest", min(heights)), ratio=1 / 0.97
    )
    report.line(f"{words}: points of the curve", len(plan.frontier), "")
    gap = max((point.worst / point.bound - 1 for point in plan.frontier), default=0)
    report.line(f"{words}: the curve above its bound, most", 100 * gap, "%", most=1.0)
    if size is USUAL:
        took = _resolved(plan)
        report.line(f"{words}: a move rejected, all anew", took, "ms", most=200)


def _command(data: object, rounds: int) -> float:
    """Return the seconds of one run in a process of its own, both files included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.json"
        file.write_text(json.dumps(data))
        words = ["-m", "kotoutus_tui", "team", "rebalance", str(file), str(Path(folder) / "answer.json")]
        times: list[float] = []
        for _round in range(rounds):
            began = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            times.append(time.perf_counter() - began)
    return median(times)


def _resolved(plan: Plan) -> float:
    moves = plan.moves[:: max(1, len(plan.moves) // 5)]
    times: list[float] = []
    for move in moves:
        began = time.perf_counter()
        resolve(plan, rejected=move.clients[:1])
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


if __name__ == "__main__":
    measure(Report(), "--full" in sys.argv)
