"""Finding any client of the team by any spelling of a name, birth date, phone or personal identity code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from kotoutus_tui.casework.name_fit import EXACT, WORTH_SHOWING, Fit
from kotoutus_tui.casework.name_keys import typed_units
from kotoutus_tui.casework.search_query import NAME, SearchQuery, parse

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True, slots=True)
class Hit:
    """A client found. Of another counsellor's client only the name and the counsellor are known.

    `matched` is the name that fits when it is not `name` (see `kind`: previous, own_script, called, alias);
    `why` is one of exact, beginning, sound, kin, similar; `score` is 0..1. `born_fits` is set in a search
    with a year of birth when the client's year is on file, and so the same.
    """

    client_id: UUID
    name: str
    own: bool
    counsellor: str | None
    counsellor_name: str | None
    score: float
    why: str
    kind: str = "passport"
    matched: str = ""
    phase: str | None = None
    birth_date: date | None = None
    municipality: str | None = None
    protected: bool = False
    external_id: str | None = None
    born_fits: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits, surest first, and how many more are similar enough to be shown.

    `born_ignored` says that nobody of the year or date of birth fits, so that the hits are by name alone.
    """

    hits: tuple[Hit, ...] = ()
    more: int = 0
    born_ignored: bool = False


async def find(db: "Database", text: str, limit: int = 10, least: float = WORTH_SHOWING) -> SearchResult:
    """Search the whole team's clients as this person may; hits below the score `least` are left out.

    Each search leaves an entry in the log of use, without the words typed. Cancelling the task cancels the
    query in the database, so a caller cancels when the next letter comes. Raises NotAllowed, Unreachable.
    """
    query = parse(text)
    if query.empty:
        return SearchResult()
    found = ranked(query, await candidates(db, query), limit, least)
    by_name = query.as_name()
    if found.hits or by_name.empty or query == by_name:
        return found
    again = ranked(by_name, await candidates(db, by_name), limit, least)
    return replace(again, born_ignored=bool(query.born and again.hits))


async def candidates(
    db: "Database", query: SearchQuery, purpose: str = "search"
) -> Sequence[Mapping[str, Any]]:
    """Return the rows of api.search_candidates for a query; `purpose` is what the log says."""
    from psycopg.types.json import Jsonb

    request: dict[str, Any] = {"kind": query.kind, "purpose": purpose}
    if query.kind == NAME:
        request["units"] = typed_units(query.name)
        if query.born:
            request["born"] = query.born
        if query.born_on:
            request["born_on"] = query.born_on.isoformat()
    else:
        request["exact"] = query.exact
    return await searching(db, "search_candidates", Jsonb(request))


async def searching(db: "Database", function: LiteralString, *arguments: object) -> Any:
    """Call an `api` function that searches; says first that a search begins, where that was not said lately.

    The word must be committed before the database answers, so that no search is without a trace.
    """
    answer = await db.call(function, *arguments)
    if answer is None:
        await db.call("begin_search")
        answer = await db.call(function, *arguments)
    return answer


def ranked(query: SearchQuery, rows: Sequence[Mapping[str, Any]], limit: int, least: float) -> SearchResult:
    """Return the rows as hits, each client once by the name that fits best."""
    from kotoutus_tui.casework.name_ranking import TypedName

    typed = TypedName(query.name) if query.kind == NAME else None
    best: dict[str, tuple[Fit, int]] = {}
    for place, row in enumerate(rows):
        fit = typed.fit(row["given"], row["family"], row["patronymic"]) if typed else Fit(1.0, EXACT)
        known = best.get(row["client"])
        if fit.score >= least and (known is None or fit.score > known[0].score):
            best[row["client"]] = fit, place
    # Among names that fit alike one's own clients come first, then the order of the database.
    order = sorted(best.values(), key=lambda one: (-one[0].score, not rows[one[1]]["own"], one[1]))
    hits = tuple(_hit(rows[place], fit) for fit, place in order[:limit])
    return SearchResult(hits, max(0, len(order) - limit))


def _hit(row: Mapping[str, Any], fit: Fit) -> Hit:
    matched = " ".join(part for part in (row["family"], row["given"], row["patronymic"]) if part)
    return Hit(
        client_id=UUID(row["client"]),
        name=row["name"],
        own=row["own"],
        counsellor=row["counsellor"],
        counsellor_name=row["counsellor_name"],
        score=fit.score,
        why=fit.why,
        kind=row["kind"],
        matched=matched if row["kind"] != "passport" else "",
        phase=row["phase"],
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        municipality=row["municipality"],
        protected=row["protected"],
        external_id=row["number"],
        born_fits=row["born_fits"],
    )
