"""The caseload against PostgreSQL: filters, order, counts, whose clients, saved views, the plain twin."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework import caseload, caseload_memory, saved_views
from kotoutus_tui.casework.caseload import CaseloadRow
from kotoutus_tui.casework.caseload_query import STATUSES, CaseloadQuery, parse
from kotoutus_tui.cli.commands import COMMANDS
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client


def _days(count: int) -> str:
    return str(clock.today() + timedelta(days=count))


def _task(database: OwnDatabase, client: UUID, due: int, title: str = "Varaa tulkki") -> None:
    open_client(database, "aino", client)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.task (id, client_id, title, due_on) values (uuidv7(), %s, %s, %s)",
            [client, title, _days(due)],
        )


@pytest.fixture
def people(database: OwnDatabase) -> dict[str, UUID]:
    """Invented clients: three of Aino's, one of Bilal's."""
    make_team(database)
    made = {
        "amina": make_client(database, "aino", "Ääri", "Amina", phase="plan", service_language="ar"),
        "bo": make_client(
            database,
            "aino",
            "Boreal",
            "Bo",
            assigned_on=_days(-40),
            review_due=_days(0),
            period_start=_days(-700),
            period_end=_days(90),
            interpreter_needed=True,
        ),
        "cem": make_client(database, "aino", "Öz", "Cem", phase="assessment", period_end=_days(91)),
        "dina": make_client(database, "bilal", "Dalton", "Dina"),
    }
    _task(database, made["cem"], -2)
    _task(database, made["amina"], 13, "Soita")
    return made


async def _names(database: OwnDatabase, login: str, line: str) -> list[str]:
    db = Database(database.as_login(login))
    try:
        rows = await caseload.page(db, parse(line), 0, 100)
        counts = await caseload.counts(db, parse(line))
        assert counts.total == len(rows)
        places = [(await caseload.counts(db, parse(line), row.id)).place for row in rows]
        assert places == list(range(len(rows)))
        return [row.name.split()[0] for row in rows]
    finally:
        await db.close()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", ["Öz", "Ääri", "Boreal"]),
        ("järjestys:nimi", ["Boreal", "Ääri", "Öz"]),
        ("järjestys:yhteys", ["Boreal", "Ääri", "Öz"]),
        ("järjestys:kotoutumisaika", ["Boreal", "Öz", "Ääri"]),
        ("uusi", ["Öz", "Ääri"]),
        ("tarkistettava", ["Boreal"]),
        ("ei-yhteyttä", ["Boreal"]),
        ("päättyy-pian", ["Boreal"]),
        ("turvakielto", []),
        ("erääntyy<14", ["Öz", "Ääri"]),
        ("erääntyy<13 erääntyy>0", ["Ääri"]),
        ("erääntyy<12", ["Öz"]),
        ("kieli:ar", ["Ääri"]),
        ("tulkki:kyllä", ["Boreal"]),
        ("vaihe:suunnitelma vaihe:arviointi", ["Öz", "Ääri"]),
        ("ohjaaja:bilal", []),
    ],
)
async def test_filters_and_order(database: OwnDatabase, line: str, names: list[str]) -> None:
    assert await _names(database, "aino", line) == names


@pytest.mark.usefixtures("people")
async def test_the_lead_sees_all_and_a_counsellor_only_own(database: OwnDatabase) -> None:
    assert sorted(await _names(database, "helmi", "")) == ["Boreal", "Dalton", "Ääri", "Öz"]
    assert await _names(database, "helmi", "ohjaaja:bilal") == ["Dalton"]
    assert await _names(database, "bilal", "") == ["Dalton"]


@pytest.mark.usefixtures("people")
async def test_counts_agree_with_what_each_filter_shows(database: OwnDatabase) -> None:
    db = Database(database.as_login("aino"))
    counts = await caseload.counts(db, CaseloadQuery())
    for status in STATUSES:
        rows = await caseload.page(db, CaseloadQuery(statuses=frozenset({status})), 0, 100)
        assert counts.of(status) == len(rows), status
        assert all(status in row.statuses for row in rows)
    await db.close()


async def test_the_title_of_the_next_step_needs_an_opening_for_the_lead(
    database: OwnDatabase, people: dict[str, UUID]
) -> None:
    db = Database(database.as_login("aino"))
    lead = Database(database.as_login("helmi"))
    query = parse("kieli:ar")
    assert [row.next_title for row in await caseload.page(db, query, 0, 9)] == ["Soita"]
    assert [row.next_title for row in await caseload.page(lead, query, 0, 9)] == [None]
    assert open_client(database, "helmi", people["amina"], "sijaisuus") == "lead"
    assert [row.next_title for row in await caseload.page(lead, query, 0, 9)] == ["Soita"]
    await db.close()
    await lead.close()


def test_months_of_the_integration_period() -> None:
    today = clock.today()
    row = CaseloadRow(uuid4(), "", "plan", None, None, None, None, None, None, False, None, today, [])
    assert row.period_months() is None
    whole = CaseloadRow(
        uuid4(),
        "",
        "plan",
        None,
        None,
        None,
        None,
        None,
        None,
        False,
        today.replace(day=1, year=today.year - 2),
        today.replace(day=1) - timedelta(days=1),
        [],
    )
    assert whole.period_months() == (24, 24)


@pytest.mark.usefixtures("people")
async def test_saved_views_are_kept_renewed_and_removed(database: OwnDatabase) -> None:
    db, other = Database(database.as_login("aino")), Database(database.as_login("bilal"))
    await saved_views.save(db, uuid4(), "Arabia", "kieli:ar")
    await saved_views.save(db, uuid4(), "Arabia", "language:ar due<14")
    views = await saved_views.saved(db)
    assert [(view.name, view.query) for view in views] == [("Arabia", "kieli:ar erääntyy<14")]
    assert await saved_views.saved(other) == []
    await saved_views.remove(db, uuid4(), views[0].id)
    assert await saved_views.saved(db) == []
    await db.close()
    await other.close()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("name", ["Dalton", "oma boreal lista", "010190-900X", "x 010190A900X", "", "a" * 61])
async def test_a_view_is_not_named_after_a_client(database: OwnDatabase, name: str) -> None:
    db = Database(database.as_login("aino"))
    with pytest.raises(InvalidInput) as caught:
        await saved_views.save(db, uuid4(), name, "")
    assert caught.value.field == "name"
    assert await saved_views.saved(db) == []
    await db.close()


def test_the_place_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    place = caseload_memory.Place("uusi", uuid4())
    caseload_memory.remember(tmp_path / "state", place)
    assert caseload_memory.recall(tmp_path / "state") == place
    file = tmp_path / "state" / "caseload.json"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text('{"query": 1')
    assert caseload_memory.recall(tmp_path / "state") == caseload_memory.Place()


@pytest.mark.usefixtures("people")
def test_the_plain_twin(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kotoutus_tui.cli import main

    assert any(command.name == "list" for command in COMMANDS)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert main(["list", "--json", "erääntyy<14"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["next_step"] for row in found] == ["Varaa tulkki", "Soita"]
    assert main(["list", "--plain", "kieli:ar"]) == 0
    line = capsys.readouterr().out
    assert "Ääri Amina" in line
    assert "Vaihe: suunnitelma" in line
    assert main(["list", "öljy"]) == 2
    assert "öljy" in capsys.readouterr().err
    with psycopg.connect(database.as_superuser) as connection:
        logged = connection.execute("select count from audit.log_entry where action = 'list'").fetchall()
    assert logged == [(2,), (1,)]
