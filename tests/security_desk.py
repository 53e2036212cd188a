"""A small team and its clients, for tests that ask what the database itself allows."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import errors
from psycopg.types.json import Jsonb

from tests.cluster import OwnDatabase
from tests.process_rows import PROCESS_ROWS

PEOPLE = {"aino": "counsellor", "bilal": "counsellor", "helmi": "lead", "arto": "admin", "tiina": "auditor"}
CANARY = "Kanarialintu"
HETU = "010190-999P"
ABSENT = uuid.UUID("01900000-0000-7000-8000-000000000000")


@dataclass
class Desk:
    """The database with two counsellors' clients; ids by name in `clients`."""

    database: OwnDatabase
    clients: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def person(self, login: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection of this person; what is not committed is rolled back."""
        connection = psycopg.connect(self.database.as_login(login))
        try:
            yield connection
        finally:
            connection.rollback()
            connection.close()

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection that commits each statement and is above every rule."""
        with psycopg.connect(self.database.as_superuser, autocommit=True) as connection:
            yield connection

    def run(self, login: str, statement: str, *values: Any) -> Any:
        """Carry out one statement, commit it, and return the first column of its first row."""
        with self.person(login) as connection:
            row = connection.execute(statement, values).fetchone()  # pyright: ignore[reportArgumentType]
            connection.commit()
            return row[0] if row else None

    def open(self, login: str, client: str, reason: str | None = None) -> Any:
        """Open a client for good and return the answer."""
        return self.run(login, "select api.open_client(%s, %s)", self.clients[client], reason)

    def close_all(self) -> None:
        """Forget every opening, so that the next test begins with none."""
        with self.superuser() as connection:
            connection.execute("delete from app.opening")


def facts(family: str, **more: Any) -> Jsonb:
    """What api.create_client takes, with as little as it needs."""
    name = {
        "kind": "passport", "family": family, "given": "Testi", "name_key": family.lower(),
        "skeletons": [family[:3].lower()], "birth_year": 1990, "key_version": 1,
    }  # fmt: skip
    return Jsonb({"names": [name], "phase": "plan"} | more)


def make_desk(database: OwnDatabase) -> Desk:
    """Fill a migrated database: `own` and `guarded` of aino, `other` of bilal, `barred` kept from aino."""
    desk = Desk(database)
    with desk.superuser() as connection:
        for login, role in PEOPLE.items():
            connection.execute("select api.add_person(%s, %s, %s)", (login, role, login.title()))
        connection.execute("create role seppo login")
        connection.execute("grant kotoutus_sealer to seppo with inherit true, set false")
    owners = {"own": "aino", "guarded": "aino", "other": "bilal", "barred": "bilal"}
    for name, login in owners.items():
        detail = {"birth_date": "1990-01-01", "mother_tongue": "ar"}
        contact = {"phone": "0401234567", "address": f"{CANARY}katu 1"}
        more = {"detail": detail, "contact": contact, "languages": [{"language": "ar", "level": "A1"}],
                "external_id": f"X-{name}"}  # fmt: skip
        family = f"{CANARY}{name.title()}"
        desk.clients[name] = desk.run(login, "select api.create_client(%s)", facts(family, **more))
    _fill(desk)
    desk.close_all()
    return desk


def _fill(desk: Desk) -> None:
    with desk.superuser() as connection:
        for name, client in desk.clients.items():
            owner = "aino" if name in ("own", "guarded") else "bilal"
            one = {"c": client, "o": owner, "op": uuid.uuid4(), "body": f"{CANARY} {name}", "key": name}
            home = connection.execute("insert into app.household default values returning id").fetchone()
            one["home"] = home[0] if home else None
            for statement in _ROWS:
                connection.execute(statement, one)
        connection.execute("select access.put_personal_id(%s, %s)", (desk.clients["other"], HETU))
        connection.execute("insert into app.conflict_block (client_id, login) values (%s, 'aino')",
                           (desk.clients["barred"],))  # fmt: skip
        connection.execute("select access.put_protection(%s, true, null)", (desk.clients["guarded"],))
        connection.execute("insert into app.identity_clash (client_id, other_client_id) values (%s, %s)",
                           (desk.clients["own"], desk.clients["other"]))  # fmt: skip


_ROWS = (
    "insert into app.event (client_id, kind, occurred_at, body) values (%(c)s, 'note', now(), %(body)s)",
    "insert into app.task (client_id, title, due_on) values (%(c)s, %(body)s, '2026-12-01')",
    "insert into app.household_member (household_id, client_id, relation) values (%(home)s, %(c)s, 'self')",
    "insert into app.presence (client_id, login) values (%(c)s, %(o)s)",
    "insert into app.saved_view (login, name, query) values (%(o)s, 'näkymä', 'phase:plan')",
    "insert into app.notice (login, kind, client_id) values (%(o)s, 'received', %(c)s)",
    "insert into app.command (operation_id, login, name, client_id) values (%(op)s, %(o)s, 'test', %(c)s)",
    "insert into app.import_run (login, file_digest, created_count, changed_count) values (%(o)s, 'x', 1, 0)",
    *PROCESS_ROWS,
)


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
    """All rows that the statement gives this person; nothing is committed."""
    with desk.person(login) as connection:
        return connection.execute(statement, values).fetchall()  # pyright: ignore[reportArgumentType]


def answer(desk: Desk, statement: str, client: UUID, event: UUID) -> object:
    """All that aino learns from the statement about client `%(c)s` and event `%(e)s`: rows or an error."""
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
