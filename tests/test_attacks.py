"""What a counsellor with psql tries, judged by what comes back: rows, words of errors, plans, delays."""

import threading
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.cluster import Cluster
from tests.security_desk import CANARY, HETU, Desk, facts, make_desk

ADD_EVENT = "insert into app.event (client_id, kind, occurred_at, body)"


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


def refused(desk: Desk, login: str, *statements: str, **values: Any) -> str:
    """Run the statements; the last one must be refused for want of rights. Returns the words of the error."""
    with desk.person(login) as connection:
        for statement in statements[:-1]:
            connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
        with pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported)) as caught:
            connection.execute(statements[-1], values)  # pyright: ignore[reportArgumentType]
    words = f"{caught.value} {caught.value.diag.message_detail} {caught.value.diag.context}"
    assert CANARY not in words
    return words


def rows(desk: Desk, login: str, statement: str, **values: Any) -> list[Any]:
    with desk.person(login) as connection:
        return connection.execute(statement, values).fetchall()  # pyright: ignore[reportArgumentType]


def test_the_permitted_work_succeeds(desk: Desk) -> None:
    """Without this, a desk that lets nobody in would pass everything below."""
    assert desk.open("aino", "own") == "own"
    own = desk.clients["own"]
    assert rows(desk, "aino", "select body from app.event where client_id = %(c)s", c=own)
    assert rows(desk, "aino", "select phone from app.client_contact where client_id = %(c)s", c=own)
    statement = f"{ADD_EVENT} values (%(c)s, 'note', now(), 'x') returning author"
    assert rows(desk, "aino", statement, c=own) == [("aino",)]


PRIVATE = ("client_detail", "client_contact", "client_language", "event", "household_member")


@pytest.mark.parametrize("table", PRIVATE)
def test_open_read_roll_back(desk: Desk, table: str) -> None:
    own = desk.clients["own"]
    with desk.person("aino") as connection:
        assert connection.execute("select api.open_client(%s)", (own,)).fetchone() == ("own",)
        query = f"select * from app.{table} where client_id = %s"
        found = connection.execute(query, (own,)).fetchall()  # pyright: ignore[reportArgumentType]
    assert found == []


def test_open_in_a_savepoint_that_is_rolled_back(desk: Desk) -> None:
    own = desk.clients["own"]
    with desk.person("aino") as connection:
        connection.execute("savepoint a")
        connection.execute("select api.open_client(%s)", (own,))
        connection.execute("savepoint b")
        connection.execute("select 1")
        assert connection.execute("select * from app.event where client_id = %s", (own,)).fetchall() == []
        connection.execute("release savepoint b")
        assert connection.execute("select * from app.event where client_id = %s", (own,)).fetchall() == []


def test_open_and_read_in_one_statement(desk: Desk) -> None:
    own = desk.clients["own"]
    opening = "with o as materialized (select api.open_client(%(c)s))"
    both = f"{opening} select e.body from o, app.event e where client_id = %(c)s"
    assert rows(desk, "aino", both, c=own) == []


def test_open_two_phase(desk: Desk) -> None:
    with desk.person("aino") as connection:
        connection.execute("select api.open_client(%s)", (desk.clients["own"],))
        with pytest.raises(errors.ObjectNotInPrerequisiteState):
            connection.execute("prepare transaction 'a'")


def test_an_opening_ends_by_the_clock(desk: Desk) -> None:
    own = desk.clients["own"]
    desk.open("aino", "own")
    with desk.person("aino") as connection:
        query = "select count(*) from app.event where client_id = %s"
        assert connection.execute(query, (own,)).fetchone() != (0,)
        with desk.superuser() as above:
            above.execute("update app.opening set expires_at = clock_timestamp()")
        assert connection.execute(query, (own,)).fetchone() == (0,)


def test_an_opening_is_made_only_by_the_door(desk: Desk) -> None:
    own = desk.clients["own"]
    values = (
        "(client_id, login, kind, expires_at, transaction) values (%(c)s, 'aino', 'own', 'infinity', '3')"
    )
    refused(desk, "aino", f"insert into app.opening {values}", c=own)
    desk.open("aino", "own")
    refused(desk, "aino", "update app.opening set expires_at = 'infinity'")
    refused(desk, "aino", "update app.opening set transaction = '1'")
    refused(desk, "aino", "delete from app.opening")


