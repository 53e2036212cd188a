"""Handing over to the national register: fields, marks, what changed since, the queue and the file."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework import register_marks as marks
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.register_fields import LABELS, subjects
from kotoutus_tui.database import Database
from kotoutus_tui.errors import NotFound
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    client = make_client(database, "aino", "Ivanova", "Oksana", phase="plan")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "insert into app.interview (client_id, held_on, finished_on, created_by)"
            " values (%s, '2026-02-01', '2026-02-02', 'aino')",
            [client],
        )
        connection.execute(
            "insert into app.interview_item (interview_id, client_id, item, answer, source, updated_by)"
            " select id, client_id, 'literacy', 'Lukee hyvin', 'document', 'aino' from app.interview"
        )
        connection.execute(
            "insert into app.plan (client_id, number, drawn_on, starts_on, ends_on, own_words, created_by)"
            " values (%s, 1, '2026-02-15', '2026-02-15', '2027-02-14', 'Haluan töihin', 'aino')",
            [client],
        )
        connection.execute(
            "insert into app.plan_review (client_id, held_on, progress, created_by)"
            " values (%s, '2026-08-01', 'Edistyi', 'aino')",
            [client],
        )
    return client


async def test_fields_are_those_of_the_decree(database: OwnDatabase, client: UUID) -> None:
    db = Database(database.as_login("aino"))
    await open_client(db, client)
    assessment, plan, review = await subjects(db, client)
    values = {each.code: each.value for each in assessment.fields}
    assert values["date"] == "2.2.2026"
    assert values["content"] == "Luku- ja kirjoitustaito\nLukee hyvin"
    assert values["sources"] == "Luku- ja kirjoitustaito: asiakirja"
    assert values["authors"] == "Aino Aaltonen"
    assert {each.code: each.value for each in plan.fields}["duration"] == "15.2.2026–14.2.2027"
    assert {each.code: each.state for each in review.fields}["progress"] == "waiting"
    assert {each.code for one in (assessment, plan, review) for each in one.fields} == set(LABELS)
    await db.close()


async def test_copied_confirmed_and_changed_since(database: OwnDatabase, client: UUID) -> None:
    db = Database(database.as_login("aino"))
    await open_client(db, client)
    (row,) = await marks.queue(db)
    assert (row.waiting, row.begun, row.changed) == (3, 0, 0)
    assessment = (await subjects(db, client))[0]
    await marks.mark_copied(db, client, assessment, assessment.fields[0], operation_id=uuid4())
    assessment = (await subjects(db, client))[0]
    assert assessment.fields[0].state == "copied"
    assert (await marks.queue(db))[0].begun == 1
    await marks.mark_confirmed(db, client, assessment, operation_id=uuid4())
    states = {each.code: each.state for each in (await subjects(db, client))[0].fields}
    assert states["content"] == "confirmed" and states["measures"] == "empty"
    i18n.install("sv")
    assert {each.state for each in (await subjects(db, client))[0].fields} == {"confirmed", "empty"}
    i18n.install("fi")
    assert ((await marks.queue(db))[0].waiting, (await marks.queue(db))[0].begun) == (2, 0)
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute("update app.interview_item set answer = 'Lukee'")
    states = {each.code: each.state for each in (await subjects(db, client))[0].fields}
    assert (states["content"], states["sources"]) == ("changed", "confirmed")
    assert (await marks.queue(db))[0].changed == 1
    await db.close()


async def test_the_file_is_private_and_logged(database: OwnDatabase, client: UUID, tmp_path: Path) -> None:
    db = Database(database.as_login("aino"))
    await open_client(db, client)
    place = await marks.export(db, tmp_path / "drop", await subjects(db, client))
    assert place.stat().st_mode & 0o777 == 0o600
    assert str(client) not in place.name
    content = json.loads(place.read_text())
    assert [one["subject"] for one in content] == ["assessment", "plan", "review"]
    assert "Haluan töihin" in place.with_suffix(".txt").read_text()
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute("select count(*) from audit.log_entry where action = 'export'").fetchone()
    assert row == (1,)
    await db.close()


async def test_a_colleague_sees_nothing(database: OwnDatabase, client: UUID) -> None:
    db = Database(database.as_login("bilal"))
    assert await marks.queue(db) == []
    with pytest.raises(NotFound):
        await subjects(db, client)
    await db.close()
