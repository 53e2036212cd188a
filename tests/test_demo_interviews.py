"""The demo has interviews in every state, and marks of the national register."""

import psycopg

from kotoutus_tui.demo.load import fill
from tests.cluster import OwnDatabase


def test_every_state_of_an_interview_is_there(database: OwnDatabase) -> None:
    fill(database.as_superuser, 300)
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "with counted as (select i.*, (select count(*) from app.interview_item t"
            "  where t.interview_id = i.id) as items from app.interview i)"
            " select count(*) filter (where finished_on is null), count(finished_on),"
            " count(*) filter (where place <> 'office'), count(*) filter (where interpreter is null),"
            " count(*) filter (where items = 13), count(*) filter (where items < 13) from counted"
        ).fetchone()
        marks = connection.execute(
            "select count(*) filter (where confirmed_on is null), count(confirmed_on) from app.register_mark"
        ).fetchone()
        strays = connection.execute(
            "select count(*) from app.interview i left join app.event e on e.id = i.event_id"
            " where i.finished_on is not null and e.client_id is distinct from i.client_id"
        ).fetchone()
        twice = connection.execute(
            "select count(*) from (select from app.interview where finished_on is null"
            " group by client_id having count(*) > 1) x"
        ).fetchone()
    assert row is not None and all(row)
    assert marks is not None and all(marks)
    assert strays == twice == (0,)
