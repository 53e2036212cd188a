"""Names in lists stand in the order of the Finnish alphabet, as the program itself sorts."""

import psycopg

from kotoutus_tui.i18n import sort_key
from models.migrations.upgrade import upgrade
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

NAMES = (
    "Aalto", "Ábel", "Åberg", "Ahmed", "Ängeslevä", "Anttila", "Æbelø", "Çelik", "Đurić", "Łukasz", "Müller",
    "Mylly", "Österberg", "Ødegård", "Özdemir", "Östman", "Śliwa", "Şahin", "Yilmaz", "Zetterberg", "Zidane",
    "Žukov", "Þór", "öberg", "äijälä", "ÅHMAN",
)  # fmt: skip


def _sorted_by_database(database: OwnDatabase, names: list[str]) -> list[str]:
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute(
            "select w from unnest(%s::text[]) as w order by access.sort_key(w), w", [names]
        ).fetchall()
    return [name for (name,) in rows]


def test_the_database_sorts_as_the_program_does(database: OwnDatabase) -> None:
    ordered = sorted(NAMES, key=sort_key)
    assert _sorted_by_database(database, list(reversed(ordered))) == ordered
    assert ordered[0] == "Aalto" and ordered[-1] == "Özdemir"
    assert ordered.index("Žukov") < ordered.index("Åberg") < ordered.index("äijälä") < ordered.index("öberg")
    # A letter written as two code points is the same letter.
    assert _sorted_by_database(database, ["O\u0308z", "Zz", "Oz"]) == ["Oz", "Zz", "O\u0308z"]


def test_an_upgrade_gives_older_names_the_new_key_without_a_trace(database: OwnDatabase) -> None:
    make_team(database)
    made = [make_client(database, "aino", family, "Kim") for family in ("Öz", "Aalto")]
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute("alter table app.client disable trigger user")
        connection.execute("update app.client set sort_name = 'oz kim' where id = %s", [made[0]])
        connection.execute("alter table app.client enable trigger user")
    before = _traces(database)
    upgrade(database.as_superuser)
    assert _traces(database) == before
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute("select sort_name from app.client order by sort_name").fetchall()
        disabled = connection.execute("select count(*) from pg_trigger where tgenabled = 'D'").fetchone()
    assert rows == [("aalto kim",), ("}z kim",)]
    assert disabled == (0,)


def _traces(database: OwnDatabase) -> tuple[object, ...]:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select (select count(*) from audit.log_entry), (select sum(version) from app.client),"
            " (select max(updated_at) from app.client)"
        ).fetchone()
    assert row is not None
    return row