def test_a_client_that_moved_away_is_closed_at_once(desk: Desk) -> None:
    client = desk.run("aino", "select api.create_client(%s)", facts("Muuttaja"))
    desk.run("aino", "select api.open_client(%s)", client)
    with desk.person("aino") as connection:
        query = (
            "select (select count(*) from app.client where id = %(c)s)"
            " + (select count(*) from app.client_detail where client_id = %(c)s)"
        )
        assert connection.execute(query, {"c": client}).fetchone() == (2,)
        desk.run("helmi", "select api.assign(%s, 'bilal', 'muutto', %s)", client, uuid.uuid4())
        assert connection.execute(query, {"c": client}).fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "set role kotoutus_lead",
        "set role kotoutus_counsellor",
        "set role kotoutus_owner",
        "set role helmi",
        "set session authorization helmi",
        "set session authorization postgres",
        "set session_replication_role = replica",
        "grant kotoutus_lead to aino",
        "alter role aino superuser",
        "alter role helmi password 'x'",
        "create role varjo",
        "create database varjo",
        "alter system set log_statement = 'all'",
        "copy (select 1) to program 'id'",
        "copy (select 1) to '/tmp/x'",
        "copy app.saved_view (name) from '/etc/passwd'",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('/')",
        "do $$ begin null; end $$",
        "do language plpgsql $$ begin null; end $$",
        "create function app.f() returns int language sql as 'select 1'",
        "create function public.f() returns int language sql as 'select 1'",
        "create temp table t (a int)",
        "create table public.t (a int)",
        "create table app.t (a int)",
        "create schema varjo",
        "create extension dblink schema public",
        "create view app.v as select * from app.client",
        "create policy p on app.event using (true)",
        "alter table app.event disable row level security",
        "alter table app.event disable trigger all",
        "alter table audit.log_entry disable trigger user",
        "alter function access.opened() owner to aino",
        "drop policy opened_read on app.event",
        "drop trigger y_log on app.event",
        "lock table app.client in access exclusive mode",
        "lock table app.client in row exclusive mode",
        "lock table app.event in share mode",
        "lock table audit.log_entry in exclusive mode",
        "select pg_advisory_lock(1)",
        "select pg_try_advisory_xact_lock(1, 2)",
        "select pg_notify('kotoutus', 'client:x')",
        "select lo_create(0)",
        "select lo_from_bytea(0, 'x')",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'",
        "truncate app.event",
        "truncate audit.log_entry cascade",
        "delete from audit.log_entry",
        "update audit.log_entry set login = 'bilal'",
        "insert into audit.log_entry (action, login) values ('open', 'bilal')",
        "select * from audit.log_change",
        "select * from audit.log_seal",
        "select audit.seal()",
        "select * from app.conflict_block",
        "select * from app.client_identity",
        "select * from app.protected_contact",
        "select * from app.client_search_key",
        "select * from app.client_skeleton",
        "select * from app.client_phone_key",
        "select * from app.identity_clash",
        "explain select * from app.conflict_block",
        "explain analyze select * from app.protected_contact",
        "delete from app.client",
        "delete from app.event",
        "insert into app.client (name, sort_name, phase) values ('a', 'a', 'arriving')",
        "update app.client set own_counsellor = 'aino'",
        "update app.client set version = 99",
        "update app.client set protected = false",
        "update app.event set body = 'x'",
        "update app.task set version = 1",
        "update app.task set created_by = 'bilal'",
        "update app.client_detail set updated_by = 'bilal'",
        "update app.saved_view set login = 'aino'",
        "update app.staff set role = 'lead' where login = 'aino'",
        "select api.add_person('aino', 'lead', 'Aino')",
        "select api.remove_person('bilal')",
        "select access.put_protection(gen_random_uuid(), false, null)",
        "select access.put_personal_id(gen_random_uuid(), '')",
        "select access.note_use('a', 'b', null, null, null)",
        "select access.give_login('aino', 'lead')",
        "select access.blocked()",
        "select access.may_reveal(gen_random_uuid(), 'reveal_contact')",
        "create trigger t before insert on app.saved_view for each row execute function access.log_change()",
        "create subscription s connection 'dbname=x' publication p",
        "create publication p for all tables",
    ],
)
def test_a_counsellor_may_not(desk: Desk, statement: str) -> None:
    with desk.person("aino") as connection:
        connection.autocommit = not statement.startswith("lock")
        with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedObject)):
            connection.execute(statement)  # pyright: ignore[reportArgumentType]


