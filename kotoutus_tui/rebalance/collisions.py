"""Why no division keeps every rule: a smallest set of rules that collide, found by leaving others out."""

from collections.abc import Callable, Sequence

from kotoutus_tui.rebalance.problem import Client, Problem
from kotoutus_tui.rebalance.rules import Rule
from kotoutus_tui.rebalance.units import Units

# How many clients of a unit must move while some rules hold; None when no counsellor is left.
Forced = Callable[[frozenset[Rule]], int | None]


def collision(problem: Problem, units: Units) -> tuple[Rule, ...]:
    """Return a smallest set of rules that cannot be kept together, empty when all can be."""
    names = [counsellor.id for counsellor in units.counsellors]
    found = [_without_place(problem, units.members[unit], names) for unit in units.broken]
    if problem.max_moves is not None and (found or sum(units.base) > problem.max_moves):
        found.append(_too_many_moves(problem, units, names, problem.max_moves))
    return min(filter(None, found), key=lambda rules: (len(rules), rules), default=())


def _without_place(problem: Problem, members: Sequence[Client], names: Sequence[str]) -> tuple[Rule, ...]:
    """Return the smallest set of rules that leaves a unit nobody; several orders are tried for it."""
    rules = _rules_of(problem, members)
    alone = [[rule for rule in rules if rule.client in ("", client.id)] for client in members]
    orders = [
        order
        for some in (*alone, rules)
        for order in (
            sorted(some, key=lambda rule: (rule.kind == "lock", rule)),
            sorted(some, key=lambda rule: (rule.kind != "lock", rule)),
            sorted(some, key=lambda rule: (rule.kind == "lock", rule.kind != "exclusion", rule)),
        )
    ]
    best: tuple[Rule, ...] = ()
    for order in orders:
        # A household that is not needed goes first: the rules of one client are fewer.
        order.sort(key=lambda rule: rule.kind != "household")
        if _forced(members, names, frozenset(order)) is None:
            left = _needed(order, lambda kept: _forced(members, names, kept) is None)
            if not best or len(left) < len(best):
                best = left
    return tuple(sorted(best))


def _needed(order: Sequence[Rule], collides: Callable[[frozenset[Rule]], bool]) -> tuple[Rule, ...]:
    """Leave out one rule after the other as long as the rest still collide."""
    kept = frozenset(order)
    for rule in order:
        if collides(kept - {rule}):
            kept -= {rule}
    return tuple(sorted(kept))


def _too_many_moves(problem: Problem, units: Units, names: Sequence[str], most: int) -> tuple[Rule, ...]:
    """Return the limit of moves with rules that force more; those that force fewest are left out first.

    Empty when the rules do not force so many.
    """
    touched: dict[Rule, list[int]] = {}
    held: list[frozenset[Rule]] = []
    forced: list[int] = []
    moving: list[Sequence[Client]] = []
    broken = set(units.broken)
    for unit, members in enumerate(units.members):
        if not units.base[unit] and unit not in broken:
            continue
        rules = _that_can_be_kept(members, names, _rules_of(problem, members))
        for rule in rules:
            touched.setdefault(rule, []).append(len(held))
        held.append(rules)
        forced.append(_forced(members, names, rules) or 0)
        moving.append(members)
    total = sum(forced)
    if total <= most:
        return ()

    def without(rule: Rule) -> dict[int, int]:
        return {place: _forced(moving[place], names, held[place] - {rule}) or 0 for place in touched[rule]}

    def saved(rule: Rule) -> int:
        return sum(forced[place] - moves for place, moves in without(rule).items())

    needed: list[Rule] = [Rule("max_moves", number=most)]
    for rule in sorted(touched, key=lambda rule: (saved(rule), rule)):
        after = without(rule)
        less = sum(forced[place] - moves for place, moves in after.items())
        if total - less <= most:
            needed.append(rule)
            continue
        total -= less
        for place, moves in after.items():
            forced[place] = moves
            held[place] -= {rule}
    return tuple(sorted(needed))


def _that_can_be_kept(
    members: Sequence[Client], names: Sequence[str], rules: Sequence[Rule]
) -> frozenset[Rule]:
    """Return the rules without locks, then without exclusions, where nothing else leaves a counsellor."""
    for dropped in ((), ("lock",), ("lock", "exclusion")):
        kept = frozenset(rule for rule in rules if rule.kind not in dropped)
        if _forced(members, names, kept) is not None:
            return kept
    return frozenset()


def _rules_of(problem: Problem, members: Sequence[Client]) -> list[Rule]:
    rules = [Rule("no_capacity", counsellor=one.id) for one in problem.counsellors if not one.capacity]
    if len(members) > 1:
        rules.append(Rule("household", household=members[0].household or ""))
    for client in members:
        if client.locked:
            rules.append(Rule("lock", client.id, client.current or ""))
        rules += [Rule("exclusion", client.id, name) for name in client.exclude]
    return sorted(rules)


def _forced(members: Sequence[Client], names: Sequence[str], rules: frozenset[Rule]) -> int | None:
    """Return how many of the members must move while `rules` hold, or None when one finds no counsellor."""
    if len(members) > 1 and not any(rule.kind == "household" for rule in rules):
        moves = [_forced([client], names, rules) for client in members]
        return None if None in moves else sum(filter(None, moves))
    ids = {client.id for client in members}
    own = [rule for rule in rules if not rule.client or rule.client in ids]
    locks = {rule.counsellor for rule in own if rule.kind == "lock"}
    barred = {rule.counsellor for rule in own if rule.kind == "exclusion"}
    if not locks:
        barred |= {rule.counsellor for rule in own if rule.kind == "no_capacity"}
    costs = [
        sum(client.current not in (None, name) for client in members)
        for name in names
        if name not in barred and locks <= {name}
    ]
    return min(costs, default=None)
