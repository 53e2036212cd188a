"""Hostile text in interruptions, decisions, studies, circumstances, documents and the hand-over."""

import sys
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.cluster import OwnDatabase
from tests.hostile import ACTING, ALL
from tests.people import make_client, make_team, open_client
from tests.sources import ROOT
from tests.terminal import END, ENTER, ESCAPE, PAGE_DOWN, Terminal
from tests.test_hostile import _drain
from tests.test_terminal import foreign_codes

_COLUMNS = (
    "interruption.note", "extension.reasons", "study.title", "study.provider", "study.language",
    "study.level", "client_status.representative", "client_status.representative_contact",
    "client_status.family_group_home", "client_document.kept_at", "authority_change.reason",
    "handover_item.not_applicable_reason",
)  # fmt: skip
_ROWS = """
insert into app.interruption (client_id, from_on, to_on, reason)
  values (%(c)s, '2026-04-01', '2026-04-20', 'illness');
insert into app.extension (client_id, decided_on, ground, months, reasons)
  values (%(c)s, '2026-06-01', 'low_education', 12, 'x');
insert into app.study (client_id, kind, title) values (%(c)s, 'other', 'x');
insert into app.client_document (client_id, kind) values (%(c)s, 'passport');
insert into app.authority_change (client_id, to_authority, effective_on)
  values (%(c)s, 'employment_authority', '2099-01-01');
insert into app.handover_item (change_id, client_id, item)
  select id, client_id, 'consent' from app.authority_change where client_id = %(c)s;
update app.client_status set unaccompanied = true where client_id = %(c)s
"""


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    client = make_client(
        database, "aino", "Ivanova", "Oksana", phase="plan", detail={"first_plan_drawn_on": "2025-03-14"}
    )
    open_client(database, "aino", client)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        for statement in _ROWS.split(";\n"):
            connection.execute(statement.encode(), {"c": client})
    return client


@pytest.mark.parametrize("field", _COLUMNS)
def test_every_field_refuses_a_text_or_keeps_it_whole(
    database: OwnDatabase, client: UUID, field: str
) -> None:
    table, _dot, column = field.partition(".")
    statement = f"update app.{table} set {column} = %s where client_id = %s returning {column}".encode()
    refused: set[str] = set()
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        for text in ALL:
            try:
                assert connection.execute(statement, (text, client)).fetchone() == (text,)
            except (psycopg.IntegrityError, psycopg.DataError, UnicodeEncodeError):
                refused.add(text)
    assert set(ACTING) - refused == set()
    assert refused < set(ALL)


def test_the_screen_sends_no_code_that_stood_in_the_data(
    database: OwnDatabase, client: UUID, tmp_path: Path
) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for domain in ("line", "prose"):
            connection.execute(f"alter domain app.{domain} drop constraint safe_text".encode())
        connection.execute("set session_replication_role = replica")
        for number, text in enumerate(ALL):
            with suppress(psycopg.DataError, UnicodeEncodeError):
                connection.execute(
                    "insert into app.study (client_id, kind, title, provider, language, level, created_by)"
                    " values (%(c)s, 'other', %(t)s, %(t)s, %(t)s, %(t)s, 'aino')",
                    {"c": client, "t": text[:200]},
                )
                connection.execute(
                    "insert into app.client_document (client_id, kind, kept_at, created_by)"
                    " values (%s, 'other', %s, 'aino')",
                    [client, text[:200]],
                )
                connection.execute(
                    "insert into app.extension (client_id, decided_on, ground, months, reasons, created_by)"
                    " values (%s, '2026-06-01', 'low_education', 1, %s, 'aino')",
                    [client, text],
                )
            if number % 7 == 0 and "\x00" not in text:
                with suppress(psycopg.DataError, UnicodeEncodeError):
                    for field in ("representative", "representative_contact", "family_group_home"):
                        connection.execute(
                            f"update app.client_status set {field} = %s".encode(), [text[:200]]
                        )
    env = {"KOTOUTUS_DATABASE": database.as_login("aino"), "KOTOUTUS_STATE_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "kotoutus_tui"]
    with Terminal(command, (140, 40), {**env, "PYTHONPATH": str(ROOT)}, "xterm-256color", ROOT) as terminal:
        sent = _drain(terminal, until=b"Ivanova")
        terminal.send(ENTER)
        sent += _drain(terminal, until=b"Aikajana")
        terminal.send("y")
        sent += _drain(terminal, until=b"681/2023")
        for keys in (*[PAGE_DOWN] * 12, END, *["\x1b[D"] * 3, ENTER):
            terminal.send(keys)
            sent += _drain(terminal)
        terminal.send(ESCAPE)
        sent += _drain(terminal)
        assert foreign_codes(sent) == []
        assert b"[Kela]" in sent
        assert terminal.process.isalive()
