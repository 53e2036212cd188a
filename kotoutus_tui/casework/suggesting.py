"""Who could become the counsellor of a client without one, and why; a person always chooses.

A counsellor's price is the load per full-time post after the client has come, lowered by what speaks for
the counsellor and raised by what the team would lose: the only one who speaks a language is kept free for
those who need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework.workload import Carried, ClientFacts, Workload, weigh

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# Shares of the team's mean load that a reason is worth.
_HOUSEHOLD = 1.0  # a household has one counsellor unless somebody decides otherwise
_FORMER = 0.3
_LANGUAGE = 0.25
_LAST_SPEAKER = 0.2


@dataclass(frozen=True)
class Suggestion:
    """One counsellor for one client: the load per full-time post after, and reasons by code.

    Codes: `household`, `former`, `language`, `lightest`, `last_speaker` (with the languages kept free).
    """

    login: str
    height: float
    price: float
    reasons: Sequence[str]
    kept_free: frozenset[str] = frozenset()


def waiting(workload: Workload) -> Sequence[ClientFacts]:
    """Return the clients without a counsellor, those of one household together."""
    found = [client for client in workload.clients if client.own_counsellor is None]
    return sorted(found, key=lambda client: (str(client.household_id or client.client_id), client.client_id))


def suggest(workload: Workload, client: ClientFacts, former: Sequence[str] = ()) -> Sequence[Suggestion]:
    """Return the counsellors who may have the client, the best first; `former` had the client before.

    Who has no working time, is away or must not see the client is left out.
    """
    open_to = [
        one
        for one in workload.carried
        if one.colleague.percent and not one.colleague.away and one.colleague.login not in client.excluded
    ]
    if not open_to:
        return []
    points = weigh(client, workload.points)
    heights = [100 * (one.points + points) / one.colleague.percent for one in open_to]
    around = _Around(
        sum(heights) / len(heights) or 1.0,
        min(heights),
        _household(workload, client),
        frozenset(former),
        frozenset(each.service_language for each in workload.clients if each.service_language),
    )
    found = [
        _one(one, height, client.service_language, _only(open_to, one), around)
        for one, height in zip(open_to, heights, strict=True)
    ]
    return sorted(found, key=lambda each: (each.price, each.login))


async def former_counsellors(db: "Database", client_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    """Return who had each of these clients before, the latest first."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_FORMERLY, [list(client_ids)])).fetchall()
    found: dict[UUID, list[str]] = {}
    for client_id, login in rows:
        found.setdefault(client_id, []).append(login)
    return found


@dataclass(frozen=True)
class _Around:
    mean: float
    lightest: float
    at_home: frozenset[str]
    former: frozenset[str]
    needed: frozenset[str]  # languages of the team's clients


def _one(
    one: Carried, height: float, language: str | None, only: frozenset[str], around: _Around
) -> Suggestion:
    login = one.colleague.login
    kept_free = only & around.needed if language not in only else frozenset[str]()
    weights = {
        "household": -_HOUSEHOLD if login in around.at_home else None,
        "former": -_FORMER if login in around.former else None,
        "language": -_LANGUAGE if language in one.colleague.languages else None,
        "lightest": 0.0 if height == around.lightest else None,
        "last_speaker": _LAST_SPEAKER if kept_free else None,
    }
    reasons = [code for code, worth in weights.items() if worth is not None]
    price = height / around.mean + sum(worth for worth in weights.values() if worth is not None)
    return Suggestion(login, height, price, reasons, kept_free)


def _household(workload: Workload, client: ClientFacts) -> frozenset[str]:
    if client.household_id is None:
        return frozenset()
    return frozenset(
        each.own_counsellor
        for each in workload.clients
        if each.household_id == client.household_id and each.own_counsellor is not None
    )


def _only(people: Sequence[Carried], one: Carried) -> frozenset[str]:
    others = frozenset[str]().union(
        *(each.colleague.languages for each in people if each.colleague.login != one.colleague.login)
    )
    return one.colleague.languages - others


_FORMERLY = """
select client_id, counsellor from app.assignment
 where client_id = any(%s) and not upper_inf(during) order by client_id, upper(during) desc
"""
