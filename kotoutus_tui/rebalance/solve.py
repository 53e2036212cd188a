"""Proposes a fair division: within the slack of the best balance, few clients moved, then languages.

The order of the aims: the hard rules; the highest load within `slack_pct` of the best; nobody below 97 % of
the mean; fewest clients moved; most clients with a common language; most of relationships kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from kotoutus_tui.i18n import _
from kotoutus_tui.rebalance.bounds import Bounds
from kotoutus_tui.rebalance.collisions import collision
from kotoutus_tui.rebalance.doubles import improve_by_doubles
from kotoutus_tui.rebalance.errors import BadProblem, Infeasible
from kotoutus_tui.rebalance.exact import Search
from kotoutus_tui.rebalance.fitting import Fitter
from kotoutus_tui.rebalance.frontier import frontier, searched
from kotoutus_tui.rebalance.languages import improve
from kotoutus_tui.rebalance.plan import Plan, Point
from kotoutus_tui.rebalance.problem import Problem
from kotoutus_tui.rebalance.reading import checked
from kotoutus_tui.rebalance.state import State, limits_at
from kotoutus_tui.rebalance.units import Units

# With fewer households a counsellor, one of them is more than the three per cent.
_UNITS_FOR_FLOOR = 12
# Every point of the curve gets the exchanges of languages only in teams where that is quick.
_POLISHED_UNITS = 400


class Solver:
    """One problem with its bounds; makes divisions and the plan of one."""

    def __init__(self, problem: Problem) -> None:
        """Raise Infeasible when rules collide."""
        self.problem = problem
        self.units = units = Units(problem)
        if rules := collision(problem, units):
            raise Infeasible(rules)
        self.bounds = Bounds(units)
        self.fitter = Fitter(units, self.bounds)
        self.search = Search(units)
        self.slack = Fraction(str(problem.slack_pct)) / 100
        self.lowest = _floor(units, self.bounds)

    def best(self) -> tuple[State, bool]:
        """Return the best division found and whether it is proven that none is better."""
        most = self.problem.max_moves
        base = self.base()
        state = self._fitted(base, most)
        proven = False
        if self.search.budget > 0:
            balanced = searched(self.fitter, self.search, state, base, most)
            height = max(balanced.height(), base)
            proven = self.search.budget > 0
            limits = limits_at(self.units, self.with_slack(height), self.lowest)
            state = State.of(self.units, limits, state.at)
            if state.excess():
                state = State.of(self.units, limits, balanced.at)
            # A floor that cannot be kept is not asked for.
            if state.excess():
                state.limits = limits_at(self.units, self.with_slack(height))
            found, whole = self.search.best(state, most)
            state = State.of(self.units, state.limits, found) if found else state
            proven = proven and whole
        return state, proven

    def base(self) -> int:
        """Return the height that the slack is counted from: no plan with the moves allowed is lower."""
        most = self.problem.max_moves
        return self.bounds.height if most is None else self.bounds.height_at(most)

    def plan(self, state: State, *, proven: bool, curve: bool) -> Plan:
        """Return the plan of a division; with `curve` the frontier too."""
        units, bounds = self.units, self.bounds
        limit = max(self.with_slack(self.base()), state.height())
        points: tuple[Point, ...] = ()
        if curve:
            polish = len(units.members) <= _POLISHED_UNITS
            found = frontier(self.fitter, self.search, [state], self.problem.max_moves, polish=polish)
            points = tuple(
                Point(
                    units, one.at, one.at_most, one.moves, self.points(one.height),
                    self.points(bounds.height_at(one.at_most)), one.knee,
                )
                for one in found
            )  # fmt: skip
        return Plan(
            self.problem, units, state.at, state.limits, state.moved, self.points(state.height()),
            self.points(self.base()), self.points(limit), bounds.moves(max(limit, bounds.height)),
            _matches_now(self.problem), state.matches(), proven, points,
        )  # fmt: skip

    def with_slack(self, height: int) -> int:
        """Return `height` and the slack."""
        return height * (self.slack.numerator + self.slack.denominator) // self.slack.denominator

    def points(self, height: int) -> float:
        """Return a height as points per full-time post."""
        units = self.units
        if not units.open:
            return 0.0
        place = units.open[0]
        full = units.counsellors[place].capacity / units.capacity[place]
        return 100 * height * units.point / (units.scale[place] * units.capacity[place]) / full

    def _fitted(self, base: int, most: int | None) -> State:
        for height in self.heights(self.with_slack(base)):
            spare = len(self.units.members) if most is None else most - self.bounds.moves(height)
            for lowest in (self.lowest, None) if self.lowest else (None,):
                fitted = self.fitter.fit(height, lowest, spare, languages=True)
                if fitted and (most is None or fitted.state.moved <= most):
                    improve(fitted.state, fitted.transfers)
                    improve_by_doubles(fitted.state, fitted.transfers)
                    return fitted.state
        return self.fitter.unforced()

    def heights(self, first: int) -> Iterator[int]:
        """Yield `first` and greater heights, in growing steps, until everybody could stay."""
        step = min((self.units.scale[place] for place in self.units.open), default=1)
        last = max(
            (self.bounds.load[place] * self.units.scale[place] for place in self.units.open), default=0
        )
        height = first
        yield height
        while height < last:
            height += step
            step += step // 2 + 1
            yield height


def solve(problem: Problem, *, curve: bool = True) -> Plan:
    """Return the proposal for a problem that `reading.checked` has passed; without `curve` no frontier.

    Raises Infeasible. The same problem gives the same plan, whatever the order of its lists.
    """
    solver = Solver(problem)
    state, proven = solver.best()
    return solver.plan(state, proven=proven, curve=curve)


def resolve(
    plan: Plan,
    *,
    rejected: Iterable[str] = (),
    accepted: Iterable[str] = (),
    barred: Iterable[tuple[str, str]] = (),
    curve: bool = True,
) -> Plan:
    """Return a plan that follows what the lead said of the one before and keeps the rest of it.

    `rejected` clients stay where they are, or go to somebody else when they cannot stay; `accepted` stay
    where the plan has them; `barred` are pairs of client and counsellor that may not be. Raises Infeasible,
    and BadProblem for a client who is not there.
    """
    problem = checked(_amended(plan, set(rejected), set(accepted), set(barred)))
    solver = Solver(problem)
    units = solver.units
    base = solver.base()
    most = problem.max_moves
    for height in solver.heights(solver.with_slack(base)):
        for lowest in (solver.lowest, None) if solver.lowest else (None,):
            fitted = solver.fitter.refit(plan.at, limits_at(units, height, lowest))
            if fitted and (most is None or fitted.state.moved <= most):
                improve(fitted.state, fitted.transfers, only_moves=True)
                return solver.plan(fitted.state, proven=False, curve=curve)
    state, proven = solver.best()
    return solver.plan(state, proven=proven, curve=curve)


def _floor(units: Units, bounds: Bounds) -> list[int] | None:
    """Return the points that nobody should be below, None where a household is too coarse for it."""
    if not units.open or len(units.members) < _UNITS_FOR_FLOOR * len(units.open):
        return None
    level = set(units.open)
    points = sum(units.weight) - sum(
        load for place, load in enumerate(bounds.fixed) if not units.capacity[place]
    )
    # Who is above the rest by what is fixed there leaves less for them.
    while len(level) > 1:
        capacity = sum(units.capacity[place] for place in level)
        above = [place for place in level if bounds.fixed[place] * capacity > points * units.capacity[place]]
        if not above:
            break
        points -= sum(bounds.fixed[place] for place in above)
        level -= set(above)
    capacity = sum(units.capacity[place] for place in level)
    return [-(-97 * points * share // (100 * capacity)) for share in units.capacity]


def _matches_now(problem: Problem) -> int:
    spoken = {counsellor.id: counsellor.languages for counsellor in problem.counsellors}
    return sum(
        client.current is not None and not client.languages.isdisjoint(spoken[client.current])
        for client in problem.clients
    )


def _amended(plan: Plan, rejected: set[str], accepted: set[str], barred: set[tuple[str, str]]) -> Problem:
    """Return the problem of a plan with what the lead said as locks and exclusions."""
    known = {client.id for client in plan.problem.clients}
    missing = sorted((rejected | accepted | {client for client, _name in barred}) - known)
    if missing:
        raise BadProblem(_("There is no client {id}.").format(id=missing[0]))
    locked: set[str] = set()
    excluded: dict[str, set[str]] = {}
    for client, counsellor in barred:
        excluded.setdefault(client, set()).add(counsellor)
    names = {counsellor.id for counsellor in plan.problem.counsellors}
    for unit, members in enumerate(plan.units.members):
        ids = {client.id for client in members}
        now = plan.units.counsellors[plan.at[unit]].id
        if refused := sorted(ids & rejected):
            staying = _who_can_stay(plan, unit)
            if staying:
                locked.add(staying)
            else:
                excluded.setdefault(refused[0], set()).add(now)
        elif kept := sorted(ids & accepted):
            excluded.setdefault(kept[0], set()).update(names - {now})
    clients = [
        client._replace(
            locked=client.locked or client.id in locked,
            exclude=client.exclude | excluded.get(client.id, set()),
        )
        if client.id in locked or client.id in excluded
        else client
        for client in plan.problem.clients
    ]
    return replace(plan.problem, clients=clients)


def _who_can_stay(plan: Plan, unit: int) -> str | None:
    """Return a member whose counsellor can keep the unit instead of the move in the plan."""
    units = plan.units
    places = [
        (-count, place)
        for place, count in units.stay[unit].items()
        if place != plan.at[unit] and units.allowed[unit] >> place & 1
    ]
    if not places:
        return None
    name = units.counsellors[min(places)[1]].id
    return next(client.id for client in units.members[unit] if client.current == name)
