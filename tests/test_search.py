"""Search against PostgreSQL: any spelling comes up, and nobody sees more than the rules give."""

import asyncio
import io
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui import cli
from kotoutus_tui.casework import rekeying, search
from kotoutus_tui.casework.duplicates import likely_duplicates
from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
from kotoutus_tui.casework.search import Hit, SearchResult
from kotoutus_tui.database import Database
from kotoutus_tui.errors import NotAllowed
from tests.cluster import Cluster, OwnDatabase
from tests.people import make_client, make_team, open_client
from tests.register import Person, load, spellings

_FILLERS = 2_000


def _find(database: OwnDatabase, login: str, text: str, **options: float) -> SearchResult:
    async def once() -> SearchResult:
        db = Database(database.as_login(login))
        try:
            return await search.find(db, text, **options)  # pyright: ignore[reportArgumentType]
        finally:
            await db.close()

    return asyncio.run(once())


def _only(result: SearchResult) -> Hit:
    assert len(result.hits) == 1
    return result.hits[0]


@pytest.fixture(scope="module")
def register(cluster: Cluster) -> Iterator[OwnDatabase]:
    """The people of name_spellings.tsv among 2,000 others who share their names."""
    typed = spellings()
    chance = random.Random(7)
    persons = [one.person for one in typed]
    others = [
        Person(f"f{number}", chance.choice(persons).given, chance.choice(persons).family)
        for number in range(_FILLERS)
    ]
    with cluster.database() as database:
        make_team(database)
        load(database.as_superuser, persons + others, "aino")
        yield database


def test_every_spelling_comes_up(register: OwnDatabase) -> None:
    ranks: dict[str, list[int]] = defaultdict(list)

    async def ask() -> None:
        db = Database(register.as_login("aino"))
        for typed in spellings():
            found = (await search.find(db, typed.text, 10, least=0.0)).hits
            # Another with the very same name is as right.
            names = [hit.name for hit in found]
            wanted = f"{typed.person.family} {typed.person.given}"
            ranks[typed.language].append(names.index(wanted) if wanted in names else 99)
        await db.close()

    asyncio.run(ask())
    every = [rank for of_language in ranks.values() for rank in of_language]
    assert len(every) >= 200
    assert len(ranks) >= 6
    assert sum(rank < 10 for rank in every) / len(every) >= 0.98
    assert sum(rank == 0 for rank in every) / len(every) >= 0.9
    for language, of_language in ranks.items():
        assert sum(rank < 10 for rank in of_language) / len(of_language) >= 0.9, language


def test_the_year_of_birth_decides_between_namesakes(database: OwnDatabase) -> None:
    make_team(database)
    load(
        database.as_superuser,
        [Person(f"y{year}", "Mohamed", "Ali", "", year) for year in range(1950, 2000)],
        "aino",
    )
    assert _only(_find(database, "aino", "ali mohammed 1987")).external_id == "y1987"
    assert _only(_find(database, "aino", "Maxamed Cali 15.6.1964")).external_id == "y1964"
    assert _only(_find(database, "aino", "15.6.1964")).external_id == "y1964"
    assert not _find(database, "aino", "16.6.1964").hits
    namesakes = _find(database, "aino", "mohamed ali")
    assert (len(namesakes.hits), namesakes.more) == (10, 40)
    nobody = _find(database, "aino", "mohamed ali 1920")
    assert nobody.born_ignored
    assert len(nobody.hits) == 10


@pytest.fixture
def clients(database: OwnDatabase) -> dict[str, UUID]:
    """One client of Aino's with everything, and one of Bilal's."""
    make_team(database)
    return {
        "own": make_client(
            database,
            "aino",
            "Virtala",
            "Amina",
            external_id="A-17",
            personal_id="150664-912U",
            detail={"birth_date": "1964-06-15"},
            contact={"phone": "+358 40 123 4567", "municipality": "Joensuu"},
        ),
        "other": make_client(
            database,
            "bilal",
            "Wirtalla",
            "Aminah",
            external_id="B-18",
            detail={"birth_date": "1970-01-02"},
            contact={"phone": "050 765 4321", "municipality": "Outokumpu"},
        ),
    }


