"""`kotoutus demo`: an invented team whose rows are what the database itself would have derived."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import psycopg
import pytest

from kotoutus_tui.demo.load import clients_in, fill
from kotoutus_tui.demo.personal_id import invented_personal_id
from kotoutus_tui.demo.team import TEAM
from tests.cluster import OwnDatabase
from tests.people import open_client

CLIENTS = 60

# Derived columns, before and after every row was written to itself with triggers on.
_DERIVED = """
select id, name, sort_name, next_due, next_task_id, last_contact_on, interviewed_on, referral_waiting_since
  from app.client order by id
"""
_AGAIN = """
update app.client
   set next_due = null, next_task_id = null, last_contact_on = null, interviewed_on = null,
       referral_waiting_since = null, name = 'x', sort_name = 'x';
delete from app.client_phone_key;
update app.task set title = title;
update app.client_name set kind = kind;
update app.client_contact set phone = phone;
-- Any event that counts has the dates derived from all; then it is withdrawn.
insert into app.event (client_id, kind, occurred_at, body)
select id, 'contact', clock_timestamp(), 'x' from app.client;
insert into app.event (client_id, kind, occurred_at, body, refers_to)
select client_id, 'withdrawal', clock_timestamp(), 'x', id from app.event where body = 'x';
update app.client set phase = phase, own_counsellor = own_counsellor;
update app.assignment set reason = reason;
set constraints all immediate;
"""


@pytest.fixture
def filled(database: OwnDatabase) -> OwnDatabase:
    """A database with the demo's team and clients."""
    fill(database.as_superuser, CLIENTS)
    return database


def test_the_loader_derives_what_the_triggers_do(filled: OwnDatabase) -> None:
    phone_keys = "select client_id, digits from app.client_phone_key order by client_id"
    with psycopg.connect(filled.as_superuser) as connection:
        loaded = connection.execute(_DERIVED).fetchall(), connection.execute(phone_keys).fetchall()
        connection.execute(_AGAIN)
        derived = connection.execute(_DERIVED).fetchall(), connection.execute(phone_keys).fetchall()
    assert len(loaded[0]) == CLIENTS
    differing = [mine[0] for mine, theirs in zip(loaded[0], derived[0], strict=True) if mine != theirs]
    assert not differing
    assert loaded[1] == derived[1]


def test_the_rows_keep_every_rule_that_loading_skipped(filled: OwnDatabase) -> None:
    with psycopg.connect(filled.as_superuser) as connection:
        keys = connection.execute(
            "select conrelid::regclass::text, (select attname from pg_attribute where attrelid = conrelid"
            " and attnum = conkey[1]), confrelid::regclass::text, (select attname from pg_attribute"
            " where attrelid = confrelid and attnum = confkey[1]) from pg_constraint where contype = 'f'"
            " and connamespace = 'app'::regnamespace"
        ).fetchall()
        assert keys
        for table, column, other, key in keys:
            dangling = connection.execute(
                f"select count(*) from {table} t where t.{column} is not null"  # pyright: ignore[reportArgumentType, reportCallIssue]
                f" and not exists (select from {other} o where o.{key} = t.{column})"
            ).fetchone()
            assert dangling == (0,), (table, column)
        assert connection.execute(
            "select count(*) from app.client_contact k join app.client c on c.id = k.client_id"
            " where c.protected and num_nonnulls(k.phone, k.email, k.address, k.municipality) > 0"
        ).fetchone() == (0,)
        assert connection.execute(
            "select count(*) from app.client_skeleton s"
            " where not exists (select from app.search_word w where w.unit = s.skeleton)"
        ).fetchone() == (0,)
        late = connection.execute(
            "select max(occurred_at) < now() from app.event where kind <> 'appointment'"
        ).fetchone()
    assert late == (True,)