def test_row_security_off_shows_nothing(desk: Desk) -> None:
    """What pg_dump does: with row_security off a query that would be filtered is an error."""
    refused(desk, "aino", "set row_security = off", "select * from app.client")
    refused(desk, "aino", "set row_security = off", "copy app.event to stdout")


@pytest.mark.parametrize("column", ["author", "entered_at"])
def test_author_and_time_of_entry_cannot_be_given(desk: Desk, column: str) -> None:
    desk.open("aino", "own")
    value = "'bilal'" if column == "author" else "'2020-01-01'"
    refused(
        desk,
        "aino",
        f"insert into app.event (client_id, kind, occurred_at, body, {column})"
        f" values (%(c)s, 'note', now(), 'x', {value})",
        c=desk.clients["own"],
    )


def test_login_of_others_cannot_be_given(desk: Desk) -> None:
    refused(desk, "aino", "insert into app.saved_view (login, name, query) values ('bilal', 'a', 'b')")
    refused(
        desk, "aino", "insert into app.command (operation_id, login, name) values (uuidv7(), 'bilal', 'b')"
    )


@pytest.mark.parametrize("setting", ["session_user", "role", "kotoutus.login", "application_name"])
def test_settings_do_not_make_another_person(desk: Desk, setting: str) -> None:
    with desk.person("aino") as connection:
        try:
            connection.execute("select set_config(%s, 'bilal', false)", (setting,))
        except psycopg.Error:
            connection.rollback()
        found = connection.execute("select id from app.client where id = %s", (desk.clients["other"],))
        assert found.fetchall() == []


def test_a_change_raises_the_version_by_one_and_only_one(desk: Desk) -> None:
    desk.open("aino", "own")
    own = desk.clients["own"]
    with desk.person("aino") as connection:
        query = "update app.client_detail set citizenship = %s where client_id = %s returning version"
        first = connection.execute(query, ("IQ", own)).fetchone()
        second = connection.execute(query, ("SY", own)).fetchone()
        assert first and second and second[0] == first[0] + 1


ABSENT = uuid.UUID("01900000-0000-7000-8000-000000000000")


@pytest.mark.parametrize(
    "statement",
    [
        "select api.open_client(%(c)s)",
        "select api.open_client(%(c)s, 'syy joka riittää')",
        "select api.ask_reveal(%(c)s, 'reveal_contact', 'syy joka riittää')",
        "select api.personal_id(%(c)s)",
        "select api.has_personal_id(%(c)s)",
        "select * from api.protected_contact(%(c)s)",
        "select * from api.glance(array[%(c)s::uuid])",
        "select api.be_present(%(c)s, 'x')",
        "select api.leave(%(c)s)",
        "select api.set_personal_id(%(c)s, '010190-999P')",
        "select api.set_protection(%(c)s, false, null)",
        "select api.set_protected_contact(%(c)s, '1', '2', '3', '4', '5')",
        "select api.add_household_member(%(c)s, null, 'a', 'child', false)",
        "insert into app.event (client_id, kind, occurred_at, body) values (%(c)s, 'note', now(), 'x')",
        (
            "insert into app.event (client_id, kind, occurred_at, body, refers_to)"
            " values (%(c)s, 'correction', now(), 'x', %(e)s)"
        ),
        "insert into app.task (client_id, title, due_on) values (%(c)s, 'x', now())",
        "insert into app.client_name (client_id, kind, family) values (%(c)s, 'passport', 'x')",
        "insert into app.client_language (client_id, language) values (%(c)s, 'ar')",
        "update app.client set phase = 'closed' where id = %(c)s",
        "update app.client_detail set citizenship = 'FI' where client_id = %(c)s",
        "select count(*) from app.client where id = %(c)s",
        "select count(*) from app.client_name where client_id = %(c)s",
        "select count(*) from app.task where client_id = %(c)s",
        "select count(*) from app.assignment where client_id = %(c)s",
        "select count(*) from app.presence where client_id = %(c)s",
    ],
)
@pytest.mark.parametrize("whose", ["other", "barred"])
def test_absent_and_not_yours_answer_alike(desk: Desk, statement: str, whose: str) -> None:
    with desk.superuser() as above:
        row = above.execute(
            "select id from app.event where client_id = %s limit 1", (desk.clients[whose],)
        ).fetchone()
        assert row
    answers = [
        _answer(desk, statement, client, event)
        for client, event in ((desk.clients[whose], row[0]), (ABSENT, ABSENT))
    ]
    assert answers[0] == answers[1]


