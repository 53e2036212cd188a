"""Invented partners for tests, written by a counsellor."""

from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from tests.cluster import OwnDatabase


def make_organisation(database: OwnDatabase, name: str, **facts: object) -> UUID:
    """Adds an organisation; columns by their names."""
    return _insert(database, "organisation", {"kind": "ngo", "name_fi": name, **facts})


def make_service(database: OwnDatabase, organisation: UUID, name: str, **facts: object) -> UUID:
    """Adds a service; columns by their names."""
    verified = facts.pop("verified_on", None)
    made = _insert(database, "service", {"organisation_id": organisation, "name_fi": name, **facts})
    if verified is not None:
        with psycopg.connect(database.as_superuser, autocommit=True) as connection:
            connection.execute("update app.service set verified_on = %s where id = %s", [verified, made])
    return made


def make_place(database: OwnDatabase, organisation: UUID, service: UUID, town: str, name: str = "") -> UUID:
    """Adds a place of a service."""
    values: dict[str, object] = {"organisation_id": organisation, "town": town, "name": name or None}
    made = _insert(database, "place", values)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.service_place (service_id, place_id) values (%s, %s)", [service, made]
        )
    return made


def _insert(database: OwnDatabase, table: str, values: dict[str, object]) -> UUID:
    made = uuid4()
    names = ["id", *values]
    statement = sql.SQL("insert into app.{} ({}) values ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * len(names)),
    )
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(statement, [made, *values.values()])
    return made
