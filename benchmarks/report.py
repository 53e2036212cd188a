"""One line for each figure: what it is, beside what it stands, the target, and whether it is met."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Report:
    """Prints figures as they come and remembers which targets are missed."""

    missed: list[str] = field(default_factory=list[str])

    def heading(self, text: str) -> None:
        """Print what the next lines are about."""
        print(f"\n{text}", flush=True)

    def line(
        self,
        what: str,
        value: float,
        unit: str,
        beside: tuple[str, float] | None = None,
        most: float | None = None,
        ratio: float | None = None,
    ) -> None:
        """Print a figure; `most` is its target, `ratio` the target for figure divided by `beside`."""
        text = f"  {what:<46} {_number(value):>8} {unit:<5}"
        verdicts: list[bool] = []
        targets: list[str] = []
        if beside is not None:
            found = value / beside[1] if beside[1] else 0.0
            text += f" {beside[0] + ' ' + _number(beside[1]):<28} ×{found:<6.2f}"
            if ratio is not None:
                verdicts.append(found <= ratio)
                targets.append(f"× {ratio:g}")
        else:
            text += " " * 37
        if most is not None:
            verdicts.append(value <= most)
            targets.append(f"{_number(most)} {unit}")
        if targets:
            text += f" target {' and '.join(targets):<16} {'met' if all(verdicts) else 'NOT MET'}"
        if not all(verdicts):
            self.missed.append(what)
        print(text.rstrip(), flush=True)

    def note(self, text: str) -> None:
        """Print a remark."""
        print(f"    {text}", flush=True)


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