def _answer(desk: Desk, statement: str, client: uuid.UUID, event: uuid.UUID) -> object:
    with desk.person("aino") as connection:
        try:
            result = connection.execute(statement, {"c": client, "e": event})  # pyright: ignore[reportArgumentType]
        except psycopg.Error as error:
            return (
                error.sqlstate,
                error.diag.message_primary,
                error.diag.message_detail,
                error.diag.constraint_name,
            )
        return result.rowcount, result.fetchall() if result.description else None


def test_a_refusal_stays_in_the_log(desk: Desk) -> None:
    assert desk.open("aino", "other") == "denied"
    query = "select count(*) from audit.log_entry where action = 'denied' and client_id = %(c)s"
    assert rows(desk, "aino", query, c=desk.clients["other"])[0][0] >= 1


def test_a_known_identity_code_says_nothing(desk: Desk) -> None:
    desk.open("aino", "own")
    own = desk.clients["own"]
    known = _answer(desk, f"select api.set_personal_id(%(c)s, '{HETU}')", own, ABSENT)
    unknown = _answer(desk, "select api.set_personal_id(%(c)s, '020290-998T')", own, ABSENT)
    assert known == unknown
    desk.run("aino", "select api.set_personal_id(%s, %s)", own, HETU)
    assert rows(desk, "helmi", "select 1 from app.identity_clash where client_id = %(c)s", c=own)


def test_a_known_external_id_says_nothing(desk: Desk) -> None:
    for number in ("X-other", "X-nobody"):
        with desk.person("aino") as connection:
            made = connection.execute("select api.create_client(%s)", (facts("Uusi", external_id=number),))
            assert made.fetchone()


def test_a_reveal_needs_a_reason_that_stays(desk: Desk) -> None:
    guarded = desk.clients["guarded"]
    desk.open("aino", "guarded")
    query = "select address from api.protected_contact(%s)"
    with desk.person("aino") as connection:
        assert connection.execute(query, (guarded,)).fetchall() == []
        ask = "select api.ask_reveal(%s, 'reveal_contact', %s)"
        assert connection.execute(ask, (guarded, "x")).fetchone() == (False,)
        assert connection.execute(ask, (guarded, "kirje postitettava")).fetchone() == (True,)
        assert connection.execute(query, (guarded,)).fetchall() == []
        connection.commit()
        assert connection.execute(query, (guarded,)).fetchone() == (f"{CANARY}katu 1",)


def test_lifting_protection_is_no_way_around_a_reveal(desk: Desk) -> None:
    guarded = desk.clients["guarded"]
    desk.open("aino", "guarded")
    with desk.person("aino") as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("select api.set_protection(%s, false, null)", (guarded,))


