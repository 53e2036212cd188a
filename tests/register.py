"""Many invented clients at once, for searches: written past the triggers, as fast as PostgreSQL reads."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of

SPELLINGS = Path(__file__).parent / "data" / "name_spellings.tsv"


@dataclass(frozen=True)
class Person:
    """A client to be; `number` is the external id."""

    number: str
    given: str
    family: str
    patronymic: str = ""
    born: int | None = None


@dataclass(frozen=True)
class Typed:
    """What somebody types, and the client that must come up."""

    language: str
    text: str
    person: Person


def spellings() -> list[Typed]:
    """The pairs of name_spellings.tsv, numbered s1, s2 …"""
    lines = [line for line in SPELLINGS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found: list[Typed] = []
    for number, line in enumerate(lines[1:], 1):
        language, text, given, family = line.split("\t")
        found.append(Typed(language, text, Person(f"s{number}", given, family)))
    return found


def load(superuser: str, people: Sequence[Person], counsellor: str) -> dict[str, UUID]:
    """Write the people as clients of `counsellor`; return their ids by number."""
    ids = {person.number: uuid4() for person in people}
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in _COLUMNS}
    for person in people:
        given, family, patronymic = (
            unicodedata.normalize("NFC", part) or None
            for part in (person.given, person.family, person.patronymic)
        )
        client, name = ids[person.number], uuid4()
        shown = " ".join(part for part in (family, given, patronymic) if part)
        rows["client"].append((client, person.number, shown, shown.lower(), "new", counsellor))
        rows["client_detail"].append((client, f"{person.born}-06-15" if person.born else None))
        rows["client_name"].append((name, client, "passport", family, given, patronymic))
        keys = keys_of(given, family, patronymic)
        rows["client_search_key"].append((name, client, keys.name_key, person.born, KEY_VERSION))
        rows["client_skeleton"] += [(unit, name, client) for unit in keys.skeletons]
    with psycopg.connect(superuser) as connection:
        connection.execute("set session_replication_role = replica")
        for table, columns in _COLUMNS.items():
            statement = sql.SQL("copy app.{} ({}) from stdin").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with connection.cursor().copy(statement) as copy:
                for row in rows[table]:
                    copy.write_row(row)
        connection.execute(
            "insert into app.search_word (unit) select distinct skeleton from app.client_skeleton"
            " on conflict do nothing"
        )
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("analyze app.search_word, app.client_skeleton, app.client_search_key, app.client")
    return ids


_COLUMNS = {
    "client": ("id", "external_id", "name", "sort_name", "phase", "own_counsellor"),
    "client_detail": ("client_id", "birth_date"),
    "client_name": ("id", "client_id", "kind", "family", "given", "patronymic"),
    "client_search_key": ("name_id", "client_id", "name_key", "birth_year", "key_version"),
    "client_skeleton": ("skeleton", "name_id", "client_id"),
}
