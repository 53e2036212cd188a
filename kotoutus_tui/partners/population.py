"""How many people of Joensuu speak a language, from Statistics Finland (PxWeb), kept for when it is away.

Tables and their variables got new names in 2026, so the description of the table is read first, variables
are found by the beginning of their code, and what is not asked about is fixed to its total.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.errors import KotoutusError, Unreachable
from kotoutus_tui.i18n import _, format_date, format_number
from kotoutus_tui.partners.folding import folded
from kotoutus_tui.partners.languages import names

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.catalogue.patience import Patience
    from kotoutus_tui.database import Database

AREA = "KU167"
_TABLE = "PxWeb/api/v1/fi/StatFin/vaerak/11rm.px"
_TOTAL = "SSS"

Variable = Mapping[str, Any]


class UnfamiliarTable(KotoutusError):
    """The table is not in the form that this program knows."""


@dataclass(frozen=True)
class People:
    """Speakers of a language at the end of a year; `people` is None where a small number is withheld."""

    language: str
    people: int | None
    year: int
    fetched_on: date


async def known(db: "Database") -> Mapping[str, People]:
    """Return what was fetched last, by language; empty when nothing ever was."""
    statement = "select language, people, year, fetched_on from app.population where area = %s"
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(People)) as cursor:
        found = await (await cursor.execute(statement, [AREA])).fetchall()
    return {each.language: each for each in found}


async def fetch(
    db: "Database", server: str, *, operation_id: UUID, patience: "Patience | None" = None
) -> int:
    """Read the newest year from Statistics Finland's server and keep it; return how many languages.

    Raises Unreachable when it does not answer, UnfamiliarTable when it answers otherwise than known; what was
    kept before stays.
    """
    people = await _asked(server, patience)
    await _keep(db, people, operation_id)
    return len(people)


def question(variables: Sequence[Variable], area: str = AREA) -> dict[str, Any]:
    """Return what is asked of a table with these variables; raises UnfamiliarTable."""
    asked: list[dict[str, Any]] = []
    for each in variables:
        values = _chosen(each, [str(value) for value in each["values"]], area)
        asked.append({"code": each["code"], "selection": {"filter": "item", "values": values}})
    kinds = {_kind(each) for each in variables}
    if not {"area", "language"} <= kinds:
        raise _unfamiliar()
    return {"query": asked, "response": {"format": "json-stat2"}}


def people_of(answer: Mapping[str, Any], today: date) -> list[People]:
    """Return the speakers in an answer in the form json-stat2; raises UnfamiliarTable."""
    try:
        dimensions: dict[str, Any] = answer["dimension"]
        order = [str(code) for code in answer["id"]]
        sizes = dict(zip(order, cast("list[int]", answer["size"]), strict=True))
        language = next(code for code in order if _kind({"code": code}) == "language")
        if any(size != 1 for code, size in sizes.items() if code != language):
            raise _unfamiliar()
        times = [code for code in order if _kind({"code": code}) == "time"]
        year = int(_codes(dimensions[times[0]]["category"])[0][:4])
        labels: dict[str, str] = dimensions[language]["category"].get("label", {})
        codes = _codes(dimensions[language]["category"])
        found = {
            known: People(known, _number(answer["value"], place), year, today)
            for place, code in enumerate(codes)
            if (known := _language(code, labels.get(code, ""))) is not None
        }
    except (KeyError, IndexError, StopIteration, TypeError, ValueError, AttributeError) as error:
        raise _unfamiliar() from error
    return list(found.values())


def people_text(people: People) -> str:
    """Return a number of speakers; a withheld one is “<”, never 0."""
    return "<" if people.people is None else format_number(people.people)


def source_line(known_now: Mapping[str, People]) -> str:
    """Return where the numbers come from and of when, empty when there are none."""
    if not known_now:
        return ""
    newest = max(known_now.values(), key=lambda each: each.fetched_on)
    return _("Speakers in Joensuu at the end of {year}: Statistics Finland, read {day}.").format(
        year=newest.year, day=format_date(newest.fetched_on)
    )


async def _asked(server: str, patience: "Patience | None") -> list[People]:
    from kotoutus_tui.catalogue.client import Client
    from kotoutus_tui.catalogue.patience import Patience

    try:
        async with Client(server, None, patience or Patience(tries=3, whole_run=120)) as client:
            table = (await client.get(_TABLE)).content
            if not isinstance(table, dict) or "variables" not in table:
                raise _unfamiliar()
            asked = question(cast("list[Variable]", table["variables"]))
            answer = (await client.post(_TABLE, json.dumps(asked).encode())).content
    except UnfamiliarTable:
        raise
    except KotoutusError as error:
        raise Unreachable(
            _("Statistics Finland cannot be read from this network just now."),
            _("The numbers read before stay. Try again later."),
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise _unfamiliar() from error
    if not isinstance(answer, dict):
        raise _unfamiliar()
    return people_of(cast("dict[str, Any]", answer), clock.today())


async def _keep(db: "Database", people: Sequence[People], operation_id: UUID) -> None:
    from sqlalchemy.dialects.postgresql import insert

    from kotoutus_tui.casework.undo import once
    from models.guidance import Population

    async def work(session: "AsyncSession") -> None:
        rows = [
            {
                "area": AREA, "language": each.language, "people": each.people, "year": each.year,
                "fetched_on": each.fetched_on,
            }
            for each in people
        ]  # fmt: skip
        statement = insert(Population).values(rows)
        fresh = {name: statement.excluded[name] for name in ("people", "year", "fetched_on")}
        connection = await session.connection()
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["area", "language"], set_=fresh)
        )

    if people:
        await once(db, operation_id, "population.fetch", None, None, work)


def _kind(variable: Variable) -> str:
    code = str(variable["code"]).casefold()
    for kind, beginnings in _BEGINNINGS.items():
        if code.startswith(beginnings):
            return kind
    return "time" if variable.get("time") else "other"


_BEGINNINGS = {
    "area": ("alue", "area", "område"), "language": ("kieli", "language", "språk"),
    "time": ("timeperiod", "vuosi", "year", "år", "tid"), "contents": ("contentscode", "tiedot", "contents"),
}  # fmt: skip


def _chosen(variable: Variable, values: Sequence[str], area: str) -> list[str]:
    kind = _kind(variable)
    if kind == "language":
        return list(values)
    if kind == "area":
        chosen = [value for value in values if value.casefold() == area.casefold()]
    elif kind == "time":
        chosen = sorted(values)[-1:]
    elif kind == "contents":
        chosen = [value for value in values if value.casefold().endswith("vaesto")] or list(values[:1])
    else:
        chosen = [value for value in values if value.casefold() == _TOTAL.casefold()]
    if not chosen:
        raise _unfamiliar()
    return chosen[:1]


def _codes(category: Mapping[str, Any]) -> list[str]:
    index = category.get("index", category.get("label"))
    if isinstance(index, dict):
        places = cast("dict[str, Any]", index)
        return sorted(places, key=lambda code: places[code] if isinstance(places[code], int) else 0)
    return [str(code) for code in cast("list[Any]", index)]


def _number(values: Any, place: int) -> int | None:
    found: Any = cast("dict[str, Any]", values).get(str(place)) if isinstance(values, dict) else values[place]
    return int(found) if isinstance(found, int | float) else None


def _language(code: str, label: str) -> str | None:
    plain = code.casefold()
    if plain in _no_languages():
        return None
    if plain in set(names().values()):
        return plain
    return names().get(folded(label.strip()))


def _no_languages() -> frozenset[str]:
    return frozenset({"sss", "muu", "und", "zxx", "mul"})


def _unfamiliar() -> UnfamiliarTable:
    return UnfamiliarTable(
        _("The table of Statistics Finland is not in the form that this program knows."),
        _("The numbers read before stay. Tell the administrator."),
    )