def test_a_conflict_of_interest_closes_everything(desk: Desk) -> None:
    barred = desk.clients["barred"]
    desk.run("helmi", "select api.set_conflict(%s, 'helmi', true)", barred)
    for login in ("aino", "helmi"):
        assert desk.open(login, "barred", "syy joka riittää") == "denied"
        for table, column in (
            ("client", "id"),
            ("client_name", "client_id"),
            ("event", "client_id"),
            ("task", "client_id"),
        ):
            assert rows(desk, login, f"select 1 from app.{table} where {column} = %(c)s", c=barred) == []
    with desk.person("helmi") as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("select api.set_conflict(%s, 'helmi', false)", (barred,))
    query = "select 1 from audit.log_entry where client_id = %(c)s and login <> 'helmi'"
    assert rows(desk, "helmi", query, c=barred) == []


@pytest.mark.parametrize("login", ["aino", "helmi"])
def test_a_plan_does_not_count_the_blocks(desk: Desk, login: str) -> None:
    def plan() -> list[Any]:
        how = "explain (analyze, costs off, timing off, summary off, buffers off)"
        query = f"{how} select id from app.client where name = 'x'"
        return rows(desk, login, query)

    before = plan()
    with desk.superuser() as above:
        add = "insert into app.conflict_block (client_id, login) values (%s, %s) on conflict do nothing"
        above.execute(add, (desk.clients["other"], login))
        after = plan()
        above.execute("delete from app.conflict_block where client_id = %s", (desk.clients["other"],))
    assert "InitPlan" in str(before)
    if login == "aino":  # bilal's client: whether it is barred for aino must not show
        assert before == after
    else:
        assert "blocked" not in str(after)


def test_a_leaky_function_sees_only_what_the_person_sees(desk: Desk) -> None:
    for leak in (
        "name::int > 0",
        "pg_input_is_valid(name, 'int')",
        "1 / (case when name like %(n)s then 0 else 1 end) > 0",
    ):
        with desk.person("aino") as connection:
            query = f"select count(*) from app.client where id = %(c)s and {leak}"
            values = {"c": desk.clients["other"], "n": f"{CANARY}Other%"}
            assert connection.execute(query, values).fetchone() == (0,)  # pyright: ignore[reportArgumentType]


def test_statistics_tell_no_values(desk: Desk) -> None:
    with desk.superuser() as above:
        above.execute("analyze app.client_name")
        above.execute("analyze app.event")
    query = "select count(*) from pg_stats where schemaname = 'app' and attname in ('family', 'body', 'name')"
    assert rows(desk, "aino", query) == [(0,)]


def test_other_people_do_not_see_what_a_person_runs(desk: Desk) -> None:
    with desk.person("bilal") as busy:
        busy.execute(f"select '{CANARY}'")
        query = "select query from pg_stat_activity where usename = 'bilal'"
        assert CANARY not in str(rows(desk, "aino", query))


