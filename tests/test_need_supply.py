"""Need against supply: classes by words, no small count, partners, speakers from a real server."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from kotoutus_tui import clock, settings
from kotoutus_tui.catalogue.patience import Patience
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.partners import need_supply, population
from kotoutus_tui.privacy.small_counts import LEAST
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.partners import PartnersScreen
from screens.widgets.event_list import EventList
from tests.cluster import OwnDatabase
from tests.desk import opened
from tests.partner_rows import make_organisation, make_service
from tests.people import make_client, make_team

_VARIABLES: list[dict[str, Any]] = [
    {"code": "alue_23_20260101", "text": "Alue", "values": ["SSS", "KU091", "KU167"]},
    {"code": "kieli_9_20260101", "text": "Kieli", "values": ["SSS", "FI", "ar", "ti", "XX1", "kurdi"],
     "valueTexts": ["Yhteensä", "suomi", "arabia", "tigrinja", "muu kieli", "kurdi"]},
    {"code": "sukupuoli_9_20180101", "text": "Sukupuoli", "values": ["1", "2", "SSS"]},
    {"code": "timeperiod_y", "text": "Vuosi", "values": ["2024", "2025"], "time": True},
    {"code": "contentscode", "text": "Tiedot", "values": ["vaerak-vaesto"]},
]  # fmt: skip
_DATA: dict[str, Any] = {
    "class": "dataset", "id": [each["code"] for each in _VARIABLES], "size": [1, 6, 1, 1, 1],
    "dimension": {
        "alue_23_20260101": {"category": {"index": {"KU167": 0}}},
        "kieli_9_20260101": {"category": {
            "index": {"SSS": 0, "FI": 1, "ar": 2, "ti": 3, "XX1": 4, "kurdi": 5},
            "label": {"FI": "suomi", "kurdi": "kurdi", "XX1": "muu kieli"},
        }},
        "sukupuoli_9_20180101": {"category": {"index": ["SSS"]}},
        "timeperiod_y": {"category": {"index": {"2025": 0}}},
        "contentscode": {"category": {"index": {"vaerak-vaesto": 0}}},
    },
    "value": [77000, 70000, 812, None, 40, 95],
}  # fmt: skip


class _App(KotoutusApp):
    DEFAULT_MODE = "partners"
    MODES: ClassVar[dict[str, Any]] = {"partners": PartnersScreen}


class _Office(BaseHTTPRequestHandler):
    """A server of tables; `script` are statuses answered first, `page` is what a proxy's login shows."""

    script: ClassVar[list[int]] = []
    page: ClassVar[bool] = False
    asked: ClassVar[list[Any]] = []

    def do_GET(self) -> None:
        self._answer({"title": "x", "variables": _VARIABLES})

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer(_DATA)

    def _answer(self, content: Any) -> None:
        status = self.script.pop(0) if self.script else 200
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Type", "text/html" if self.page else "application/json")
        body = b"<html>login</html>" if self.page else json.dumps(content).encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        del format, args


@pytest.fixture
def office() -> Iterator[str]:
    with _serving() as address:
        yield address


@contextmanager
def _serving() -> Iterator[str]:
    _Office.script, _Office.page = [], False
    _Office.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Office)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_speakers_are_read_by_the_beginnings_of_codes_and_stay_when_the_office_is_away(
    database: OwnDatabase, doors: Callable[[str], Database], office: str
) -> None:
    make_team(database)
    db = doors("aino")
    at_once = Patience(tries=2, shortest_wait=0, longest_wait=0, spacing=0, connect=2, read=2)
    _Office.script = [429]
    assert await population.fetch(db, office, operation_id=uuid4(), patience=at_once) == 4
    (asked,) = _Office.asked
    chosen = {each["code"]: each["selection"]["values"] for each in asked["query"]}
    assert chosen["alue_23_20260101"] == ["KU167"]
    assert chosen["sukupuoli_9_20180101"] == ["SSS"]
    assert chosen["timeperiod_y"] == ["2025"]
    assert len(chosen["kieli_9_20260101"]) == 6
    known = await population.known(db)
    shown = {language: population.people_text(each) for language, each in known.items()}
    assert shown == {"fi": "70\u00a0000", "ar": "812", "ti": "<", "ku": "95"}
    assert "2025" in population.source_line(known)

    _Office.page = True
    with pytest.raises(Unreachable) as login:
        await population.fetch(db, office, operation_id=uuid4(), patience=at_once)
    assert "Tilastokeskukseen ei nyt saada yhteyttä" in login.value.sentence
    with pytest.raises(Unreachable):
        await population.fetch(db, "http://127.0.0.1:1", operation_id=uuid4(), patience=at_once)
    assert await population.known(db) == known


