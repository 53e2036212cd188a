"""How many clients come up under another spelling, and how fast, beside plain ILIKE and trigrams.

    python -m benchmarks.search [--pools POOLS.json.gz] [--pairs PAIRS.tsv] [--sizes 2300 100000] [--born]

Pairs are what is typed and who must come up (columns qid, category, query, given, family, patronymic);
without them, those of tests/data/name_spellings.tsv. Pools are name parts with their spellings by language
group, from which the rest of the register is put together; without them, parts of the pairs are recombined.
"""

import argparse
import asyncio
import csv
import gzip
import hashlib
import json
import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from kotoutus_tui.casework import search
from kotoutus_tui.database import Database
from kotoutus_tui.embedded import EmbeddedServer
from tests.people import make_team
from tests.register import Person, load, spellings

# Which lists of a group hold given names and which family names.
GIVEN = ("g", "gm", "gf", "gc", "x", "c", "n")
FAMILY = ("l", "lm", "lf", "lx", "lc", "x", "c", "n")
PATRONYMIC = ("pm", "pf")
YEARS = 60


@dataclass(frozen=True)
class Question:
    """What is typed, its kind, and the number of the client who must come up."""

    category: str
    text: str
    number: str


@dataclass(frozen=True)
class Found:
    """Rank of the right client (or None), and the time of the answer in milliseconds."""

    rank: int | None
    took: float


Ask = Callable[[str], Awaitable[list[str]]]