def test_a_household_shows_no_facts_of_another_counsellors_client(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.person("aino") as connection, pytest.raises(errors.InsufficientPrivilege):
        link = "select api.add_household_member(%s, %s, null, 'spouse', false)"
        connection.execute(link, (desk.clients["own"], desk.clients["other"]))


def test_an_event_cannot_refer_to_another_client(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.superuser() as above:
        row = above.execute(
            "select id from app.event where client_id = %s", (desk.clients["guarded"],)
        ).fetchone()
    insert = (
        "insert into app.event (client_id, kind, occurred_at, body, refers_to)"
        " values (%(c)s, 'withdrawal', now(), 'x', %(e)s)"
    )
    real = _answer(desk, insert, desk.clients["own"], row[0] if row else ABSENT)
    assert real == _answer(desk, insert, desk.clients["own"], ABSENT)
    assert isinstance(real, tuple) and real[0] == "23503"


def test_rows_cannot_be_moved_to_another_client(desk: Desk) -> None:
    desk.open("aino", "own")
    for table in ("task", "client_name", "client_language", "client_detail", "client_contact"):
        refused(desk, "aino", f"update app.{table} set client_id = %(c)s", c=desk.clients["other"])


def test_definer_functions_with_the_ids_of_others(desk: Desk) -> None:
    with desk.superuser() as above:
        both = "app.client_name n join app.household_member m using (client_id)"
        query = f"select n.id, m.id from {both} where client_id = %s"
        row = above.execute(query, (desk.clients["other"],)).fetchone()
        assert row
        refused(desk, "aino", "select api.store_name_keys(%(n)s, 'x', '{}', 1990, 1)", n=row[0])
        desk.run("aino", "select api.remove_household_member(%s)", row[1])
        kept = above.execute(
            "select removed_at from app.household_member where id = %s", (row[1],)
        ).fetchone()
        assert kept == (None,)
    refused(desk, "aino", "select api.assign(%(c)s, 'aino', 'x', uuidv7())", c=desk.clients["other"])
    refused(desk, "aino", "select api.set_conflict(%(c)s, 'bilal', true)", c=desk.clients["other"])


def test_a_search_path_of_ones_own_changes_nothing(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.person("aino") as connection:
        connection.execute("set search_path = pg_temp, app, public")
        query = "select count(*) from app.client where id = %s"
        assert connection.execute(query, (desk.clients["other"],)).fetchone() == (0,)
        assert connection.execute("select api.open_client(%s)", (desk.clients["other"],)).fetchone() == (
            "denied",
        )


def test_what_others_hear_is_a_table_and_an_id(desk: Desk) -> None:
    with psycopg.connect(desk.database.as_login("bilal"), autocommit=True) as listener:
        listener.execute("listen kotoutus")
        desk.open("aino", "own")
        insert = "insert into app.event (client_id, kind, occurred_at, body) values (%s, 'note', now(), %s)"
        desk.run("aino", insert + " returning id", desk.clients["own"], CANARY)
        heard = [note.payload for note in listener.notifies(timeout=5, stop_after=1)]
    assert heard == [f"event:{desk.clients['own']}"]


@pytest.mark.parametrize("text", ["\x1b]52;c;eA==\x07", "a\u202eb", "a\u2028b", "\x9b31m", "a\u0301\x00"])
def test_text_that_could_command_a_terminal_is_refused(desk: Desk, text: str) -> None:
    with desk.person("aino") as connection, pytest.raises((errors.CheckViolation, psycopg.DataError)):
        connection.execute("insert into app.saved_view (name, query) values (%s, 'x')", (text,))


@pytest.mark.parametrize("login", ["arto", "tiina", "seppo"])
def test_who_is_no_counsellor_sees_no_client(desk: Desk, login: str) -> None:
    for call in (
        "select api.open_client(%(c)s, 'syy joka riittää')",
        "select api.personal_id(%(c)s)",
        "select * from api.glance(array[%(c)s::uuid])",
        "select api.names_a_client('Kanarialintu')",
        "select * from app.client",
        "select * from app.event",
    ):
        refused(desk, login, call, c=desk.clients["own"])


def test_an_administrator_cannot_become_somebody_else(desk: Desk) -> None:
    refused(desk, "arto", "select api.add_person('arto', 'lead', 'Arto')")
    for login in ("postgres", "kotoutus_owner", "pg_read_all_data"):
        with desk.person("arto") as connection, pytest.raises(errors.CheckViolation):
            connection.execute("select api.add_person(%s, 'lead', 'x')", (login,))


def test_a_person_who_left_sees_nothing_in_a_session_that_stays_open(desk: Desk) -> None:
    with desk.superuser() as above:
        above.execute("select api.add_person('cecilia', 'counsellor', 'Cecilia')")
    with desk.person("cecilia") as connection:
        assert connection.execute("select count(*) from app.client").fetchone() == (0,)
        connection.commit()
        desk.run("arto", "select api.remove_person('cecilia')")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("select count(*) from app.client")


def test_an_idle_transaction_keeps_no_other_person_waiting(desk: Desk) -> None:
    desk.open("aino", "own")
    done = threading.Event()

    def work() -> None:
        insert = "insert into app.saved_view (name, query) values ('a', 'b') returning id"
        desk.run("bilal", insert)
        done.set()

    with desk.person("aino") as idle:
        idle.execute(
            "update app.client_detail set citizenship = 'SO' where client_id = %s", (desk.clients["own"],)
        )
        thread = threading.Thread(target=work)
        thread.start()
        assert done.wait(5)
        thread.join()