def test_every_kind_of_case_is_there(database: OwnDatabase) -> None:
    fill(database.as_superuser, 300)
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select count(*) filter (where protected), count(*) filter (where own_counsellor is null),"
            " count(*) filter (where next_due < current_date - 1),"
            " count(*) filter (where next_due > current_date),"
            " count(*) filter (where period_start < '2025-01-01'),"
            " count(*) filter (where period_start >= '2025-01-01'), count(distinct phase),"
            " count(distinct name) > 250"
            " from app.client"
        ).fetchone()
        kinds = connection.execute("select count(distinct kind) from app.event").fetchone()
        members = connection.execute("select count(*) > 30 from app.household_member").fetchone()
    assert row is not None
    assert all(row)
    assert row[6] == 6
    assert kinds == (18,)
    assert members == (True,)


def test_a_counsellor_opens_an_own_client_and_reads_it(filled: OwnDatabase) -> None:
    with psycopg.connect(filled.as_login("aino")) as connection:
        seen = connection.execute("select id, own_counsellor from app.client").fetchall()
    # Aino stands in for Sanna.
    assert {counsellor for _client, counsellor in seen} == {"aino", "sanna"}
    own = [row for row in seen if row[1] == "aino"]
    assert open_client(filled, "aino", own[0][0]) == "own"
    with psycopg.connect(filled.as_login("aino")) as connection:
        assert connection.execute("select from app.event where client_id = %s", [own[0][0]]).fetchall()


def test_a_load_that_is_broken_off_leaves_nothing(database: OwnDatabase) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(database.as_superuser, 5, stop)
    assert clients_in(database.as_superuser) is None


def test_invented_codes_are_right_and_nobodys() -> None:
    random, taken = Random(1), set[str]()
    for born in (date(1960, 1, 1), date(1999, 12, 31), date(2004, 2, 29)) * 20:
        code = invented_personal_id(random, born, woman=True, taken=taken)
        assert 900 <= int(code[7:10]) <= 998
        assert int(code[7:10]) % 2 == 0
        assert code[:6] == born.strftime("%d%m%y")
        assert "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(code[:6] + code[7:10]) % 31] == code[10]
        assert code[6] in ("ABCDEF" if born.year >= 2000 else "-YXWVU")
    assert len(taken) == 60


@pytest.fixture
def home() -> Iterator[Path]:
    """A short directory for the server, which its user may enter."""
    top = Path(tempfile.mkdtemp(prefix="ktd-"))
    top.chmod(0o711)
    yield top
    shutil.rmtree(top, ignore_errors=True)


def _demo(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kotoutus_tui", "demo", *words],
        env=os.environ | {"KOTOUTUS_STATE_DIR": str(home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_demo_keeps_its_data_and_ends_its_server(home: Path) -> None:
    people = ("--", "admin", "people", "--json")
    first = _demo(home, "--clients", "20", "--as", "aino", *people)
    assert first.returncode == 0, first.stderr
    assert {person["login"] for person in json.loads(first.stdout)} == set(TEAM)
    assert "20/20" in first.stderr
    assert not (home / "demo" / "pg" / "postmaster.pid").exists()

    # The command runs as the person: a counsellor may not do an administrator's work.
    refused = _demo(
        home, "--as", "aino", "--", "admin", "add-person", "uusi", "--role", "lead", "--name", "U U"
    )
    assert refused.returncode == 3
    assert "Keksitään" not in refused.stderr
    added = _demo(
        home, "--as", "arto", "--", "admin", "add-person", "uusi", "--role", "lead", "--name", "U U"
    )
    assert added.returncode == 0, added.stderr
    kept = _demo(home, "--as", "tiina", *people)
    assert "uusi" in {person["login"] for person in json.loads(kept.stdout)}

    other = _demo(home, "--clients", "21", *people)
    assert "--reset" in other.stderr
    anew = _demo(home, "--reset", "--clients", "21", "--language", "sv", *people)
    assert anew.returncode == 0, anew.stderr
    assert "21 av 21" in anew.stderr
    assert "uusi" not in anew.stdout


def test_the_screens_need_a_terminal_before_anything_is_made(home: Path) -> None:
    done = _demo(home)
    assert done.returncode == 5
    assert not (home / "demo").exists()
