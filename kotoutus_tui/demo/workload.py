"""The invented team's working time and languages, and which clients are heavier or must stay."""

from datetime import date

import psycopg

from kotoutus_tui.demo.team import LEAD

_TIME = {"aino": 100, "bilal": 100, "eeva": 80, "juho": 50, "sanna": 100}
_LANGUAGES = {
    "aino": "en ru uk",
    "bilal": "ar en ckb",
    "eeva": "en sv",
    "juho": "en fa fr",
    "sanna": "en so sw",
}


def add(connection: psycopg.Connection, today: date) -> None:
    """Write them for the clients that are there; about one in eight is heavier, one in a hundred stays."""
    begin = today.replace(month=1, day=1)
    for login, percent in _TIME.items():
        connection.execute(
            "insert into app.working_time (login, percent, valid_from, set_by) values (%s, %s, %s, %s)",
            [login, percent, begin, LEAD],
        )
        for language in _LANGUAGES[login].split():
            connection.execute(
                "insert into app.staff_language (login, language, set_by) values (%s, %s, %s)",
                [login, language, LEAD],
            )
    connection.execute(_WEIGHTS, [LEAD])


_WEIGHTS = """
insert into app.client_weight (client_id, complexity, locked, lock_reason, updated_by)
select c.id, 1 + h.n %% 3, h.n %% 13 = 0,
       case when h.n %% 13 = 0 then 'Luottamussuhde on juuri syntynyt.' end, %s
  from app.client c
  cross join lateral (select ('x' || left(md5(c.id::text), 6))::bit(24)::int as n) h
 where h.n %% 8 = 0 and c.own_counsellor is not null and c.phase <> 'closed'
"""
