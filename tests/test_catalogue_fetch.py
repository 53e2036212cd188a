"""Reading the catalogue over real HTTP: what comes out, and that nothing that goes wrong changes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kotoutus_tui import places
from kotoutus_tui.catalogue import faults
from kotoutus_tui.catalogue.records import HoursRecord, PlaceRecord
from kotoutus_tui.database import Database
from kotoutus_tui.demo.catalogue_server import CatalogueServer, Fault
from kotoutus_tui.errors import KotoutusError, SetupError, Unreachable
from kotoutus_tui.settings import Settings
from tests.catalogue_desk import KEY, PATIENCE, at, read, records, same
from tests.cluster import OwnDatabase
from tests.people import make_team

HTML = {"Content-Type": "text/html"}
JSON = {"Content-Type": "application/json"}
PASSING = {
    "busy": Fault(status=429, headers={"Retry-After": "7"}),
    "busy until": Fault(status=429, headers={"Retry-After": "Tue, 24 Nov 2026 20:00:00 GMT"}),
    "busy in words": Fault(status=429, headers={"Content-Type": "text/plain"}, body=b"Too many requests"),
    "fault": Fault(status=500, headers=JSON, body=b"{}"),
    "down": Fault(status=503),
    "reset": Fault("reset"),
    "truncated": Fault("truncated"),
    "stalled": Fault("stalled"),
    "half of it": Fault(headers=JSON, body=b'{"page": 1, "items": ['),
    "gzip broken": Fault(headers=JSON | {"Content-Encoding": "gzip"}, body=b"\x1f\x8b never"),
}


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv(places.CATALOGUE_KEY, KEY)
    make_team(database)
    return doors("aino")


async def fails(db: Database, server: CatalogueServer, **how: Any) -> KotoutusError:
    with pytest.raises(KotoutusError) as caught:
        await read(db, server, **how)
    assert caught.value.sentence and caught.value.next_step
    assert KEY not in caught.value.sentence + caught.value.next_step
    return caught.value


async def test_a_run_puts_the_catalogue_into_our_words(db: Database) -> None:
    parts: list[tuple[str, int, int | None]] = []
    with CatalogueServer(records(), key=KEY) as server:
        fetched = await read(db, server, progress=lambda *told: parts.append(told))
    guidance, group, phone = sorted(fetched.services, key=lambda each: each.external_id)
    assert (guidance.name_fi, guidance.name_sv) == ("Maahanmuuttajien ohjaus ja neuvonta (ESIMERKKI)", None)
    assert (guidance.spoken, guidance.area, guidance.cost) == ("fi en ar ru uk", "Joensuu", "Maksuton")
    assert guidance.who_may_come == "Palvelu on tarkoitettu kunnassa asuville."
    assert guidance.places == (
        PlaceRecord(
            "00000000-0000-4000-8000-000000000201", "Esimerkkineuvonta, asiointipiste",
            "Esimerkkikatu 1 A", "80100", "Joensuu", 642500, 6944000,
        ),
    )  # fmt: skip
    assert [each for each in guidance.hours if each.weekday] == [
        HoursRecord(day, opens="09:00", closes="15:00") for day in (1, 2, 4)
    ]
    closed = {each.on_day for each in guidance.hours if each.on_day and not each.opens}
    assert {date(2026, 12, 6), date(2026, 12, 21), date(2027, 1, 1)} <= closed
    assert date(2026, 12, 26) not in closed and not guidance.by_appointment
    assert {"class:P4.11", "term:koko/p30529"} <= set(guidance.why)
    assert (phone.published_at, group.places, phone.area) == (None, (), "Koko maa")
    kinds = {each.name_fi: each.kind for each in fetched.organisations}
    assert kinds["Esimerkkijärjestö ry"] == "ngo" and kinds["Esimerkkivirasto"] == "state_agency"
    # The odd weeks of an appointment, and a channel that is told of but not there.
    assert fetched.unknown == {"hours": 1, "connection": 1}
    assert fetched.whole and not fetched.missing and not fetched.archived
    assert fetched.newest == datetime(2026, 10, 2, 6, 21, tzinfo=UTC)
    assert set(server.keys) == {KEY} and parts and all(name for name, _done, _all in parts)


async def test_what_passes_changes_nothing_and_little_more_is_asked(db: Database) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    patience = replace(PATIENCE, sleep=sleep, now=lambda: datetime(2026, 11, 24, 19, 59, 50, tzinfo=UTC))
    with CatalogueServer(records(), key=KEY) as server:
        true = await read(db, server, full=True)
        usual = len(server.asked)
        for name, fault in PASSING.items():
            waits.clear()
            server.asked.clear()
            server.faults = at({1: fault, 5: fault, 9: fault})
            assert same(await read(db, server, full=True, patience=patience), true), name
            assert len(server.asked) == usual + 3, name
            assert waits == [{"busy": 7, "busy until": 10}.get(name, 0.5)] * 3, name
        # A burst passes too; asking for hours of patience is not heard.
        burst = Fault(status=503, headers={"Retry-After": "99999"})
        server.asked.clear()
        waits.clear()
        server.faults = at(dict.fromkeys((4, 5, 6, 7), burst))
        assert same(await read(db, server, full=True, patience=patience), true)
        assert waits == [60] * 4 and len(server.asked) == usual + 4


async def test_what_does_not_pass_ends_in_one_sentence(db: Database) -> None:
    everywhere: dict[str, tuple[Fault, type[KotoutusError], int]] = {
        "login page": (Fault(headers=HTML, body=b"<html>"), Unreachable, 1),
        "another host": (
            Fault(status=302, headers={"Location": "https://example.org/x"}), Unreachable, 1,
        ),
        "no key": (Fault(status=401), SetupError, 1),
        "proxy": (Fault(status=407), SetupError, 1),
        "drift": (Fault(headers=JSON, body=b'{"data": []}'), faults.Unfamiliar, 1),
        "drift of an item": (
            Fault(headers=JSON, body=b'{"totalPages": 1, "totalItems": 1, "items": [{}]}'),
            faults.Unfamiliar, 1,
        ),
        "refused": (Fault(status=400, headers=JSON, body=b"{}"), faults.Unfamiliar, 1),
        "no more": (Fault(status=410), SetupError, 1),
        "down": (Fault(status=503), Unreachable, 5),
        "busy": (Fault(status=429), Unreachable, 5),
        "not there": (Fault(status=404), SetupError, 1),
        "dead": (Fault("reset"), Unreachable, 2),
    }  # fmt: skip
    patience = replace(PATIENCE, at_once=1)
    with CatalogueServer(records(), key=KEY) as server:
        for name, (fault, kind, tries) in everywhere.items():
            server.asked.clear()
            server.faults = lambda _number, _path, fault=fault: fault
            error = await fails(db, server, patience=patience)
            assert type(error) is kind, name
            # Whoever waited for a turn may ask before it hears that the run has ended.
            assert tries <= len(server.asked) <= tries + (name == "not there") * 3, name
    # Nobody is there any more, and then there is no such name.
    assert type(await fails(db, server)) is Unreachable
    server_url = "https://no-such-catalogue.invalid"
    from kotoutus_tui.catalogue.fetch import fetch

    with pytest.raises(Unreachable, match="osoitetta"):
        await fetch(
            db, Settings(catalogue_url=server_url, catalogue_version="12"),
            progress=lambda *_: None, patience=PATIENCE,
        )  # fmt: skip