def test_a_table_of_another_form_is_said_and_not_guessed() -> None:
    today = date(2026, 11, 24)
    for variables in (_VARIABLES[1:], [{**_VARIABLES[0], "values": ["SSS"]}, *_VARIABLES[1:]]):
        with pytest.raises(population.UnfamiliarTable):
            population.question(variables)
    for broken in (
        {},
        {**_DATA, "size": [1, 6, 2, 1, 1]},
        {**_DATA, "id": []},
        {**_DATA, "value": []},
        {**_DATA, "dimension": None},
    ):
        with pytest.raises(population.UnfamiliarTable):
            population.people_of(broken, today)
    sparse = {**_DATA, "value": {"1": 5}}
    assert {each.language: each.people for each in population.people_of(sparse, today)}["fi"] == 5


async def test_need_is_counted_without_small_ones_and_set_against_what_partners_give(
    database: OwnDatabase, doors: Callable[[str], Database], office: str, tmp_path: Path
) -> None:
    make_team(database)
    # Arabic 9, Somali 6, Tigrinya 2 need a language course: the 2 would be the rest if 6 were shown.
    _clients(database, {"ar": 9, "so": 6, "ti": 2}, "Kielikurssi")
    _clients(database, {"uk": 5}, "Työkokeilu kaupassa")
    _clients(database, {"uk": 7}, "Sosiaalityön tapaaminen")
    college = make_organisation(database, "Opisto", kind="education")
    make_service(database, college, "Suomen kielen kurssi", spoken="fi ar", interpreted="so")
    make_service(database, college, "Toinen kielikurssi", spoken="fi ar", interpreted="ar")
    make_service(database, college, "Lakkautettu kielikurssi", spoken="ti", state="ended")
    db = doors("bilal")
    rows = await need_supply.read(db, clock.today())
    told = {(each.language, each.service_class): each for each in rows}
    assert told["ar", "language_course"].clients == 9
    assert told["so", "language_course"].clients is None
    assert told["ti", "language_course"].clients is None
    assert told["uk", "work"].clients == 5
    assert told["uk", "health_social"].clients == 7
    assert ("uk", "language_course") not in told
    arabic = told["ar", "language_course"]
    assert (arabic.spoken, arabic.interpreted, arabic.gap) == (1, 0, "spoken")
    assert told["so", "language_course"].gap == "interpreter"
    assert [each.gap for each in rows] == sorted((each.gap for each in rows), key=need_supply.GAPS.index)
    text = need_supply.as_csv(rows)
    assert "so;language_course;<5;0;1;;" in text
    assert all(each.clients is None or each.clients >= LEAST for each in rows)
    for login, function in (("arto", "api.client_need"), ("bilal", "access.service_classes")):
        with (
            psycopg.connect(database.as_login(login), autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            name = sql.Identifier(*function.split("."))
            connection.execute(sql.SQL("select * from {}()").format(name))

    loaded = replace(settings.load(), statistics_url=office, drop_dir=tmp_path)
    async with opened(_App(Desk(db, loaded)), (80, 24)) as view:
        await view.until(lambda: bool(view.app.screen.query(EventList)))
        await view.settle()
        await view.press("d")
        await view.see("Ei kumppania, ei edes tulkin kautta")
        await view.see("p hakee kielten puhujamäärät Joensuussa.")
        await view.press("p")
        await view.see("4 kielen puhujamäärät haettu.")
        await view.see("Tilastokeskus, haettu")
        await view.press("e")
        await view.see("riviä, tiedosto")
    assert "ar;language_course;9;1;0;812;2025" in _written(tmp_path)


def _written(directory: Path) -> str:
    return "".join(file.read_text("utf-8-sig") for file in directory.glob("need-*.csv"))


def _clients(database: OwnDatabase, languages: dict[str, int], title: str) -> None:
    for language, many in languages.items():
        for number in range(many):
            client = make_client(database, "aino", f"Testi{number}", "Asiakas", service_language=language)
            with psycopg.connect(database.as_superuser, autocommit=True) as connection:
                connection.execute(
                    "with p as (insert into app.plan (client_id, number, drawn_on) values (%(c)s, 1,"
                    " '2026-10-01') returning id), g as (insert into app.plan_goal (plan_id, client_id, term,"
                    " goal) select id, %(c)s, 'plan', 'x' from p returning id, plan_id)"
                    " insert into app.plan_measure (plan_id, client_id, goal_id, kind, title, justification)"
                    " select plan_id, %(c)s, id, 'service', %(t)s, 'x' from g",
                    {"c": client, "t": title},
                )
