"""Runs that read the catalogue: changes alone, a kill in the middle, shifting pages, the key, version 11."""

import asyncio
import copy
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from kotoutus_tui import log, places, settings
from kotoutus_tui.catalogue import key
from kotoutus_tui.catalogue.fetch import remember
from kotoutus_tui.catalogue.patience import Patience
from kotoutus_tui.catalogue.records import Fetched
from kotoutus_tui.catalogue.selection import reason
from kotoutus_tui.database import Database
from kotoutus_tui.demo.catalogue_answers import Records
from kotoutus_tui.demo.catalogue_server import CatalogueServer, Fault
from kotoutus_tui.errors import NotFound, SetupError, Unreachable
from kotoutus_tui.settings import Settings
from tests.catalogue_desk import KEY, PATIENCE, at, read, records, same
from tests.cluster import OwnDatabase
from tests.partner_rows import make_organisation, make_service
from tests.people import make_team

ID = "00000000-0000-4000-8000-000000000{}".format
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv(places.CATALOGUE_KEY, KEY)
    make_team(database)
    return doors("aino")


async def take_in(db: Database, fetched: Fetched) -> None:
    async with db.writing(uuid4(), "catalogue.apply") as session:
        await remember(session, fetched)


def many(count: int) -> Records:
    """So many services of one organisation."""
    whole = records()
    first = whole.services[0]
    whole.services = [copy.deepcopy(first) | {"contentId": f"s-{number:04}"} for number in range(count)]
    whole.connections = []
    return whole


async def _until(reached: Callable[[], bool]) -> None:
    for _number in range(2000):
        if reached():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("never")


def rows(database: OwnDatabase, statement: str) -> Any:
    with psycopg.connect(database.as_superuser) as connection:
        found = connection.execute(statement.encode()).fetchone()
        return found and found[0]


async def test_after_a_run_was_taken_in_changes_alone_are_asked_for(
    database: OwnDatabase, db: Database
) -> None:
    whole = records()
    services = {each["contentId"]: each for each in whole.services}
    own = make_organisation(database, "Esimerkkikaupunki", external_id=ID("001"), origin="ptv")
    for number in ("101", "104"):
        make_service(database, own, "x", external_id=ID(number), origin="ptv")
    with CatalogueServer(whole, key=KEY) as server:
        first = await read(db, server)
        assert first.whole and rows(database, "select count(*) from app.catalogue_page") == 0
        # What was not taken in is asked for again.
        assert (await read(db, server)).whole
        again = await read(db, server)
        await take_in(db, again)
        server.asked.clear()
        nothing = await read(db, server)
        # Of the last three hours it is asked for again, since news come late.
        assert not nothing.whole and nothing.newest == first.newest
        assert [each for each in nothing.services if each not in first.services] == []
        assert nothing.archived == {ID("104")}
        searches = [path for path in server.asked if "service/search" in path]
        assert searches and all(
            "publishedAtOrAfter=2026-10-02T03%3A21%3A00.000Z" in path for path in searches
        )
        # A changed service, and one whose place alone changed.
        await take_in(db, replace(nothing, newest=datetime(2026, 11, 1, tzinfo=UTC)))
        services[ID("102")]["publishedAt"] = "2026-11-20T06:00:00.000Z"
        whole.channels[0]["publishedAt"] = "2026-11-21T06:00:00.000Z"
        changed = await read(db, server)
        assert {each.external_id for each in changed.services} == {ID("101"), ID("102")}
        assert changed.newest == datetime(2026, 11, 21, 6, tzinfo=UTC)
        assert (await read(db, server, full=True)).whole
        # A week later, and when the clock jumped back, all is read.
        for moment in (timedelta(days=8), timedelta(days=-3)):
            patience = replace(PATIENCE, now=lambda moment=moment: datetime.now(UTC) + moment)
            assert (await read(db, server, patience=patience)).whole
        # What says it comes from the future is not waited for.
        services[ID("102")]["publishedAt"] = "2999-01-01T00:00:00.000Z"
        now = datetime.now(UTC)
        assert (await read(db, server, patience=replace(PATIENCE, now=lambda: now))).newest == now


