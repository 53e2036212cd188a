"""Renewing the search keys of all names, after the rules that make them have changed."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
from kotoutus_tui.errors import NotAllowed, from_database
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    import psycopg
    from psycopg.rows import TupleRow

_BATCH = 2000
_COUNT = """
    select count(*) from app.client_name n left join app.client_search_key k on k.name_id = n.id
     where n.removed_at is null and k.key_version is distinct from %s
"""
_NEXT = """
    select n.id, n.given, n.family, n.patronymic
      from app.client_name n left join app.client_search_key k on k.name_id = n.id
     where n.removed_at is null and k.key_version is distinct from %s
     limit %s for update of n
"""
_STORE = """
    select access.put_name_keys(
               n.id, n.client_id, k.name_key, array(select jsonb_array_elements_text(k.skeletons)),
               extract(year from d.birth_date)::integer, %s)
      from jsonb_to_recordset(%s) as k (id uuid, name_key text, skeletons jsonb)
      join app.client_name n on n.id = k.id
      left join app.client_detail d on d.client_id = n.client_id
"""


def rebuild(conninfo: str, progress: Callable[[int, int], None]) -> int:
    """Renew the keys of names whose keys are missing or of another version; return how many there were.

    Each batch is committed, so that a stopped run goes on where it was. `progress` is told how many of how
    many are done. Raises NotAllowed unless the login may change every client, as the one that upgrades does.
    """
    from psycopg import Error, connect

    try:
        with connect(conninfo, autocommit=True) as connection:
            row = connection.execute("select usesuper from pg_user where usename = session_user").fetchone()
            if not row or not row[0]:
                raise NotAllowed(
                    _("Only the login that upgrades the database renews the keys of all names."),
                    _("Run this as that login, as you run: kotoutus db upgrade"),
                )
            return _rebuild(connection, progress)
    except Error as error:
        raise from_database(error) from error


def _rebuild(connection: "psycopg.Connection[TupleRow]", progress: Callable[[int, int], None]) -> int:
    count = connection.execute(_COUNT, [KEY_VERSION]).fetchone()
    total: int = count[0] if count else 0
    done = 0
    while True:
        with connection.transaction():
            names = connection.execute(_NEXT, [KEY_VERSION, _BATCH]).fetchall()
            if not names:
                return done
            keyed: list[dict[str, object]] = []
            for name_id, given, family, patronymic in names:
                keys = keys_of(given, family, patronymic)
                keyed.append({"id": str(name_id), "name_key": keys.name_key, "skeletons": keys.skeletons})
            connection.execute(_STORE, [KEY_VERSION, json.dumps(keyed)])
        done += len(keyed)
        progress(done, total)
