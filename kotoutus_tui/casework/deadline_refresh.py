"""Counts the deadlines of all clients that need it, past every rule of access: for a superuser alone."""

import gc
import json
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from queue import SimpleQueue
from typing import Any
from uuid import UUID

import psycopg

from kotoutus_tui import clock
from kotoutus_tui.casework.deadline_facts import FACTS, known_of
from kotoutus_tui.casework.deadline_rows import kept
from kotoutus_tui.casework.deadline_store import rules_digest
from kotoutus_tui.casework.deadlines import deadlines_of_many
from kotoutus_tui.casework.rules import rule_book
from kotoutus_tui.errors import NotAllowed
from kotoutus_tui.i18n import _

_BATCH = 500
# While the database answers for some clients, the deadlines of others are counted.
_AT_ONCE = 2


def refresh(
    conninfo: str,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    newly_filled: bool = False,
) -> int:
    """Count all clients whose facts or rules changed, or who were not counted today; return how many.

    Each day again, since an open interruption and the turn of a year move deadlines by themselves.
    `progress` hears how many of how many are done; what is done stays when it is broken off. A database
    that was `newly_filled` is counted without triggers: nobody reads it yet, and the days of its lists are
    no changes for the log. Raises NotAllowed for anybody but a superuser, and SetupError when a rule file
    has an error.
    """
    today = clock.today()
    with ExitStack() as stack:
        connections = [stack.enter_context(psycopg.connect(conninfo)) for _ in range(_AT_ONCE)]
        first = connections[0]
        if not _is_superuser(first):
            raise NotAllowed(
                _("Only a superuser of PostgreSQL may count the deadlines of all clients."),
                _("Run it as the user of the database server: sudo -u postgres kotoutus deadlines --refresh"),
            )
        rule_book()
        for connection in connections:
            if newly_filled:
                connection.execute("set session_replication_role = replica")
            # Plans made while a table was nearly empty would read it whole for each client.
            connection.execute("set enable_seqscan = off")
            connection.commit()
        first.execute("select access.apply_due_authorities()")
        first.execute("select access.apply_due_transfers()")
        due = _to_be_counted(first, today)
        first.commit()
        free: SimpleQueue[psycopg.Connection] = SimpleQueue()
        for connection in connections:
            free.put(connection)

        def count(clients: list[UUID]) -> int:
            connection = free.get()
            try:
                with connection.transaction():
                    _count(connection, clients, today)
            finally:
                free.put(connection)
            return len(clients)

        stack.enter_context(_without_garbage())
        pool = stack.enter_context(ThreadPoolExecutor(_AT_ONCE))
        done = 0
        for many in pool.map(count, (due[start : start + _BATCH] for start in range(0, len(due), _BATCH))):
            done += many
            progress(done, len(due))
    return len(due)


def rules_changed(conninfo: str) -> bool:
    """Whether any deadlines were counted by other rules than this program's; False if not superuser."""
    with psycopg.connect(conninfo) as connection:
        if not _is_superuser(connection):
            return False
        row = connection.execute(
            "select exists (select from app.deadline_state where rules is not null and rules <> %s)",
            (rules_digest(),),
        ).fetchone()
    return bool(row and row[0])


def _is_superuser(connection: psycopg.Connection) -> bool:
    row = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    return bool(row and row[0])


def _to_be_counted(connection: psycopg.Connection, today: date) -> list[UUID]:
    morning = datetime.combine(today, time(), clock.HELSINKI)
    found = connection.execute(
        "select c.id from app.client c left join app.deadline_state s on s.client_id = c.id"
        " where s.client_id is null or s.stale or s.rules is distinct from %s or s.counted_at < %s"
        " order by c.id",
        (rules_digest(), morning),
    )
    return [row[0] for row in found]


def _count(connection: psycopg.Connection, clients: list[UUID], today: date) -> None:
    # A person who changes a fact meanwhile waits for the batch, and counts the client again after it.
    connection.execute(
        "select from app.deadline_state where client_id = any(%s) order by client_id for update", (clients,)
    )
    rows = connection.execute(FACTS, {"clients": clients}).fetchall()
    known = [known_of(row, today) for row in rows]
    book = rule_book()
    outcomes = deadlines_of_many(((each, each.facts) for each in known), today, book)
    counted: list[dict[str, Any]] = []
    for each, outcome in outcomes:
        given, summary = kept(each, outcome, today, book)
        counted.append({"client": str(each.client_id), "rows": given, "summary": summary})
    connection.execute("select access.write_deadlines(%s, %s)", (json.dumps(counted), rules_digest()))


@contextmanager
def _without_garbage() -> Generator[None]:
    """Look for no garbage: all that is made here is freed at once, and looking takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
