"""The responsible authority by the database alone: on its day, once, and back when a change is removed."""

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework.deadline_refresh import refresh
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

_OTHER = "employment_authority"


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    client = make_client(database, "aino", "Ivanova", "Oksana")
    open_client(database, "aino", client)
    return client


def _run(database: OwnDatabase, statement: str, *values: object) -> None:
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(statement.encode(), values)


def _change(database: OwnDatabase, client: UUID, effective_on: date, to: str = _OTHER) -> None:
    statement = "insert into app.authority_change (client_id, to_authority, effective_on) values (%s, %s, %s)"
    _run(database, statement, client, to, effective_on)


def _authority(database: OwnDatabase, client: UUID) -> str:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select responsible_authority from app.client where id = %s", [client]
        ).fetchone()
    assert row is not None
    return row[0]


def _let_the_day_come(database: OwnDatabase) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update app.authority_change set effective_on = current_date - 1")


def test_a_change_that_is_due_is_carried_out_at_once(database: OwnDatabase, client: UUID) -> None:
    _change(database, client, clock.today())
    assert _authority(database, client) == _OTHER


def test_a_change_to_come_waits_for_its_day_and_happens_when_the_client_is_opened(
    database: OwnDatabase, client: UUID
) -> None:
    _change(database, client, clock.today() + timedelta(days=30))
    open_client(database, "aino", client)
    assert _authority(database, client) == "municipality"
    _let_the_day_come(database)
    assert _authority(database, client) == "municipality"
    open_client(database, "aino", client)
    assert _authority(database, client) == _OTHER


def test_the_daily_run_carries_out_what_is_due(database: OwnDatabase, client: UUID) -> None:
    _change(database, client, clock.today() + timedelta(days=30))
    _let_the_day_come(database)
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        assert connection.execute("select access.apply_due_authorities()").fetchone() == (1,)
        assert connection.execute("select access.apply_due_authorities()").fetchone() == (0,)
    assert _authority(database, client) == _OTHER


def test_counting_all_deadlines_carries_it_out_too(database: OwnDatabase, client: UUID) -> None:
    _change(database, client, clock.today() + timedelta(days=30))
    _let_the_day_come(database)
    assert refresh(database.as_superuser) == 1
    assert _authority(database, client) == _OTHER
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select stale from app.deadline_state where client_id = %s", [client]
        ).fetchone()
    assert row == (False,)


def test_what_was_chosen_by_hand_afterwards_stands(database: OwnDatabase, client: UUID) -> None:
    _change(database, client, clock.today())
    _run(database, "update app.client set responsible_authority = 'municipality' where id = %s", client)
    open_client(database, "aino", client)
    assert _authority(database, client) == "municipality"


def test_a_change_that_is_removed_is_taken_back_and_one_brought_back_is_carried_out_again(
    database: OwnDatabase, client: UUID
) -> None:
    _change(database, client, clock.today())
    _run(database, "update app.authority_change set removed_at = now() where client_id = %s", client)
    assert _authority(database, client) == "municipality"
    _run(database, "update app.authority_change set removed_at = null where client_id = %s", client)
    assert _authority(database, client) == _OTHER


def test_a_change_back_comes_after_the_one_before_whatever_the_order_of_entry(
    database: OwnDatabase, client: UUID
) -> None:
    today = clock.today()
    _change(database, client, today, "municipality")
    _change(database, client, today - timedelta(days=90))
    assert _authority(database, client) == "municipality"


def test_the_home_of_a_protected_person_is_not_kept_among_circumstances(
    database: OwnDatabase, client: UUID
) -> None:
    home = "update app.client_status set family_group_home = 'Perheryhmäkoti Malli' where client_id = %s"
    _run(database, home, client)
    _run(database, "select api.set_protection(%s, true, null)", client)
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select family_group_home from app.client_status where client_id = %s", [client]
        ).fetchone()
    assert row == (None,)
    with pytest.raises(psycopg.errors.CheckViolation):
        _run(database, home, client)
