"""Why a household moves, why there and why not elsewhere: codes and numbers, recomputed from the division."""

from dataclasses import dataclass
from typing import Literal

from kotoutus_tui.rebalance.plan import Move, Plan

Code = Literal[
    # why it does not stay
    "new", "no_capacity", "conflict", "united", "locked_member", "too_high", "exchanged",
    # why there
    "common_language", "member_there", "room",
    # what it costs
    "continuity_lost", "matches_lost",
    # why not another
    "locked", "over_limit", "under_floor", "more_moves", "fewer_matches", "less_continuity", "as_good",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its numbers: `number` is what the code counts, `counsellor` whom it is about.

    `new` clients without counsellor; `no_capacity` 0; `conflict` members who may not be with the counsellor;
    `united` members who come from there to the rest; `locked_member` members locked where it goes;
    `too_high` points above the limit of the plan if it stayed; `exchanged` 0: it makes room for others;
    `common_language` clients who share a language there (`languages`); `member_there` members there already;
    `room` points left below the limit; `continuity_lost` what is lost of relationships; `matches_lost`,
    `fewer_matches` clients; `locked` members locked elsewhere; `over_limit` points above the limit if it went
    there; `under_floor` points that whom it leaves would then lack; `more_moves` clients;
    `less_continuity` what more is lost of relationships; `as_good` 0.
    """

    code: Code
    counsellor: str
    number: int = 0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All about one move; `others` has one reason against each other counsellor, the closest first.

    `regret` is how much worse the closest other is: 0 not, 1 languages, 2 moves, 3 balance, 4 forbidden.
    """

    move: Move
    leaving: tuple[Reason, ...]
    there: tuple[Reason, ...]
    cost: tuple[Reason, ...]
    others: tuple[Reason, ...]
    regret: int


_SEVERITY: dict[Code, int] = {
    "as_good": 0, "less_continuity": 1, "fewer_matches": 1, "more_moves": 2, "under_floor": 3,
    "over_limit": 3, "conflict": 4, "no_capacity": 4, "locked": 4,
}  # fmt: skip


def explain(plan: Plan, move: Move) -> Explanation:
    """Return why the plan has this move."""
    units, unit, to = plan.units, move.unit, plan.at[move.unit]
    others = sorted(
        (_against(plan, unit, place) for place in range(len(units.counsellors)) if place != to),
        key=lambda reason: (_SEVERITY[reason.code], reason.number, reason.counsellor),
    )
    regret = _SEVERITY[others[0].code] if others else 4
    return Explanation(
        move,
        tuple(_leaving(plan, move)),
        tuple(_there(plan, unit)),
        tuple(_cost(plan, move)),
        tuple(others),
        regret,
    )


def by_regret(plan: Plan) -> list[Explanation]:
    """Return all moves explained, those first that the plan can least do without."""
    return sorted(
        (explain(plan, move) for move in plan.moves), key=lambda one: (-one.regret, one.move.clients)
    )


def why_not(plan: Plan, client: str, counsellor: str) -> Reason | None:
    """Return what speaks against giving the client's household to a counsellor; None if the plan does so."""
    units = plan.units
    unit = next(
        index for index, members in enumerate(units.members) if any(member.id == client for member in members)
    )
    place = next(index for index, one in enumerate(units.counsellors) if one.id == counsellor)
    return None if plan.at[unit] == place else _against(plan, unit, place)


def _leaving(plan: Plan, move: Move) -> list[Reason]:
    units, unit, to = plan.units, move.unit, plan.at[move.unit]
    reasons: list[Reason] = []
    fresh = sum(origin is None for origin in move.origins)
    if fresh:
        reasons.append(Reason("new", move.to, fresh))
    for place, count in sorted(units.stay[unit].items()):
        if place == to:
            continue
        name = units.counsellors[place].id
        reasons.append(_why_leave(plan, unit, place, name, count))
    return reasons


def _why_leave(plan: Plan, unit: int, place: int, name: str, count: int) -> Reason:
    units, to = plan.units, plan.at[unit]
    members = units.members[unit]
    locked = sum(member.locked and member.current != name for member in members)
    if locked:
        return Reason("locked_member", name, locked)
    if not units.capacity[place]:
        return Reason("no_capacity", name)
    barred = sum(name in member.exclude for member in members)
    if barred:
        return Reason("conflict", name, barred)
    if units.stay[unit].get(to, 0) >= count:
        return Reason("united", name, count)
    above = plan.loads[place] + units.weight[unit] - plan.limits.upper[place]
    if above > 0:
        return Reason("too_high", name, above * units.point)
    return Reason("exchanged", name)


def _there(plan: Plan, unit: int) -> list[Reason]:
    units, to = plan.units, plan.at[unit]
    one = units.counsellors[to]
    reasons: list[Reason] = []
    there = units.stay[unit].get(to, 0)
    if there:
        reasons.append(Reason("member_there", one.id, there))
    matches = units.tastes[units.taste[unit]][to]
    if matches:
        spoken = {language for member in units.members[unit] for language in member.languages}
        reasons.append(Reason("common_language", one.id, matches, tuple(sorted(spoken & one.languages))))
    if units.capacity[to]:
        reasons.append(Reason("room", one.id, (plan.limits.upper[to] - plan.loads[to]) * units.point))
    return reasons


def _cost(plan: Plan, move: Move) -> list[Reason]:
    units, unit, to = plan.units, move.unit, plan.at[move.unit]
    lost = sum(units.kept[unit].values()) - units.kept[unit].get(to, 0)
    reasons = [Reason("continuity_lost", move.to, lost)] if lost else []
    spoken = {one.id: one.languages for one in units.counsellors}
    before = sum(
        member.current is not None and not member.languages.isdisjoint(spoken[member.current])
        for member in units.members[unit]
    )
    fewer = before - units.tastes[units.taste[unit]][to]
    if fewer > 0:
        reasons.append(Reason("matches_lost", move.to, fewer))
    return reasons


def _against(plan: Plan, unit: int, place: int) -> Reason:
    """Return the weightiest reason against a place, in the order of the aims of the plan."""
    units, to = plan.units, plan.at[unit]
    name, members, weight = units.counsellors[place].id, units.members[unit], units.weight[unit]
    locked = sum(member.locked and member.current != name for member in members)
    if locked:
        return Reason("locked", name, locked)
    barred = sum(name in member.exclude for member in members)
    if barred:
        return Reason("conflict", name, barred)
    if not units.capacity[place]:
        return Reason("no_capacity", name)
    above = plan.loads[place] + weight - plan.limits.upper[place]
    if above > 0:
        return Reason("over_limit", name, above * units.point)
    lacking = plan.limits.lower[to] - plan.loads[to] + weight
    if lacking > 0 and units.capacity[to]:
        return Reason("under_floor", name, lacking * units.point)
    more = units.cost(unit, place) - units.cost(unit, to)
    if more > 0:
        return Reason("more_moves", name, more)
    matches = units.tastes[units.taste[unit]]
    if matches[place] < matches[to]:
        return Reason("fewer_matches", name, matches[to] - matches[place])
    lost = units.kept[unit].get(to, 0) - units.kept[unit].get(place, 0)
    if lost > 0:
        return Reason("less_continuity", name, lost)
    return Reason("as_good", name)
