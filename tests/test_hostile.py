"""Hostile text in the database and on the real screens: refused or kept whole, never sent as a command."""

import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pexpect
import psycopg
import pytest

from tests.cluster import OwnDatabase
from tests.hostile import ACTING, ALL
from tests.people import make_client, make_team, open_client
from tests.process_rows import PROCESS_ROWS
from tests.sources import ROOT
from tests.terminal import ENTER, ESCAPE, HOME, PAGE_DOWN, UP, Terminal
from tests.test_terminal import foreign_codes

# Every column that a person may write text into, as the statement that writes it.
_FIELDS = {
    "event.body": "insert into app.event (client_id, kind, occurred_at, body) values (%s, 'note', now(), %s)"
    " returning body",
    "event.source": "insert into app.event (client_id, kind, occurred_at, body, reason)"
    " values (%s, 'note', now(), 'x', %s) returning reason",
    "task.title": "insert into app.task (client_id, due_on, title) values (%s, now(), %s) returning title",
    "saved_view.name": "insert into app.saved_view (name, query) select %s, 'x' where %s::uuid is not null"
    " returning name",
    "saved_view.query": "insert into app.saved_view (query, name) select %s, 'x' where %s::uuid is not null"
    " returning query",
    "client.service_language": "update app.client set service_language = %s where id = %s"
    " returning service_language",
    **{
        f"client_detail.{column}": f"update app.client_detail set {column} = %s where client_id = %s"
        f" returning {column}"
        for column in ("mother_tongue", "citizenship", "source")
    },
    **{
        f"client_contact.{column}": f"update app.client_contact set {column} = %s where client_id = %s"
        f" returning {column}"
        for column in ("phone", "email", "address", "municipality")
    },
    "arrival.label": "insert into app.arrival (label, arrives_on, source, template)"
    " select %s, now(), 'quota', 'quota' where %s::uuid is not null returning label",
    "arrival.place": "insert into app.arrival (place, label, arrives_on, source, template)"
    " select %s, 'x', now(), 'quota', 'quota' where %s::uuid is not null returning place",
    "compensation_claim.reference": "insert into app.compensation_claim (client_id, reference, year,"
    " claimed_on) values (%s, %s, 2025, now()) returning reference",
    **{
        f"{table}.{column}": f"update app.{table} set {column} = %s where client_id = %s returning {column}"
        for table, columns in {
            "plan": ("own_words", "parties"),
            "plan_goal": ("goal",),
            "plan_measure": ("title", "justification", "provider"),
            "plan_review": ("participation", "progress", "obstacles", "changes"),
        }.items()
        for column in columns
    },
    "client_language.language": "insert into app.client_language (client_id, language) values (%s, %s)"
    " returning language",
}


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    client = make_client(database, "aino", "Ivanova", "Oksana")
    open_client(database, "aino", client)
    with psycopg.connect(database.as_login("aino")) as connection:
        for statement in PROCESS_ROWS:
            if statement.strip().startswith("insert into app.plan"):
                connection.execute(statement.encode(), {"c": client, "body": "x"})
    return client


@pytest.mark.parametrize("field", _FIELDS)
def test_every_field_refuses_a_text_or_keeps_it_whole(
    database: OwnDatabase, client: UUID, field: str
) -> None:
    statement = _FIELDS[field]
    text_first = statement.startswith(("update", "insert into app.saved_view", "insert into app.arrival"))
    refused: set[str] = set()
    with psycopg.connect(database.as_login("aino")) as connection:
        for text in ALL:
            values = (text, client) if text_first else (client, text)
            try:
                row = connection.execute(statement.encode(), values).fetchone()
                assert row == (text,)
            except (psycopg.IntegrityError, psycopg.DataError, UnicodeEncodeError):
                refused.add(text)
            connection.rollback()
            open_client(database, "aino", client)
    assert set(ACTING) - refused == set()
    assert refused < set(ALL)


