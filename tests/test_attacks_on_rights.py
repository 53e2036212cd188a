"""What a counsellor with psql may not do: become another, write as another, stop others, change the rules."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from tests.cluster import Cluster
from tests.security_desk import Desk, make_desk, refused


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


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
            connection.execute(statement)  # pyright: ignore[reportCallIssue, reportArgumentType]


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
