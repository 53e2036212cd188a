"""What may be wrong with a problem: it cannot be read, or no division keeps all its rules."""

from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.rebalance.rules import Rule, sentence


class BadProblem(KotoutusError):
    """The problem is not of the expected form; exit code 1, since 2 means rules that collide."""


class Infeasible(KotoutusError):
    """No division keeps every rule; `rules` is a smallest set of them that cannot be kept together."""

    exit_code = 2

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__(sentence(rules))
        self.rules = rules
