"""Fills an empty database with the invented team and clients."""

from collections.abc import Callable
from typing import LiteralString, cast

import psycopg
from psycopg import sql

from kotoutus_tui import clock
from kotoutus_tui.casework.deadline_refresh import refresh
from kotoutus_tui.demo import appointments, stand_ins, workload
from kotoutus_tui.demo.guidance import guidance
from kotoutus_tui.demo.invent import Inventor
from kotoutus_tui.demo.names import origins
from kotoutus_tui.demo.partners import partners
from kotoutus_tui.demo.referrals import receivers
from kotoutus_tui.demo.rows import TABLES, Rows
from kotoutus_tui.demo.team import LEAD, TEAM

_BATCH = 2000


def fill(
    conninfo: str,
    clients: int,
    progress: Callable[[int], None] = lambda _done: None,
    counting: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Add the team and `clients` clients in one transaction as superuser; `progress` hears how many are in.

    Then count their deadlines; `counting` hears of how many of how many they are counted.

    Triggers do not run while loading, which is why the loader writes what they would derive. Nothing
    stays of a load that is broken off.
    """
    with psycopg.connect(conninfo) as connection:
        for login, (role, name) in TEAM.items():
            connection.execute("select api.add_person(%s, %s, %s)", [login, role, name])
        connection.execute("set local session_replication_role = replica")
        connection.execute("set local maintenance_work_mem = '128MB'")
        network = partners(clock.today(), clock.now())
        _write(connection, network)
        _write(connection, guidance(clock.today(), clock.now()))
        inventor = Inventor(clock.today(), clock.now(), _folding(connection), receivers(network))
        for start in range(0, clients, _BATCH):
            rows = Rows()
            many = min(_BATCH, clients - start)
            for _ in range(many):
                rows.extend(inventor.client())
            _write(connection, rows)
            progress(start + many)
        connection.execute(
            "insert into app.client_status (client_id, updated_by)"
            " select id, coalesce(own_counsellor, session_user) from app.client on conflict do nothing"
        )
        connection.execute("insert into app.deadline_state (client_id) select id from app.client")
        workload.add(connection, clock.today())
        stand_ins.add(connection, clock.today(), LEAD)
        _write(connection, appointments.rows(connection, clock.today(), clock.now()))
        appointments.settle(connection, clock.now())
        connection.execute(
            "insert into app.search_word (unit) select distinct skeleton from app.client_skeleton"
            " on conflict do nothing"
        )
    refresh(conninfo, counting, newly_filled=True)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def clients_in(conninfo: str) -> int | None:
    """Return how many clients there are, or None when the team was never made."""
    with psycopg.connect(conninfo) as connection:
        row = connection.execute(
            "select (select count(*) from app.client) where exists (select from app.staff)"
        ).fetchone()
    return row[0] if row else None


def _write(connection: psycopg.Connection, rows: Rows) -> None:
    for table, columns in TABLES.items():
        given = rows.tables[table]
        if not given:
            continue
        statement = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier("app", table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with connection.cursor().copy(statement) as copy:
            for row in given:
                copy.write_row(row)


def _folding(connection: psycopg.Connection) -> Callable[[str], str]:
    # The few words all names are made of are folded by the database itself, once.
    words = {
        part
        for origin in origins()
        for spelling in (*origin.women, *origin.men, *origin.families)
        for part in spelling.latin.split()
    }
    query = cast(LiteralString, "select w, access.sort_key(w) from unnest(%s::text[]) as w")
    folded: dict[str, str] = dict(connection.execute(query, [sorted(words)]).fetchall())
    return lambda name: " ".join(folded[word] for word in name.split())
