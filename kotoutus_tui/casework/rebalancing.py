"""Dividing the team's clients anew: the occasion, the proposal, and carrying it out in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import rebalance_reports as reports
from kotoutus_tui.casework import transfers
from kotoutus_tui.casework.workload import ClientFacts, Workload, weigh
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.rebalance.problem import Client, Counsellor, Problem
from kotoutus_tui.text import needed_reason

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from kotoutus_tui.rebalance.plan import Plan

_MONTHS_MOST = 36  # a relationship of three years is worth no less than one of five
_DAYS_IN_MONTH = 30
ARRIVING = "new-"  # keys of clients who are only thought of


@dataclass(frozen=True)
class Occasion:
    """Why clients are divided anew.

    `even` to even out; `leaves` because `login` leaves; `away` until the day `until`, after which the clients
    come back; `share` because `login` begins or works `percent` from now on; `unassigned` to find counsellors
    for those who have none, moving nobody else; `arrivals` to see who could take `many` new clients who speak
    `language`: of these nothing is carried out.
    """

    kind: str = "even"
    login: str | None = None
    percent: int | None = None
    until: date | None = None
    many: int = 0
    language: str | None = None


def problem(workload: Workload, occasion: Occasion, max_moves: int | None = None) -> Problem:
    """Return what the engine solves: capacities after the occasion, clients by key, weight and rules.

    Raises InvalidInput when nobody would have working time. Nobody is moved twice in a year unless forced:
    who was moved weighs as the longest relationship.
    """
    capacity = {one.login: one.percent for one in workload.colleagues}
    if occasion.kind in ("leaves", "away") and occasion.login:
        capacity[occasion.login] = 0
    elif occasion.kind == "share" and occasion.login:
        capacity[occasion.login] = occasion.percent or 0
    if not any(capacity.values()):
        raise InvalidInput("counsellor", _("Nobody would have working time."), _("Choose somebody else."))
    counsellors = [Counsellor(one.login, capacity[one.login], one.languages) for one in workload.colleagues]
    known = set(capacity)
    waiting = occasion.kind in ("unassigned", "arrivals")
    clients = [
        _client(client, workload.points, known)
        for client in workload.clients
        if occasion.kind == "unassigned" or client.own_counsellor is not None
    ]
    if occasion.kind == "arrivals":
        clients += [_arriving(number, occasion, workload.points) for number in range(occasion.many)]
    return Problem(counsellors, clients, 0 if waiting else max_moves)


async def solve(workload: Workload, occasion: Occasion, max_moves: int | None = None) -> "Plan":
    """Return the proposal, worked out beside the screen; raises Infeasible and InvalidInput."""
    import asyncio

    from kotoutus_tui.rebalance.solve import solve as solved

    return await asyncio.to_thread(solved, problem(workload, occasion, max_moves))


async def apply(
    db: "Database",
    plan: "Plan",
    occasion: Occasion,
    reason: str,
    effective_on: date | None = None,
    *,
    operation_id: UUID,
) -> int:
    """Carry a proposal out in one transaction; return how many clients were given to somebody.

    With a coming day the transfers are planned for it; of those who are lent the way back is planned too. A
    report of fairness is kept. Only for the lead. Raises InvalidInput without a
    reason, and Conflict when a client is no longer whose it was: then nothing was done, and the proposal must
    be worked out again.
    """
    why = needed_reason(reason)
    moves = [
        {"client": client, "was": origin, "given_to": move.to}
        for move in plan.moves
        for client, origin in zip(move.clients, move.origins, strict=True)
    ]
    later = effective_on is not None and effective_on > clock.today()
    if later and occasion.until is not None:
        raise InvalidInput("effective_on", _("Clients are lent at once; only their return is planned."))
    if later and effective_on is not None:
        await transfers.plan(db, moves, why, effective_on, operation_id=operation_id)
        await reports.keep(db, plan, occasion.kind, why, effective_on, operation_id=operation_id)
        return len(moves)
    if occasion.until is not None:
        back_on = occasion.until + timedelta(days=1)
        stale = await db.call("lend_all", json.dumps(moves), why, back_on, operation_id)
    else:
        stale = await db.call("assign_all", json.dumps(moves), why, operation_id)
    if stale:
        raise Conflict(
            ngettext(
                "{count} client has changed counsellor since. Nothing was moved.",
                "{count} clients have changed counsellor since. Nothing was moved.",
                len(stale),
            ).format(count=len(stale)),
            _("The proposal is worked out again from how things are now."),
        )
    await reports.keep(db, plan, occasion.kind, why, None, operation_id=operation_id)
    return len(moves)


def of_point(plan: "Plan", place: int) -> Problem:
    """Return the problem of the curve's point at `place`: the same with at most so many moves."""
    return replace(plan.problem, max_moves=plan.frontier[place].at_most)


def loads(plan: "Plan") -> Mapping[str, tuple[float | None, float | None]]:
    """Return points per full-time post of each counsellor, before and after."""
    after = {load.counsellor: load.height for load in plan.loads_after}
    return {load.counsellor: (load.height, after[load.counsellor]) for load in plan.loads_before}


def _arriving(number: int, occasion: Occasion, points: Mapping[str, int]) -> Client:
    weight = max(1, points.get("phase_new", 0) + points.get("interpreter", 0))
    spoken = frozenset([occasion.language] if occasion.language else ())
    return Client(f"{ARRIVING}{number}", weight, spoken, None, None, False, frozenset(), 0)


def _client(client: ClientFacts, points: Mapping[str, int], known: set[str]) -> Client:
    months = 0
    if client.assigned_on is not None:
        months = min(_MONTHS_MOST, (clock.today() - client.assigned_on).days // _DAYS_IN_MONTH)
    current = client.own_counsellor if client.own_counsellor in known else None
    return Client(
        str(client.client_id),
        weigh(client, points),
        frozenset([client.service_language] if client.service_language else ()),
        str(client.household_id) if client.household_id else None,
        current,
        client.locked and current is not None,
        frozenset(client.excluded) & known,
        _MONTHS_MOST if client.moved_in_a_year > 0 else max(0, months),
    )
