"""Need against supply: which services clients need in which language, and which partners give them in it.

Clients are counted by the database; a count under five never leaves it, nor one from which such could be
worked out. Supply are the active services of the network.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from kotoutus_tui.exchange import csv_files
from kotoutus_tui.i18n import N_, _, language_name, sort_key
from kotoutus_tui.partners import population, reading
from kotoutus_tui.partners.network import Network, Service
from kotoutus_tui.partners.population import People
from kotoutus_tui.privacy.small_counts import LEAST

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Gap = Literal["nobody", "interpreter", "spoken"]
GAPS: tuple[Gap, ...] = ("nobody", "interpreter", "spoken")
COLUMNS = (
    "language", "class", "clients", "partners_speaking", "partners_by_interpreter", "speakers", "year",
)  # fmt: skip
_CLASSES = {
    "language_course": N_("language courses"), "work": N_("work"), "studies": N_("studies"),
    "housing": N_("housing"), "benefits": N_("benefits"), "health_social": N_("health and social services"),
    "family_school": N_("family, day care, school"), "permits": N_("permits and legal advice"),
    "orientation": N_("advice and orientation"), "leisure": N_("leisure"),
    "interpreting": N_("interpreting"),
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """One language and class; `clients` is None when the count is small or hidden for a small one's sake.

    `spoken` and `interpreted` count partners; `people` is how many in the municipality speak the language.
    """

    language: str
    service_class: str
    clients: int | None
    spoken: int
    interpreted: int
    people: People | None

    @property
    def gap(self) -> Gap:
        """Whether nobody offers it in the language, somebody by interpreter, or somebody speaks it."""
        if self.spoken:
            return "spoken"
        return "interpreter" if self.interpreted else "nobody"


async def read(db: "Database", today: date) -> Sequence[Need]:
    """Return what is needed, the widest gaps first; the listing leaves an entry in the log of use."""
    async with db.reading_fast() as connection:
        needed = await (
            await connection.execute("select language, class, clients from api.client_need()")
        ).fetchall()
        classes = dict(
            await (await connection.execute("select code, words from api.service_classes()")).fetchall()
        )
    people = await population.known(db)
    offered = supply(await reading.network(db), classes, today)
    rows = [
        Need(language, code, clients, *_many(offered, language, code), people.get(language))
        for language, code, clients in needed
    ]
    await db.call("log_use", "list", "need", len(rows))
    return sorted(rows, key=_order)


def supply(
    network: Network, classes: Mapping[str, str], today: date
) -> Mapping[tuple[str, str], tuple[set[UUID], set[UUID]]]:
    """Return the partners by language and class: those whose staff speak it, those who have interpreters.

    `classes` are the words of each class as a regular expression. A service may be of several classes.
    """
    patterns = {code: re.compile(words) for code, words in classes.items()}
    found: dict[tuple[str, str], tuple[set[UUID], set[UUID]]] = {}
    for service in network.services:
        if service.state != "active":
            continue
        partner = network.current(service.organisation_id, today).id
        for code in (code for code, words in patterns.items() if words.search(_text(service))):
            for way, languages in enumerate((service.spoken, service.interpreted)):
                for language in (languages or "").split():
                    found.setdefault((language, code), (set(), set()))[way].add(partner)
    return found


def class_name(code: str) -> str:
    """Return the name of a service class."""
    return _(_CLASSES[code])


def clients_text(need: Need) -> str:
    """Return the number of clients as it may be shown."""
    return f"<{LEAST}" if need.clients is None else str(need.clients)


def as_csv(rows: Sequence[Need]) -> str:
    """Return CSV with codes for languages and classes; a count that is not shown is <5, a withheld one <."""
    found: list[Sequence[str]] = []
    for each in rows:
        people = each.people
        speakers = "" if people is None else "<" if people.people is None else str(people.people)
        found.append((
            each.language, each.service_class, clients_text(each), str(each.spoken), str(each.interpreted),
            speakers, str(people.year) if people else "",
        ))  # fmt: skip
    return csv_files.as_text(COLUMNS, found)


async def export(db: "Database", rows: Sequence[Need], file: Path) -> None:
    """Write the rows into a new file; raises InvalidInput when it is there or cannot be written."""
    await db.call("log_use", "export", "need", len(rows))
    csv_files.write_new(file, as_csv(rows))


def _many(
    offered: Mapping[tuple[str, str], tuple[set[UUID], set[UUID]]], language: str, code: str
) -> tuple[int, int]:
    spoken, interpreted = offered.get((language, code), (set[UUID](), set[UUID]()))
    return len(spoken), len(interpreted - spoken)


def _order(need: Need) -> tuple[int, int, str, str]:
    # A hidden count is somewhere below most others.
    many = -(need.clients or LEAST - 1)
    return GAPS.index(need.gap), many, sort_key(language_name(need.language)), need.service_class


def _text(service: Service) -> str:
    return " ".join(
        part for part in (service.name_fi, service.name_sv, service.name_en, service.words) if part
    ).lower()
