"""The demo's appointments: what a real calendar has, nobody in two at once, and a timeline that agrees."""

import psycopg

from kotoutus_tui.demo.load import fill
from tests.cluster import OwnDatabase

_DISAGREEING = """
select count(*) from app.appointment_client p join app.appointment a on a.id = p.appointment_id
 where (a.cancelled_at is null and p.attendance is distinct from 'client_cancelled')
       <> exists (select from app.event e where e.client_id = p.client_id and e.occurred_at = a.starts_at
                  and e.kind = case when p.attendance = 'no_show' then 'no_show' else 'appointment' end)
"""


def test_every_counsellor_has_weeks_behind_and_ahead_and_the_timeline_agrees(database: OwnDatabase) -> None:
    fill(database.as_superuser, 60)
    with psycopg.connect(database.as_superuser) as connection:

        def value(statement: str) -> object:
            row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
            return row[0] if row else None

        busy = connection.execute(
            "select counsellor, count(*) filter (where starts_at < now()) > 10,"
            " count(*) filter (where starts_at > now()) > 20, count(interpreter) > 3 from app.appointment"
            " group by counsellor order by counsellor"
        ).fetchall()
        assert [row[0] for row in busy] == ["aino", "bilal", "eeva", "juho", "sanna"]
        assert all(all(row[1:3]) for row in busy)
        assert any(row[3] for row in busy)
        moved = "select count(*) from app.appointment where starts_at <> original_start"
        assert value(moved)
        assert value("select count(distinct attendance) from app.appointment_client") == 3
        assert value("select count(*) from app.absence") == 5
        assert (
            value(
                "select count(*) from app.appointment a join app.absence b on b.login = a.counsellor"
                " and (a.starts_at at time zone 'Europe/Helsinki')::date between b.from_on and b.to_on"
            )
            == 0
        )
        assert value(
            "select count(*) from app.appointment a where series_id is not null and cancelled_at is not null"
        )
        # What stands in the calendar stands on the timeline, and nothing else does.
        assert value(_DISAGREEING) == 0
        assert value("select count(*) from app.event where kind = 'no_show' and body like '%%32 a §%%'")
        changed = value(
            "select count(*) from app.calendar_sent s join app.appointment a on a.id = s.appointment_id"
            " where a.sequence > s.sequence"
        )
        assert isinstance(changed, int)
        assert changed > 1
