"""Invented people for tests: a team in the database and clients made by their counsellors."""

import json
from uuid import UUID, uuid4

import psycopg

from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
from tests.cluster import OwnDatabase

TEAM = {
    "aino": ("counsellor", "Aino Aaltonen"),
    "bilal": ("counsellor", "Bilal Berg"),
    "helmi": ("lead", "Helmi Hakala"),
    "arto": ("admin", "Arto Ahola"),
    "tiina": ("auditor", "Tiina Toivola"),
}


def make_team(database: OwnDatabase) -> None:
    """Adds the five people of TEAM with their logins."""
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for login, (role, name) in TEAM.items():
            connection.execute("select api.add_person(%s, %s, %s)", [login, role, name])


def make_client(database: OwnDatabase, login: str, family: str, given: str, **facts: object) -> UUID:
    """Makes a client as `login`, whose own client it becomes; `facts` are those of api.create_client."""
    keys = keys_of(given, family)
    name = {"kind": "passport", "family": family, "given": given, "name_key": keys.name_key}
    name |= {"skeletons": keys.skeletons, "key_version": KEY_VERSION}
    whole = {"id": str(uuid4()), "names": [name], **facts}
    with psycopg.connect(database.as_login(login), autocommit=True) as connection:
        row = connection.execute("select api.create_client(%s)", [json.dumps(whole)]).fetchone()
    assert row is not None
    return row[0]


def open_client(database: OwnDatabase, login: str, client: UUID, reason: str | None = None) -> str:
    """Opens and commits; returns the database's answer."""
    with psycopg.connect(database.as_login(login), autocommit=True) as connection:
        row = connection.execute("select api.open_client(%s, %s)", [client, reason]).fetchone()
    assert row is not None
    return row[0]
