"""The one door to PostgreSQL and the word of changes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import InternalError
from sqlmodel import select

from kotoutus_tui.database import AlreadyDone, Database
from kotoutus_tui.errors import NotAllowed, SetupError
from kotoutus_tui.live import Change, Connected, Disconnected, changes
from kotoutus_tui.privacy.access import who_am_i
from models.event import Event
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client


@pytest.fixture
async def aino(database: OwnDatabase) -> AsyncIterator[Database]:
    make_team(database)
    door = Database(database.as_login("aino"))
    yield door
    await door.close()


async def test_a_command_with_the_same_operation_id_has_no_second_effect(
    database: OwnDatabase, aino: Database
) -> None:
    client = make_client(database, "aino", "Ivanova", "Oksana")
    open_client(database, "aino", client)
    operation = uuid4()
    for attempt in range(2):
        try:
            async with aino.writing(operation, "note.write", client) as session:
                session.add(
                    Event(client_id=client, kind="note", occurred_at=datetime.now(UTC), body="Soitti")
                )
        except AlreadyDone:
            assert attempt == 1
    async with aino.reading() as session:
        assert [event.author for event in (await session.exec(select(Event))).all()] == ["aino"]


async def test_nothing_is_written_before_the_client_is_opened_nor_through_a_reading_session(
    database: OwnDatabase, aino: Database
) -> None:
    client = make_client(database, "aino", "Ivanova", "Oksana")
    event = {"client_id": client, "kind": "note", "occurred_at": datetime.now(UTC), "body": "Soitti"}
    with pytest.raises(NotAllowed):
        async with aino.writing(uuid4(), "note.write", client) as session:
            session.add(Event(**event))
    open_client(database, "aino", client)
    async with aino.reading() as session:
        session.add(Event(**event))
        with pytest.raises(InternalError, match="read-only"):
            await session.flush()


async def test_a_login_that_row_security_does_not_bind_is_refused(
    database: OwnDatabase, aino: Database
) -> None:
    me = await who_am_i(aino)
    assert (me.name, me.role) == ("Aino Aaltonen", "counsellor")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("create role outsider login; create role bypasser login bypassrls")
        statement = sql.SQL("grant connect on database {} to bypasser")
        connection.execute(statement.format(sql.Identifier(database.name)))
    for login in ("postgres", "bypasser", "outsider"):
        door = Database(database.as_login(login))
        with pytest.raises(SetupError):
            await who_am_i(door)
        await door.close()


async def test_a_database_of_another_version_is_refused_with_the_command_that_mends_it(
    database: OwnDatabase, aino: Database
) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("update app.schema_state set security_digest = 'older'")
    with pytest.raises(SetupError) as refused:
        await who_am_i(aino)
    assert "kotoutus db upgrade" in refused.value.next_step


async def test_a_change_is_told_by_table_and_id_and_junk_is_passed_over(
    database: OwnDatabase, aino: Database
) -> None:
    client = make_client(database, "aino", "Ivanova", "Oksana")
    open_client(database, "aino", client)
    stream = changes(aino)
    assert await anext(stream) == Connected()
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as connection:
        connection.execute("notify kotoutus, 'event:not an id'")
    async with aino.writing(uuid4(), "note.write", client) as session:
        session.add(Event(client_id=client, kind="note", occurred_at=datetime.now(UTC), body="Soitti"))
    assert await anext(stream) == Change("event", client)
    await stream.aclose()


async def test_a_lost_connection_is_said_and_comes_back_by_itself(
    database: OwnDatabase, aino: Database
) -> None:
    stream = changes(aino)
    assert await anext(stream) == Connected()
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'"
        )
    assert await anext(stream) == Disconnected()
    assert await anext(stream) == Connected()
    await stream.aclose()