async def test_partners_draw_their_services_and_ours_are_never_gone_by_choice(
    database: OwnDatabase, db: Database
) -> None:
    whole = records()
    plain = copy.deepcopy(whole.services[0]) | {
        "contentId": ID("150"), "organizationContentId": ID("002"), "serviceClasses": ["P1"],
        "ontologyTerms": [], "area": {"areaType": "LimitedArea", "municipalities": ["020"]},
        "languageVersions": {"fi": {"name": "Puutarhapalsta"}},
    }  # fmt: skip
    other = plain | {"contentId": ID("151"), "organizationContentId": ID("003")}
    whole.services += [plain, other]
    with CatalogueServer(whole, key=KEY) as server:
        chosen = {each.external_id for each in (await read(db, server)).services}
        assert not {ID("150"), ID("151")} & chosen
        partner = make_organisation(database, "Järjestö", business_id="0000001-9")
        make_service(database, partner, "x", external_id=ID("151"), origin="ptv")
        found = {each.external_id: each.why for each in (await read(db, server)).services}
    assert found[ID("150")] == ("partner:",) and found[ID("151")] == ()
    assert reason("class:P22.3") == "Palveluluokka: Kielikurssit" and reason("partner:") == "Oma kumppani"


async def test_pages_that_shift_lose_nothing_and_a_gap_is_told(db: Database) -> None:
    whole = many(250)
    everything = whole.services[:]
    fault = Fault(status=500, headers=JSON, body=b"{}")
    with CatalogueServer(whole, key=KEY) as server:

        def shift(_number: int, path: str) -> None:
            # While the second page is read, the first service goes, and the list is shorter.
            if "municipalities" in path and path.endswith("page=2"):
                whole.services = everything[1:]

        server.faults = shift
        found = await read(db, server, full=True)
        assert not found.missing and {each["contentId"] for each in everything[1:]} <= {
            each.external_id for each in found.services
        }
        whole.services = everything

        def always(_number: int, path: str) -> Fault | None:
            return fault if "municipalities" in path and path.endswith("page=2") else None

        server.faults = always
        partial = await read(db, server, full=True)
        assert partial.missing == ["palvelut, sivu 2"] and len(partial.services) >= 100
        asked = len(server.asked)
        # Only what is missing is asked for again.
        server.faults = lambda *_: None
        mended = await read(db, server, full=True)
        assert not mended.missing and len(mended.services) == 250
        assert 1 <= len(server.asked) - asked <= 10
        # A list that promises more than it has.
        true = whole.services
        whole.services = true + true[:1]
        assert (await read(db, server, full=True)).missing == ["palvelut"]


async def test_a_killed_run_goes_on_at_the_first_missing_page(database: OwnDatabase, db: Database) -> None:
    program = (
        "import asyncio, sys\n"
        "from tests.catalogue_desk import *\n"
        "from kotoutus_tui.settings import Settings\n"
        "settings = Settings(catalogue_url=sys.argv[2], catalogue_version='12')\n"
        "work = fetch(Database(sys.argv[1]), settings, progress=lambda *_: None, patience=PATIENCE)\n"
        "asyncio.run(work)\n"
    )
    with CatalogueServer(many(250), key=KEY) as server:
        true = await read(db, server, full=True)
        usual = len(server.asked)
        server.asked.clear()
        server.faults = at({6: Fault("stalled")})
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, database.as_login("aino"), server.url),
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        )
        await _until(lambda: len(server.asked) >= 6)
        child.kill()
        await child.wait()
        kept = rows(database, "select count(*) from app.catalogue_page")
        assert 1 <= kept <= 5
        server.faults = lambda *_: None
        server.asked.clear()
        assert same(await read(db, server), true)
        assert len(server.asked) == usual - kept
        # Cancelled at once, with nothing left open.
        server.faults = lambda *_: Fault("stalled")
        task = asyncio.create_task(read(db, server, patience=replace(PATIENCE, read=30)))
        server.asked.clear()
        await _until(lambda: bool(server.asked))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.shield(task), 1)


async def test_a_refused_key_stops_and_the_next_goes_on(
    database: OwnDatabase, db: Database, doors: Callable[[str], Database]
) -> None:
    with CatalogueServer(many(250), key=KEY) as server:
        server.faults = at({5: Fault(status=401)})
        with pytest.raises(SetupError, match="avainta"):
            await read(db, server, patience=replace(PATIENCE, at_once=1))
        assert not (await read(db, server)).missing
        # The page before belongs to the run of aino alone.
        server.faults = at({len(server.asked) + 2: Fault(status=401)})
        with pytest.raises(SetupError):
            await read(db, server, patience=replace(PATIENCE, at_once=1))
    run = rows(database, "select id from app.catalogue_run where read_at is null")
    async with doors("bilal").reading_fast() as connection:
        found = await connection.execute("select count(*) from app.catalogue_page")
        assert await found.fetchone() == (0,)
    with pytest.raises(NotFound):
        await doors("bilal").call("keep_catalogue_page", run, "service", "", 1, 200, b"{}")
    log_file = places.state_directory() / "log"
    log.start(Settings(log_target="file", log_file=log_file))
    log.unexpected(ValueError(KEY))
    log.event("catalogue", key=KEY, note=f"x {KEY}")
    with CatalogueServer(records(), key=KEY) as server:
        await read(db, server)
    assert "catalogue fetched" in log_file.read_text() and KEY not in log_file.read_text()