def main() -> None:
    """Measure each size of register and print a table a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pools", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_300, 100_000])
    parser.add_argument("--most", type=int, default=1_000, help="questions a size")
    parser.add_argument("--born", action="store_true", help="type the year of birth with the name")
    chosen = parser.parse_args()
    questions, people = read_pairs(chosen.pairs)
    top = Path(tempfile.mkdtemp(prefix="kt-search-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    top.chmod(0o711)
    from models.migrations.upgrade import upgrade
    from tests.cluster import OwnDatabase

    with EmbeddedServer(top / "c", durable=False) as server:
        for size in chosen.sizes:
            name = f"search_{size}"
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            upgrade(server.dsn(name))
            database = OwnDatabase(name, server)
            if size == chosen.sizes[0]:
                make_team(database)
            else:
                with psycopg.connect(server.dsn(name), autocommit=True) as connection:
                    connection.execute(
                        "insert into app.staff (login, name, role) values ('aino', 'Aino', 'counsellor')"
                    )
            register = people + others(chosen.pools, people, size - len(people))
            began = time.perf_counter()
            load(database.as_superuser, register, "aino")
            print(f"\n{len(register):,} clients, loaded in {time.perf_counter() - began:.1f} s")
            asked = random.Random(1).sample(questions, min(chosen.most, len(questions)))
            asyncio.run(
                measure(database.as_login("aino"), server.dsn(name), register, asked, born=chosen.born)
            )
    shutil.rmtree(top, ignore_errors=True)


def read_pairs(file: Path | None) -> tuple[list[Question], list[Person]]:
    if file is None:
        typed = spellings()
        people = [replace(one.person, born=year_of(one.person.number)) for one in typed]
        return [Question(one.language, one.text, one.person.number) for one in typed], people
    questions: list[Question] = []
    people = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            questions.append(Question(row["category"], row["query"], row["qid"]))
            name = (row["given"], row["family"], row["patronymic"])
            people.append(Person(row["qid"], *name, born=year_of(row["qid"])))
    return questions, people


def year_of(number: str) -> int:
    """A year of birth that depends on nothing but the number."""
    return 1945 + int(hashlib.sha256(number.encode()).hexdigest(), 16) % YEARS


def others(pools: Path | None, people: Sequence[Person], count: int) -> list[Person]:
    """Invented people beside those asked for."""
    chance = random.Random(1)
    if pools is None:
        pick = lambda: (chance.choice(people).given, chance.choice(people).family, "")  # noqa: E731
    else:
        groups: dict[str, Any] = json.load(gzip.open(pools))

        def pick() -> tuple[str, str, str]:
            lists = groups[chance.choice(list(groups))]
            father = part(chance, lists, PATRONYMIC) if chance.random() < 0.6 else ""
            return part(chance, lists, GIVEN), part(chance, lists, FAMILY), father

    found: list[Person] = []
    while len(found) < count:
        given, family, father = pick()
        if given and family:
            number = f"o{len(found)}"
            found.append(Person(number, given, family, father, year_of(number)))
    return found


def part(chance: random.Random, lists: dict[str, list[dict[str, Any]]], names: Sequence[str]) -> str:
    items = [item for name in names for item in lists.get(name, ())]
    if not items:
        return ""
    item = chance.choice(items)
    spelled = sorted(set(item["w"]) | set(item["f"].values()))
    return chance.choice(spelled) if spelled else ""


async def measure(
    person: str, superuser: str, register: Sequence[Person], questions: Sequence[Question], *, born: bool
) -> None:
    db = Database(person)

    async def ours(text: str) -> list[str]:
        result = await search.find(db, text, 10, least=0.0)
        return [hit.external_id or "" for hit in result.hits]

    async with await psycopg.AsyncConnection.connect(superuser, autocommit=True) as connection:
        await make_floors(connection, register)

        async def ilike(text: str) -> list[str]:
            words = [f"%{word}%" for word in text.replace(",", " ").split()]
            return await numbers(
                connection, "select number from floor where name ilike all (%s) limit 10", [words]
            )

        async def trigram(text: str) -> list[str]:
            key = plain(text)
            return await numbers(
                connection, "select number from floor order by key operator(ext.<->) %s limit 10", [key]
            )

        systems: dict[str, Ask] = {"kotoutus": ours, "ILIKE": ilike, "trigrams": trigram}
        answers: dict[str, dict[str, list[Found]]] = {name: defaultdict(list) for name in systems}
        await ours("warm up")
        for question in questions:
            text = f"{question.text} {year_of(question.number)}" if born else question.text
            for name, ask in systems.items():
                began = time.perf_counter()
                found = await ask(text if name == "kotoutus" else question.text)
                took = (time.perf_counter() - began) * 1000
                rank = found.index(question.number) if question.number in found else None
                for row in (question.category, "all"):
                    answers[name][row].append(Found(rank, took))
    await db.close()
    table(answers)


async def make_floors(connection: "psycopg.AsyncConnection[Any]", register: Sequence[Person]) -> None:
    await connection.execute("create table floor (number text, name text, key text)")
    async with connection.cursor().copy("copy floor from stdin") as copy:
        for person in register:
            name = " ".join(p for p in (person.given, person.family, person.patronymic) if p)
            await copy.write_row((person.number, name, plain(name)))
    await connection.execute("create index on floor using gist (key ext.gist_trgm_ops (siglen=64))")
    await connection.execute("create index on floor using gin (name ext.gin_trgm_ops)")
    await connection.execute("analyze floor")


def plain(text: str) -> str:
    from anyascii import anyascii

    return anyascii(text).lower()


async def numbers(
    connection: "psycopg.AsyncConnection[Any]", statement: LiteralString, values: Sequence[object]
) -> list[str]:
    return [number for (number,) in await (await connection.execute(statement, values)).fetchall()]


def table(answers: dict[str, dict[str, list[Found]]]) -> None:
    print(f"{'':14}" + "".join(f"{name:>34}" for name in answers))
    print(f"{'category':10}{'n':>4}" + f"{'@1':>9}{'@10':>7}{'p50 ms':>9}{'p95 ms':>9}" * len(answers))
    first = next(iter(answers.values()))
    for category in sorted(first, key=lambda name: (name == "all", name)):
        line = f"{category:10}{len(first[category]):>4}"
        for of_system in answers.values():
            found = of_system[category]
            times = sorted(one.took for one in found)
            best = sum(one.rank == 0 for one in found) / len(found)
            ten = sum(one.rank is not None for one in found) / len(found)
            middle, slow = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
            line += f"{best:>9.3f}{ten:>7.3f}{middle:>9.1f}{slow:>9.1f}"
        print(line)


if __name__ == "__main__":
    main()
