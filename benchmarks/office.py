"""The team's database in several sizes, on a server of the benchmarks' own; made once and kept."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from uuid import UUID

import platformdirs
import psycopg
from psycopg import sql

from kotoutus_tui.demo.load import fill
from kotoutus_tui.embedded import EmbeddedServer, reachable_home
from models.migrations.upgrade import status, upgrade

ROOT = Path(__file__).parent.parent
LEAD, COUNSELLOR = "helmi", "aino"
# A large team beside the demo's five: each has a hundred clients, or as many as there are.
COLLEAGUES = tuple(f"person{number:02}" for number in range(1, 51))
SHORT, LONG = 20, 2000  # events on the two timelines that are compared

# Both clients are the first of the counsellor's list, and of events of one kind everybody sees the same.
_EVENTS: LiteralString = """
with chosen as (
    select id from app.client where own_counsellor = %(login)s and phase = 'plan'
     order by sort_name, id limit 1 offset %(place)s),
    gone as (delete from app.event where client_id in (select id from chosen))
insert into app.event (id, client_id, kind, occurred_at, body, channel, minutes, entered_at, author)
select gen_random_uuid(), id, 'contact', now() - n * interval '9 hours',
       'Keskustelu ' || n || ': kielikurssi jatkuu, seuraava aika sovittu.', 'phone', 15,
       now() - n * interval '9 hours', %(login)s
  from chosen, generate_series(1, %(many)s) as n
"""

_SHARE_OUT: LiteralString = """
with chosen as (
    select id, (row_number() over (order by id) - 1) %% %(many)s + 1 as number
      from app.client where own_counsellor <> %(login)s and phase <> 'closed'
     limit least(%(many)s * 100, (select count(*) / 2 from app.client))),
    moved as (update app.assignment a set counsellor = 'person' || lpad(number::text, 2, '0')
                from chosen where a.client_id = chosen.id and upper_inf(a.during))
update app.client c set own_counsellor = 'person' || lpad(number::text, 2, '0')
  from chosen where c.id = chosen.id
"""

_FIRST = """
select id, name from app.client where phase <> 'closed' order by next_due nulls last, sort_name, id limit 1
"""


@dataclass(frozen=True)
class Office:
    """A running server with a database for each size."""

    server: EmbeddedServer

    def conninfo(self, size: int, login: str | None = None) -> str:
        """Return the connection string of a person, or of the superuser."""
        name = _name(size)
        return self.server.dsn(name, login) if login else self.server.dsn(name)

    def first(self, size: int, login: str) -> tuple[UUID, str]:
        """Return the first client of a person's caseload, with enough of the name to know the row by."""
        with psycopg.connect(self.conninfo(size, login)) as connection:
            row = connection.execute(_FIRST).fetchone()
        assert row is not None
        return row[0], row[1][:14].strip()

    def timeline_client(self, size: int, events: int) -> tuple[UUID, str]:
        """Return id and name of the counsellor's client who has so many events."""
        with psycopg.connect(self.conninfo(size)) as connection:
            row = connection.execute(
                "select c.id, c.name from app.client c where own_counsellor = %s and phase = 'plan'"
                " order by sort_name, id limit 1 offset %s",
                [COUNSELLOR, 0 if events == LONG else 1],
            ).fetchone()
        assert row is not None
        return row

    def statements(self, size: int, login: str) -> "StatementLog":
        """Return what this person's new sessions send to the database from now on."""
        with psycopg.connect(self.conninfo(size), autocommit=True) as connection:
            role = sql.Identifier(login)
            connection.execute(sql.SQL("alter role {} set log_min_duration_statement = 0").format(role))
        return StatementLog(self, size, login, self.server.home / "log")


@dataclass
class StatementLog:
    """The statements in the server's log since `mark`; `stop` ends the logging."""

    office: Office
    size: int
    login: str
    file: Path

    def __post_init__(self) -> None:
        self.mark()

    def mark(self) -> None:
        """Begin to count here."""
        self._start = self.file.stat().st_size

    def read(self) -> list[tuple[str, float]]:
        """Return each statement's text and its milliseconds in the database (parse, bind and execute)."""
        with self.file.open("rb") as file:
            file.seek(self._start)
            text = file.read().decode(errors="replace")
        found: list[tuple[str, float]] = []
        spent = 0.0
        for entry in re.split(r"^(?=\d{4}-\d\d-\d\d )", text, flags=re.MULTILINE):
            match = re.search(
                r"duration: ([0-9.]+) ms  (parse|bind|execute|statement)[^:]*: (.*)", entry, re.DOTALL
            )
            if match is None:
                continue
            spent += float(match[1])
            if match[2] in ("execute", "statement"):
                found.append((" ".join(match[3].split()), spent))
                spent = 0.0
        return found

    def stop(self) -> None:
        """Log no longer."""
        with psycopg.connect(self.office.conninfo(self.size), autocommit=True) as connection:
            role = sql.Identifier(self.login)
            connection.execute(sql.SQL("alter role {} reset log_min_duration_statement").format(role))


@contextmanager
def office(
    sizes: Sequence[int], tell: Callable[[str], object], logins: Mapping[str, str] | None = None
) -> Iterator[Office]:
    """Start the server and make the databases that are not there yet, which takes 1 ms a client."""
    home = reachable_home(platformdirs.user_cache_path("kotoutus") / "benchmarks")
    # Each session has two connections, and a third while it writes.
    with EmbeddedServer(home, logins=logins, settings={"max_connections": "300"}) as server:
        for size in sizes:
            _make(server, size, tell)
        yield Office(server)


def _make(server: EmbeddedServer, size: int, tell: Callable[[str], object]) -> None:
    name, version = _name(size), _version()
    conninfo = server.dsn(name)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
        ).fetchone()
        if row == (version,):
            if not status(conninfo).current:
                upgrade(conninfo)
            return
        tell(f"inventing {size:,} clients (kept for the next time) …")
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    upgrade(conninfo)
    fill(conninfo, size)
    with psycopg.connect(conninfo) as connection:
        for login in COLLEAGUES:
            connection.execute("select api.add_person(%s, 'counsellor', %s)", [login, login.title()])
        connection.execute("set local session_replication_role = replica")
        connection.execute(_SHARE_OUT, {"login": COUNSELLOR, "many": len(COLLEAGUES)})
        for place, many in enumerate((LONG, SHORT)):
            connection.execute(_EVENTS, {"login": COUNSELLOR, "place": place, "many": many})
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("vacuum analyze")
        comment = sql.SQL("comment on database {} is {}")
        connection.execute(comment.format(sql.Identifier(name), sql.Literal(version)))


def _name(size: int) -> str:
    return f"clients_{size}"


def _version() -> str:
    """Changes with what the databases are filled with; tables and rules are brought up to date in place."""
    digest = hashlib.sha256((_EVENTS + _SHARE_OUT).encode())
    for file in sorted((ROOT / "kotoutus_tui" / "demo").iterdir()):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def own_environment() -> dict[str, str]:
    """Return a clean environment with directories of its own for settings and state."""
    top = tempfile.mkdtemp(prefix="kt-bench-")
    names = ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    return {
        "PATH": os.environ["PATH"],
        "HOME": top,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        **{name: f"{top}/{name.lower()}" for name in names},
    }