@pytest.fixture
def poisoned(database: OwnDatabase, client: UUID) -> OwnDatabase:
    """A database whose own guard is gone and that is full of hostile text: the screens must hold alone."""
    storable = [
        text for text in ALL if "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
    ]
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for domain in ("line", "prose"):
            connection.execute(f"alter domain app.{domain} drop constraint safe_text".encode())
        connection.execute("set session_replication_role = replica")
        for number, text in enumerate(storable):
            connection.execute(
                "insert into app.event (client_id, kind, occurred_at, body, author, source)"
                " values (%s, 'note', now() - %s * interval '1 day', %s, 'aino', 'client')",
                [client, number, text],
            )
            connection.execute(
                "insert into app.task (client_id, title, due_on, created_by)"
                " values (%s, %s, current_date + %s, 'aino')",
                [client, text[:200], number],
            )
            connection.execute(
                "insert into app.client (name, sort_name, phase, own_counsellor, next_due, next_task_id,"
                " service_language) select %s, %s, 'plan', 'aino', current_date + 1,"
                " (select id from app.task where title = %s limit 1), %s",
                [text[:200], text[:200], text[:200], text[:20]],
            )
        connection.execute("update app.client set next_due = current_date where id = %s", [client])
        # The plan in force: goals, measures and reviews.
        for text in storable:
            connection.execute(
                "with p as (select id from app.plan where client_id = %(c)s),"
                " g as (insert into app.plan_goal (plan_id, client_id, term, goal)"
                " select id, %(c)s, 'plan', %(t)s from p returning id, plan_id),"
                " r as (insert into app.plan_review (plan_id, client_id, held_on, progress, created_by)"
                " select id, %(c)s, '2026-03-01', %(t)s, 'aino' from p)"
                " insert into app.plan_measure (plan_id, client_id, goal_id, kind, title, justification,"
                " provider) select plan_id, %(c)s, id, 'service', %(l)s, %(t)s, %(l)s from g",
                {"c": client, "t": text, "l": text[:200]},
            )
        # Arrivals and the households' steps.
        for text in storable:
            connection.execute(
                "with a as (insert into app.arrival (label, arrives_on, source, place, template, created_by)"
                " values (%(t)s, current_date, 'quota', %(t)s, 'quota', 'aino') returning id)"
                " insert into app.reception_step (arrival_id, code, title, owner, due_on)"
                " select id, 'own', %(t)s, 'other', current_date from a",
                {"t": text[:200]},
            )
        connection.execute(
            "update app.staff set name = %s where login = 'aino'", ["Aino \x1b[2J\x9b31m\u202e"]
        )
    return database


def test_no_screen_sends_a_code_that_stood_in_the_data(poisoned: OwnDatabase, tmp_path: Path) -> None:
    env = {"KOTOUTUS_DATABASE": poisoned.as_login("aino"), "KOTOUTUS_STATE_DIR": str(tmp_path)}
    with Terminal(
        [sys.executable, "-m", "kotoutus_tui"],
        (140, 40),
        {**env, "PYTHONPATH": str(ROOT)},
        "xterm-256color",
        ROOT,
    ) as terminal:
        sent = _drain(terminal, until=b"Ivanova")
        for keys in (*[PAGE_DOWN] * 4, *[UP] * 12, HOME):
            terminal.send(keys)
            sent += _drain(terminal)
        terminal.send(ENTER)
        sent += _drain(terminal, until=b"Aikajana")
        for keys, until in (
            *[(PAGE_DOWN, "")] * 12,
            ("p", "Suunnitelma"),
            *[(PAGE_DOWN, "")] * 20,
            (ESCAPE, ""),
            (ESCAPE, ""),
            ("2", "Oma tehtävä: "),
            *[(PAGE_DOWN, "")] * 4,
            ("f", ""),
        ):
            terminal.send(keys)
            sent += _drain(terminal, until=until.encode())
        assert foreign_codes(sent) == []
        assert b"[Kela]" in sent and b"Suunnitelman aikaiset tavoitteet" in sent
        assert "Oma tehtävä: ".encode() in sent
        assert terminal.process.isalive()


def _drain(terminal: Terminal, until: bytes = b"") -> bytes:
    """What the program sends until it falls silent; past the emulator, which some honest letters upset."""
    sent = b""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            sent += terminal.process.read_nonblocking(65536, 0.15)
        except pexpect.TIMEOUT:
            if until in sent:
                break
    return sent


@pytest.mark.parametrize("form", ["--plain", "--json"])
def test_no_command_prints_a_code_that_stood_in_the_data(
    poisoned: OwnDatabase, client: UUID, form: str, tmp_path: Path
) -> None:
    for words in (["list", form], ["show", str(client), form], ["reception", form], ["deadlines", "--plain"]):
        done = subprocess.run(
            [sys.executable, "-m", "kotoutus_tui", *words],
            check=True, capture_output=True, cwd=ROOT,
            env={"KOTOUTUS_DATABASE": poisoned.as_login("aino"), "KOTOUTUS_STATE_DIR": str(tmp_path),
                 "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip
        assert len(done.stdout) > 2_000
        assert foreign_codes(done.stdout) == []