def test_of_anothers_client_only_name_and_counsellor(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    own, other = _find(database, "aino", "amina virtala").hits
    assert (own.client_id, own.own, own.phase) == (clients["own"], True, "new")
    assert (own.birth_date, own.municipality) == (date(1964, 6, 15), "Joensuu")
    assert (other.client_id, other.own, other.counsellor_name) == (clients["other"], False, "Bilal Berg")
    assert (other.phase, other.birth_date, other.municipality, other.protected) == (None, None, None, False)


def test_the_lead_sees_what_lists_show(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    found = {hit.client_id: hit for hit in _find(database, "helmi", "amina virtala").hits}
    assert found[clients["other"]].birth_date == date(1970, 1, 2)
    assert found[clients["other"]].municipality == "Outokumpu"


def test_exact_numbers(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    for login in ("aino", "bilal"):
        for text in ("A-17", "0401234567", "+358 40 123 4567", "150664-912u"):
            assert _only(_find(database, login, text)).client_id == clients["own"], text
    assert not _find(database, "aino", "150664-913V").hits
    assert not _find(database, "aino", "0401234568").hits
    assert not _find(
        database, "bilal", "15.6.1964"
    ).hits  # the birth date of another's client is not searched


def test_of_a_protected_person_no_place_and_no_number(
    database: OwnDatabase, clients: dict[str, UUID]
) -> None:
    open_client(database, "aino", clients["own"])
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        _add_name(connection, clients["own"], "previous", "Entinen", "Amina")
        connection.execute("select api.set_protection(%s, true, null)", [clients["own"]])
    own = _only(_find(database, "aino", "Virtala Amina 1964"))
    assert (own.protected, own.municipality, own.birth_date) == (True, None, date(1964, 6, 15))
    for login in ("bilal", "helmi"):
        found = {hit.client_id: hit for hit in _find(database, login, "Virtala Amina").hits}[clients["own"]]
        assert (found.birth_date, found.municipality, found.name) == (None, None, "Virtala Amina")
        assert found.protected == (login == "helmi")
        # Neither the year, the telephone nor the former name may lead there.
        assert clients["own"] not in _ids(_find(database, login, "Virtala Amina 1964"), by_year=True)
        assert not _find(database, login, "0401234567").hits
        assert clients["own"] not in {hit.client_id for hit in _find(database, login, "Entinen Amina").hits}
    former = _only(_find(database, "aino", "Entinen Amina"))
    assert (former.kind, former.matched, former.name) == ("previous", "Entinen Amina", "Virtala Amina")


def test_a_conflict_of_interest_hides_everything(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    with psycopg.connect(database.as_login("helmi"), autocommit=True) as connection:
        connection.execute("select api.set_conflict(%s, 'bilal', true)", [clients["own"]])
    for text in ("Virtala Amina", "A-17", "0401234567", "150664-912U"):
        assert clients["own"] not in {hit.client_id for hit in _find(database, "bilal", text).hits}, text
    assert clients["own"] in {hit.client_id for hit in _find(database, "aino", "Virtala Amina").hits}


def test_every_search_leaves_an_entry_without_the_words(
    database: OwnDatabase, clients: dict[str, UUID]
) -> None:
    assert clients
    for text in ("Virtala", "Virtala 1964", "040 123 4567", "150664-912U", "A-17"):
        _find(database, "bilal", text)
    with psycopg.connect(database.as_superuser) as connection:
        entries = connection.execute(
            "select subject, count, to_jsonb(e)::text from audit.log_entry e"
            " where login = 'bilal' and action = 'search' order by id"
        ).fetchall()
    assert [entry[0] for entry in entries] == ["begun", "name", "name", "phone", "personal_id", "number"]
    assert all(entry[1] is not None for entry in entries[1:])
    for *_, whole in entries:
        assert not any(word in whole for word in ("irtala", "4567", "912U", "A-17"))


def test_the_year_follows_the_birth_date(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    open_client(database, "aino", clients["own"])
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("update app.client_detail set birth_date = '1971-03-04'")
    assert _find(database, "bilal", "virtala 1964").born_ignored
    assert _only(_find(database, "bilal", "virtala 1971")).client_id == clients["own"]


def test_only_counsellors_and_the_lead_search(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    assert clients
    for login in ("arto", "tiina"):
        with pytest.raises(NotAllowed):
            _find(database, login, "Virtala Amina")
    with (
        psycopg.connect(database.as_login("aino")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select * from access.similar_names('[]')")


def test_other_names_say_which_matched(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    open_client(database, "aino", clients["own"])
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        _add_name(connection, clients["own"], "own_script", "الخطيب", "سلمى")
        _add_name(connection, clients["own"], "called", None, "Mimosa")
    script = _only(_find(database, "aino", "Salma Al-Khatib"))
    assert (script.client_id, script.kind, script.matched) == (clients["own"], "own_script", "الخطيب سلمى")
    assert _only(_find(database, "bilal", "mimosa")).kind == "called"


def _add_name(
    connection: "psycopg.Connection[tuple[object, ...]]",
    client: UUID,
    kind: str,
    family: str | None,
    given: str,
) -> None:
    keys = keys_of(given, family)
    with connection.transaction():
        row = connection.execute(
            "insert into app.client_name (id, client_id, kind, family, given)"
            " values (uuidv7(), %s, %s, %s, %s) returning id",
            [client, kind, family, given],
        ).fetchone()
        assert row
        connection.execute(
            "select api.store_name_keys(%s, %s, %s, null, %s)",
            [row[0], keys.name_key, keys.skeletons, KEY_VERSION],
        )


def _ids(result: SearchResult, *, by_year: bool) -> set[UUID]:
    return set() if by_year and result.born_ignored else {hit.client_id for hit in result.hits}


def test_keys_are_rebuilt_by_version(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    def state() -> list[tuple[object, ...]]:
        with psycopg.connect(database.as_superuser) as connection:
            return connection.execute(
                "select k.name_id::text, k.name_key, k.key_version, s.skeleton, w.word"
                " from app.client_search_key k join app.client_skeleton s using (name_id)"
                " join app.search_word w on w.unit = s.skeleton order by 1, 4"
            ).fetchall()

    before = state()
    assert before
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute("update app.client_search_key set key_version = 0, name_key = 'old'")
        connection.execute(
            "update app.client_skeleton set skeleton = 'old' || left(name_id::text, 8) || skeleton"
        )
    assert not _find(database, "aino", "Virtala").hits
    with pytest.raises(NotAllowed):
        rekeying.rebuild(database.as_login("helmi"), lambda _done, _total: None)
    steps: list[tuple[int, int]] = []
    assert rekeying.rebuild(database.as_superuser, lambda done, total: steps.append((done, total))) == len(
        clients
    )
    assert steps == [(2, 2)]
    assert state() == before
    assert rekeying.rebuild(database.as_superuser, lambda _done, _total: None) == 0


def test_a_word_goes_with_the_last_name_that_has_it(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    def kept(word: str) -> bool:
        with psycopg.connect(database.as_superuser) as connection:
            found = connection.execute(
                "select count(*) from app.search_word where word = %s", [word]
            ).fetchone()
            return bool(found and found[0])

    open_client(database, "aino", clients["own"])
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        for _twice in range(2):
            _add_name(connection, clients["own"], "alias", None, "Kuutamo")
        assert kept("kutamu")
        for name, left in connection.execute(
            "select id, row_number() over (order by id desc) > 1 from app.client_name"
            " where given = 'Kuutamo' order by id"
        ).fetchall():
            connection.execute("update app.client_name set removed_at = now() where id = %s", [name])
            assert kept("kutamu") == left


def test_the_next_letter_cancels_the_search_before(register: OwnDatabase) -> None:
    async def type_on() -> SearchResult:
        db = Database(register.as_login("aino"))
        try:
            await search.find(db, "ab")
            cancelled = 0
            for turns in range(0, 60, 2):
                task = asyncio.ensure_future(search.find(db, "mohame"))
                for _turn in range(turns):  # each time a little further into the query
                    await asyncio.sleep(0)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                cancelled += task.cancelled()
            assert cancelled > 10
            return await search.find(db, "mohamed warsame")
        finally:
            await db.close()

    assert asyncio.run(type_on()).hits[0].name == "Warsame Mohamed"


def test_likely_duplicates_are_few_and_have_reasons(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    load(
        database.as_superuser,
        [
            Person(f"n{number}", "Amina", family, "", 1964)
            for number, family in enumerate(("Virtanen", "Vartola", "Salo"))
        ],
        "aino",
    )

    async def ask(login: str, *name: str, **also: object) -> list[tuple[UUID, tuple[str, ...]]]:
        db = Database(database.as_login(login))
        try:
            found = await likely_duplicates(db, *name, **also)  # pyright: ignore[reportArgumentType]
            return [(one.hit.client_id, one.signs) for one in found]
        finally:
            await db.close()

    born = date(1964, 6, 15)
    first = asyncio.run(ask("aino", "Aamina", "Wirtala", birth_date=born))
    assert first[0] == (clients["own"], ("birth_date", "sound"))
    assert clients["other"] not in dict(first)  # a like name, but born in another year
    assert dict(asyncio.run(ask("bilal", "Amina", "Virtala", birth_date=born)))[clients["own"]] == (
        "birth_year",
        "name",
    )
    by_phone = asyncio.run(ask("bilal", "Amina", "Virtala", phone="0401234567"))
    assert by_phone[0] == (clients["own"], ("phone", "name"))
    assert not asyncio.run(ask("aino", "Toivo", "Peltola", phone="0401234567"))  # a family shares a telephone
    assert not asyncio.run(ask("aino", "Amina", "Virtala", birth_date=date(1999, 1, 1)))
    assert not asyncio.run(ask("aino", "Anna", "Virta", birth_date=born))


def test_the_command_prints_hits(
    database: OwnDatabase,
    clients: dict[str, UUID],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert cli.main(["search", "--json", "amina", "virtala"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [hit["external_id"] for hit in printed["hits"]] == ["A-17", "B-18"]
    assert printed["hits"][1]["birth_date"] is None
    assert cli.main(["search", "--plain", "amina virtala"]) == 0
    own, other = capsys.readouterr().out.splitlines()
    assert own.startswith("Virtala Amina; Syntynyt: 15.6.1964; Kunta: Joensuu; ")
    assert other.startswith("Wirtalla Aminah; Oma ohjaaja: Bilal Berg; ")
    assert cli.main(["search", "nobody", "atall"]) == 0
    assert capsys.readouterr().out.strip() == "Ei asiakkaita."
    assert clients


def test_serve_answers_each_line_and_survives_bad_ones(
    database: OwnDatabase,
    clients: dict[str, UUID],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    lines = b"q1\tamina virtala\nno tab\n\nq2\t\xff\xfe\x00\nq3\t" + b"x " * 5000 + b"\nq4\t(((\nq5\tA-17\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert cli.main(["search", "--serve"]) == 0
    answers = capsys.readouterr().out.splitlines()
    assert answers[:2] == ["ready", "q1\tA-17,B-18"]
    assert len(answers) == 8
    assert answers[-1] == "q5\tA-17"
    assert [answer.partition("\t")[0] for answer in answers[1:]] == [
        "q1",
        "no tab",
        "",
        "q2",
        "q3",
        "q4",
        "q5",
    ]
    assert clients


_BEFORE = (
    'select api.search_candidates(\'{"kind": "phone", "exact": "99999"}\')',
    "select api.names_a_client('Kanarialintu')",
)


@pytest.mark.parametrize("statement", _BEFORE)
def test_no_search_is_answered_before_its_word_is_committed(database: OwnDatabase, statement: str) -> None:
    make_team(database)

    def ask(*before: str) -> object:
        with psycopg.connect(database.as_login("aino")) as connection:
            for each in before:
                connection.execute(each.encode())
            row = connection.execute(statement.encode()).fetchone()
            connection.rollback()
        return row[0] if row else None

    assert ask() is None
    assert ask("select api.begin_search()") is None
    assert ask("savepoint a", "select api.begin_search()", "release a") is None
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("select api.begin_search()")
    assert ask() is not None
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update audit.log_entry set at = at - interval '11 minutes'")
    assert ask() is None
