"""The radar: its groups and counts, the same as the caseload's, snoozing, and the screen."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli, clock
from kotoutus_tui.casework import caseload, radar, radar_words, snoozing
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.radar import GROUPS, RadarQuery
from kotoutus_tui.database import Database
from kotoutus_tui.demo.load import fill
from kotoutus_tui.errors import InvalidInput, NotAllowed
from kotoutus_tui.i18n import format_day
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from tests.cluster import OwnDatabase
from tests.desk import opened
from tests.people import make_client, make_team

CLIENTS = 300


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Database]:
    """Aino at the demo's clients, their deadlines counted."""
    fill(database.as_superuser, CLIENTS)
    db = Database(database.as_login("aino"))
    yield db
    await db.close()


def _rows(database: OwnDatabase, statement: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(statement, values).fetchall()  # type: ignore[arg-type]


@pytest.mark.parametrize("login", ["aino", "helmi"])
async def test_counts_equal_those_of_the_caseload(database: OwnDatabase, login: str) -> None:
    fill(database.as_superuser, 1000)
    db = Database(database.as_login(login))
    shown = await caseload.counts(db, CaseloadQuery())
    reviews = await radar.counts(db, RadarQuery(rule="review"))
    ending = await radar.counts(db, RadarQuery(rule="period_end"))
    await db.close()
    assert shown.review_due > 0
    assert shown.plan_ending > 0
    assert reviews.overdue + reviews.today == shown.review_due
    assert ending.today + ending.week + ending.month + ending.quarter == shown.plan_ending


async def test_every_group_lists_what_it_counts_in_the_order_of_days(office: Database) -> None:
    counted = await radar.counts(office, RadarQuery())
    everything = await radar.page(office, RadarQuery(), 0, 10_000)
    assert len(everything) == counted.total == sum(counted.of(g) for g in GROUPS if g != "snoozed")
    assert [row.due_on for row in everything] == sorted(row.due_on for row in everything)
    for group in GROUPS:
        rows = await radar.page(office, RadarQuery(group), 0, 10_000)
        assert len(rows) == counted.of(group) == (await radar.counts(office, RadarQuery(group))).total
    assert any(row.is_task for row in everything)
    assert await radar.place(office, RadarQuery(), everything[57].key) == 57
    pages = [row.key for at in range(0, 60, 20) for row in await radar.page(office, RadarQuery(), at, 20)]
    assert pages == [row.key for row in everything[:60]]


async def test_filters_by_client_section_and_rule(office: Database) -> None:
    everything = await radar.page(office, RadarQuery(), 0, 10_000)
    one = everything[0].client_id
    of_one = await radar.page(office, RadarQuery(client_id=one), 0, 100)
    assert [row.key for row in of_one] == [row.key for row in everything if row.client_id == one]
    for section, count in await radar.sections(office, RadarQuery()):
        rows = await radar.page(office, RadarQuery(section=section), 0, 10_000)
        assert len(rows) == count
        assert {row.section for row in rows} == {section}
    tasks = await radar.page(office, RadarQuery(rule="task"), 0, 10_000)
    assert tasks
    assert all(row.is_task and row.title for row in tasks)


async def test_a_deputy_alone_sees_the_deadlines_of_others(office: Database, database: OwnDatabase) -> None:
    # In the demo Aino stands in for Sanna.
    own = _rows(database, "select id from app.client where own_counsellor in ('aino', 'sanna')")
    rows = await radar.page(office, RadarQuery(days=36_500), 0, 100_000)
    assert {row.client_id for row in rows} <= {row[0] for row in own}
    assert await radar.page(office, RadarQuery(counsellor="bilal"), 0, 10) == []


async def test_a_snooze_needs_an_opening_a_reason_and_a_day_to_come_and_is_taken_back(
    office: Database,
) -> None:
    query = RadarQuery("overdue", rule="review")
    row = (await radar.page(office, query, 0, 1))[0]
    day = clock.today() + timedelta(days=5)
    with pytest.raises(NotAllowed):
        await snoozing.snooze(office, row, day, "loma", operation_id=uuid4())
    await open_client(office, row.client_id)
    with pytest.raises(InvalidInput):
        await snoozing.snooze(office, row, clock.today(), "loma", operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await snoozing.snooze(office, row, day, "  ", operation_id=uuid4())
    before = await radar.counts(office, query)
    await snoozing.snooze(office, row, day, "loma", operation_id=uuid4())
    after = await radar.counts(office, query)
    assert (after.overdue, after.snoozed) == (before.overdue - 1, 1)
    snoozed = (await radar.page(office, RadarQuery("snoozed"), 0, 10))[0]
    assert (snoozed.key, snoozed.snoozed_until, snoozed.snooze_reason) == (row.key, day, "loma")
    assert "loma" in " ".join(radar_words.explanation(snoozed))
    await snoozing.take_back(office, snoozed, operation_id=uuid4())
    assert (await radar.counts(office, query)).overdue == before.overdue


def _app(database: OwnDatabase, login: str, state: Path) -> KotoutusApp:
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    return KotoutusApp(Desk(Database(settings.database), settings))


async def _client_with_a_plan(database: OwnDatabase, login: str) -> UUID:
    client = make_client(
        database, login, "Pitkänimi-Esimerkkinen", "Tyyne", detail={"first_plan_drawn_on": "2026-03-28"}
    )
    db = Database(database.as_login(login))
    await open_client(db, client)
    from kotoutus_tui.casework.deadline_store import recount_if_stale

    assert await recount_if_stale(db, client)
    await db.close()
    return client


async def test_the_screen_explains_snoozes_and_goes_to_the_client(
    database: OwnDatabase, tmp_path: Path
) -> None:
    make_team(database)
    client = await _client_with_a_plan(database, "aino")
    async with opened(_app(database, "aino", tmp_path), size=(80, 24)) as desk:
        await desk.press("2")
        await desk.see("Suunnitelman tarkistus")
        await desk.see("20 § 5")
        assert "[kaikki 2]" in desk.text
        await desk.press("down")
        await desk.see("28.3.2026 alkaen, 22 § 1 mom. 681/2023 = 28.9.2026")
        await desk.press("z")
        await desk.see("Määräajan torkutus")
        await desk.press("tab")
        await desk.write("odottaa tulkkia")
        await desk.press("enter")
        await desk.see("torkutettu 1")
        await desk.press("x", "left")
        await desk.see("[torkutettu 1]")
        await desk.see("odottaa tulkkia")
        await desk.press("z")
        await desk.see("torkutettu 0")
        await desk.press("x")
        await desk.see("[kaikki 2]")
        await desk.press("enter")
        await desk.see("Pitkänimi-Esimerkkinen Tyyne")
        await desk.see("Aikajana")
    assert _rows(database, "select reason from app.snooze where client_id = %s", client) == [
        ("odottaa tulkkia",)
    ]


async def test_the_lead_gives_a_reason_before_snoozing(database: OwnDatabase, tmp_path: Path) -> None:
    make_team(database)
    await _client_with_a_plan(database, "aino")
    async with opened(_app(database, "helmi", tmp_path), size=(120, 40)) as desk:
        await desk.press("2")
        await desk.see("Aino Aaltonen")
        await desk.press("z")
        await desk.see("Kerro, miksi avaat asiakkaan.")
        await desk.write("sijaistus")
        await desk.press("enter")
        await desk.see("Määräajan torkutus")


async def test_an_empty_radar_says_so(database: OwnDatabase, tmp_path: Path) -> None:
    make_team(database)
    async with opened(_app(database, "aino", tmp_path), size=(80, 24)) as desk:
        await desk.press("2")
        await desk.see("Mitään ei eräänny 90 päivään.")


def test_the_command_lists_what_is_due(
    database: OwnDatabase, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_team(database)
    asyncio.run(_client_with_a_plan(database, "aino"))
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert cli.main(["deadlines", "--plain"]) == 0
    printed = capsys.readouterr().out
    assert "Pitkänimi-Esimerkkinen Tyyne; Eräpäivä: 28.4.2026" in printed
    assert "Mitä: Suunnitelman tarkistus; Pykälä: 22 § 1 mom. 681/2023" in printed
    assert cli.main(["deadlines", "--days", "-1"]) == 2
    assert "Anna luku" in capsys.readouterr().err


def test_a_query_is_a_value() -> None:
    assert replace(RadarQuery(), group="week") == RadarQuery().with_group("week")


async def test_the_next_working_day_stands_beside_a_day_off(database: OwnDatabase, tmp_path: Path) -> None:
    make_team(database)
    client = make_client(database, "aino", "Testinen", "Tyyne")
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7 or 7)
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.task (client_id, title, due_on, created_by) values (%s, 'Soita', %s, 'aino')",
            (client, saturday),
        )
    free = radar_words.next_working_day(saturday)
    assert free is not None
    async with opened(_app(database, "aino", tmp_path), size=(80, 24)) as desk:
        await desk.press("2")
        await desk.see(f"{format_day(saturday)} → {format_day(free)}")
        await desk.see("Oma tehtävä: Soita")