async def test_redirects_stay_on_the_host_and_the_proxy_is_heard(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CatalogueServer(records(), key=KEY) as server, CatalogueServer(records()) as other:
        true = await read(db, server, full=True)
        place = f"{server.url}/api/v12/service/search?areaType=WholeCountry&page=1&pageSize=100"
        here = Fault(status=302, headers={"Location": place})
        server.faults = lambda _number, path: here if "WholeCountry&serviceClasses" in path else None
        assert (await read(db, server, full=True)).services == true.services
        elsewhere = Fault(status=307, headers={"Location": f"{other.url}/api/v12/service/search?page=1"})
        server.faults = lambda *_: elsewhere
        with pytest.raises(Unreachable, match="toiseen osoitteeseen"):
            await read(db, server, full=True)
        assert other.asked == []
        # A proxy of the network is asked for what is not on this machine.
        monkeypatch.setenv("HTTPS_PROXY", other.url)
        from kotoutus_tui.catalogue.fetch import fetch

        outside = Settings(catalogue_url="https://catalogue.invalid", catalogue_version="12")
        with pytest.raises(SetupError, match="tunnistautumisen"):
            await fetch(db, outside, progress=lambda *_: None, patience=PATIENCE)
        assert set(other.asked) == {"CONNECT catalogue.invalid:443"} and set(other.keys) == {None}


async def test_version_11_says_the_same_without_a_key(
    db: Database, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_organisation(database, "Esimerkkijärjestö", business_id="0000001-9")
    with CatalogueServer(records(), key=KEY) as server:
        newer = await read(db, server, version="auto")
        monkeypatch.delenv(places.CATALOGUE_KEY)
        server.keys.clear()
        older = await read(db, server, version="auto")
        assert set(server.keys) == {None}
        with pytest.raises(SetupError, match="vaatii avaimen"):
            await read(db, server, version="12")

    def kept(fetched: Fetched) -> list[Any]:
        # The older one tells no holidays, and counts a change of a connection as one of the service.
        plain = [
            replace(each, hours=[one for one in each.hours if one.on_day is None], published_at=None)
            for each in fetched.services
        ]
        by_key: Callable[[Any], str] = lambda each: each.external_id  # noqa: E731
        return [sorted(plain, key=by_key), sorted(fetched.organisations, key=by_key)]

    assert kept(older) == kept(newer)
    assert older.whole and older.unknown == newer.unknown


def test_the_key_is_read_from_where_others_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    assert key.read() is None
    own, _site = places.catalogue_key_files()
    own.parent.mkdir(parents=True)
    own.write_text(f"{KEY}\n")
    own.chmod(0o640)
    with pytest.raises(SetupError) as caught:
        key.read()
    assert "chmod 600" in caught.value.next_step and KEY not in caught.value.sentence
    own.chmod(0o600)
    assert key.read() == KEY
    monkeypatch.setenv(places.CATALOGUE_KEY, "two words")
    with pytest.raises(SetupError):
        key.read()
    monkeypatch.setenv(places.CATALOGUE_KEY, KEY)
    settings.load()
    assert KEY not in "".join(file.read_text() for file in places.state_directory().glob("*"))
    monkeypatch.setenv("KOTOUTUS_CATALOGUE_URL", "http://example.org")
    with pytest.raises(SetupError, match="catalogue_url"):
        settings.load()


def test_waits_are_by_chance_and_as_long_as_asked() -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    patience = Patience(now=lambda: now, random=lambda _low, high: high)
    assert [patience.wait(failed, None) for failed in (1, 2, 4, 9)] == [2, 4, 16, 30]
    asked = {
        "12": 12, "0": 0, "-1": 2, "soon": 2, "999999": 60, "Tue, 24 Nov 2026 12:00:09 GMT": 9,
        "Mon, 23 Nov 2026 12:00:00 GMT": 0, "Tue, 99 Foo": 2, "Fri, 31 Dec 9999 23:59:59 GMT": 60,
    }  # fmt: skip
    assert {told: patience.wait(1, told) for told in asked} == asked
