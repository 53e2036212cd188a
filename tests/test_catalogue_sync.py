"""Taking the catalogue in: all or nothing, own edits intact, nothing left for a second run, and undone."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, places
from kotoutus_tui.catalogue import fetch, owned, provenance, words
from kotoutus_tui.catalogue.applying import Applied, apply
from kotoutus_tui.catalogue.choices import Choices, of_kinds
from kotoutus_tui.catalogue.comparing import Preview, compare
from kotoutus_tui.catalogue.records import Fetched, HoursRecord
from kotoutus_tui.catalogue.staging import remember
from kotoutus_tui.cli import main
from kotoutus_tui.database import Database
from kotoutus_tui.demo.catalogue_server import CatalogueServer
from kotoutus_tui.errors import Conflict
from kotoutus_tui.partners import commands, edits, reading
from kotoutus_tui.partners.reading import Whole
from tests.catalogue_desk import KEY, PATIENCE, read, records
from tests.catalogue_runs import CAFE, COURSE, HOUSE, RUN, with_course, without_course
from tests.cluster import OwnDatabase
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN
from tests.partner_rows import make_organisation, make_place, make_service
from tests.people import make_team


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


async def compared(db: Database, run: Fetched, choices: Choices | None = None) -> Preview:
    return compare(run, await owned.read(db), clock.today(), choices.same if choices else None)


async def took(db: Database, run: Fetched, choices: Choices | None = None) -> Applied:
    preview = await compared(db, run, choices)
    return await apply(db, preview, choices or Choices(), nothing, operation_id=uuid4())


async def nothing(*_noted: object) -> None:
    """Note nothing about how far the catalogue was taken in."""


async def kinds(db: Database, run: Fetched) -> dict[str, str]:
    return {each.key: each.kind for each in (await compared(db, run)).offered}


async def service(db: Database, name: str) -> Whole:
    found = next(each for each in (await reading.network(db)).services if each.name_fi == name)
    return await reading.service(db, found.id)


async def course(db: Database) -> Whole:
    return await service(db, COURSE.name_fi)


def everything(database: OwnDatabase) -> list[Any]:
    """All rows of the network and of what the catalogue left, as they are stored."""
    with psycopg.connect(database.as_superuser) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'app' "
                "and table_name ~ '^(organisation|service|place|catalogue|command)' order by 1"
            )
        ]
        return [
            [name, connection.execute(f"select t::text from app.{name} t order by 1").fetchall()]  # pyright: ignore[reportArgumentType, reportCallIssue]
            for name in names
        ]


async def test_all_is_taken_in_at_once_nothing_is_left_and_undo_takes_it_back(db: Database) -> None:
    applied = await took(db, RUN)
    assert (applied.count("new"), applied.left) == (4, 0)
    whole = await course(db)
    assert whole.organisation.name_fi == "Mallilan opisto"
    assert [(each.street, each.town) for each in whole.places] == [("Mallikatu 1", "Joensuu")]
    assert [(each.weekday, each.opens) for each in whole.hours] == [(1, "09:00")]
    assert await kinds(db, RUN) == {}
    assert await kinds(db, with_course(spoken="en fi")) == {}
    sources = await provenance.read(db, whole.service.id)
    assert {each.kind for each in sources.sources.values()} == {"catalogue"}
    assert words.source(sources.sources["hours"], "hours")[0].startswith("PTV ")
    await edits.undo_last(db, operation_id=uuid4())
    assert not (await reading.network(db)).services
    assert set((await kinds(db, RUN)).values()) == {"new"}


async def test_own_edits_stay_theirs_come_and_a_conflict_keeps_ours_until_told_otherwise(
    db: Database,
) -> None:
    await took(db, RUN)
    whole = await course(db)
    own = {"summary_fi": "Oma kuvaus.", "cost": "maksuton"}
    await commands.change_service(db, whole.service, own, operation_id=uuid4())
    new_hours = (HoursRecord(weekday=2, opens="10:00", closes="12:00"),)
    run = with_course(summary_fi="Uusi kuvaus.", area="Joensuu", hours=new_hours, places=())
    item = (await compared(db, run)).by_key["service:s-1"]
    assert item.kind == "conflict"
    assert {each.name: each.state for each in item.open} == {
        "summary_fi": "conflict", "area": "taken", "hours": "taken", "place:c-1": "taken",
    }  # fmt: skip
    choices = Choices()
    assert not choices.takes(item)
    choices.take(item, take=True)
    await took(db, run, choices)
    whole = await course(db)
    assert (whole.service.summary_fi, whole.service.cost, whole.service.area) == (
        "Oma kuvaus.", "maksuton", "Joensuu",
    )  # fmt: skip
    assert (whole.places, [each.weekday for each in whole.hours]) == ([], [2])
    assert await kinds(db, run) == {}
    # What we keep is seen, and one step brings theirs.
    sources = (await provenance.read(db, whole.service.id)).sources
    today = f"{clock.today():%-d.%-m.}"
    told = words.source(sources["summary_fi"], "summary_fi")
    assert told == (f"oma muutos {today}", "Luettelossa: Uusi kuvaus.")
    assert words.source(sources["cost"], "cost") == (f"oma {today}", "")
    assert await provenance.take_theirs(db, whole.service.id, "summary_fi", operation_id=uuid4())
    assert (await course(db)).service.summary_fi == "Uusi kuvaus."
    assert not await provenance.take_theirs(db, whole.service.id, "summary_fi", operation_id=uuid4())
    await commands.verify(db, (await course(db)).service, operation_id=uuid4())
    assert (await provenance.read(db, whole.service.id)).sources["area"].kind == "verified"
    for _step in range(3):
        await edits.undo_last(db, operation_id=uuid4())
    whole = await course(db)
    assert (whole.service.summary_fi, whole.service.area, len(whole.places)) == ("Oma kuvaus.", None, 1)
    assert [each.weekday for each in whole.hours] == [1]


async def test_ours_and_theirs_become_one_with_a_place_at_the_same_address(
    database: OwnDatabase, db: Database
) -> None:
    college = make_organisation(database, "Mallilan opisto", kind="education", business_id="0000001-9")
    ours = make_service(database, college, "Suomen kielen alkeiskurssi", spoken="fi ar", capacity=3)
    place = make_place(database, college, ours, "Joensuu")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "update app.place set street = 'mallikatu 1', postal_code = '80100' where id = %s", [place]
        )
    preview = await compared(db, RUN)
    choices = Choices()
    choices.say_same(preview.by_key["service:s-1"], str(ours))
    item = (await compared(db, RUN, choices)).by_key["service:s-1"]
    assert [each.name for each in item.open if each.state == "conflict"] == ["spoken", "place:c-1"]
    for fact in item.open:
        choices.take_theirs(item, fact, theirs=fact.name != "spoken")
    await took(db, RUN, choices)
    whole = await reading.service(db, ours)
    assert (whole.service.spoken, whole.service.words, whole.service.capacity) == ("fi ar", "kielikurssi", 3)
    assert [(each.id, each.street) for each in whole.places] == [(place, "Mallikatu 1")]
    assert len((await reading.network(db)).organisations) == 2
    assert await kinds(db, RUN) == {}


async def test_what_vanished_is_marked_and_comes_back(db: Database) -> None:
    await took(db, RUN)
    assert await kinds(db, without_course(missing=("services",))) == {}
    await took(db, without_course())
    marked = (await course(db)).service
    assert (marked.vanished_on, marked.state) == (clock.today(), "active")
    assert await kinds(db, without_course()) == {}
    assert await kinds(db, RUN) == {"service:s-1": "changed"}
    await took(db, RUN)
    assert (await course(db)).service.vanished_on is None
    assert await kinds(db, RUN) == {}


async def test_a_place_of_two_services_is_one_and_is_changed_once(db: Database) -> None:
    both = replace(RUN, services=(COURSE, replace(CAFE, organisation_id="o-1", places=(HOUSE,))))
    await took(db, both)
    first, second = await course(db), await service(db, CAFE.name_fi)
    assert [each.id for each in first.places] == [each.id for each in second.places]
    moved = replace(HOUSE, street="Mallikatu 9")
    run = replace(both, services=[replace(each, places=(moved,)) for each in both.services])
    await took(db, run)
    assert [each.street for each in (await service(db, CAFE.name_fi)).places] == ["Mallikatu 9"]
    assert await kinds(db, run) == {}


async def test_what_somebody_changed_since_the_preview_keeps_all_from_being_written(
    database: OwnDatabase, db: Database, doors: Callable[[str], Database]
) -> None:
    await took(db, RUN)
    run = replace(with_course(summary_fi="Uusi kuvaus."), services=[
        replace(COURSE, summary_fi="Uusi kuvaus."), CAFE, replace(CAFE, external_id="s-3", name_fi="Kerho"),
    ])  # fmt: skip
    preview = await compared(db, run)
    own = {"summary_fi": "Bilalin kuvaus."}
    await commands.change_service(doors("bilal"), (await course(db)).service, own, operation_id=uuid4())
    before = everything(database)
    with pytest.raises(Conflict):
        await apply(db, preview, Choices(), nothing, operation_id=uuid4())
    assert everything(database) == before
    assert (await kinds(db, run))["service:s-1"] == "conflict"
    # Two that take in the same new one: the second is refused.
    preview = await compared(db, run)
    await apply(doors("bilal"), preview, of_kinds(preview, ["new"]), nothing, operation_id=uuid4())
    with pytest.raises(Conflict):
        await apply(db, preview, of_kinds(preview, ["new"]), nothing, operation_id=uuid4())
    names = [each.name_fi for each in (await reading.network(db)).services]
    assert names.count("Kerho") == 1


async def test_ended_in_the_midst_of_writing_nothing_was_written(database: OwnDatabase, db: Database) -> None:
    await took(db, RUN)
    run = with_course(summary_fi="Uusi kuvaus.")
    run = replace(run, services=[*run.services, replace(CAFE, external_id="s-3", name_fi="Kerho")])
    preview, before = await compared(db, run), everything(database)
    with psycopg.connect(database.as_superuser) as other:
        other.execute("select from app.service where external_id = 's-1' for update")
        work = asyncio.create_task(apply(db, preview, Choices(), nothing, operation_id=uuid4()))
        with psycopg.connect(database.as_superuser, autocommit=True) as watch:
            # The new rows are written by now, and the change of the course waits for its lock.
            while not watch.execute("select from pg_locks where not granted").fetchall():
                assert not work.done()
                await asyncio.sleep(0.01)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
    assert everything(database) == before
    await took(db, run)
    assert await kinds(db, run) == {}


async def test_an_operation_repeated_takes_in_once(db: Database) -> None:
    preview, operation = await compared(db, RUN), UUID(int=7)
    for _time in range(2):
        await apply(db, preview, Choices(), nothing, operation_id=operation)
    assert len((await reading.network(db)).services) == 2


async def test_the_next_run_asks_from_no_later_than_what_was_left(db: Database) -> None:
    noted: list[Fetched] = []

    async def remember(_session: object, run: Fetched) -> None:
        if run.run_id:
            noted.append(run)

    async def newest(run: Fetched, *left: str) -> object:
        preview, choices = await compared(db, run), Choices()
        for item in preview.offered:
            choices.take(item, take=item.key not in left)
        noted.clear()
        await apply(db, preview, choices, remember, operation_id=uuid4())
        return noted[0].newest if noted else None

    # An organisation has no day, and of a run that is not whole nothing is noted.
    assert await newest(RUN, "organisation:o-2", "service:s-2") is None
    assert await newest(RUN, "service:s-2") == CAFE.published_at
    assert await newest(replace(RUN, missing=("services",)), "service:s-2") is None
    assert await newest(RUN) == RUN.newest


async def test_what_was_read_over_the_network_is_not_offered_twice_and_after_undo_all_is_read_again(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(places.CATALOGUE_KEY, KEY)
    with CatalogueServer(records()) as server:
        run = await read(db, server)
        preview = await compared(db, run)
        applied = await apply(db, preview, Choices(), remember, operation_id=uuid4())
        assert run.whole
        assert applied.count("new") == len(run.services) + len(run.organisations) > 1
        again = await read(db, server)
        assert (again.whole, await kinds(db, again)) == (False, {})
        await edits.undo_last(db, operation_id=uuid4())
        third = await read(db, server)
        assert (third.whole, set((await kinds(db, third)).values())) == (True, {"new"})


async def test_hostile_text_comes_in_without_harm(db: Database) -> None:
    # What is nothing but hidden characters has no name.
    many = [
        replace(CAFE, external_id=f"h-{number}", name_fi=text, summary_fi=text, words=text, area=text)
        for number, text in enumerate(ALL)
    ]
    run = replace(RUN, services=many)
    await took(db, run)
    services = (await reading.network(db)).services
    assert len(services) == len(many)
    assert not set("".join(each.name_fi + (each.words or "") for each in services)) & FORBIDDEN_ON_SCREEN
    assert await kinds(db, run) == {}


def test_the_command_shows_what_is_offered_and_takes_it_in(
    database: OwnDatabase, db: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del db
    monkeypatch.setenv(places.CATALOGUE_KEY, KEY)
    monkeypatch.setattr(fetch, "Patience", lambda: PATIENCE)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    with CatalogueServer(records()) as server:
        monkeypatch.setenv("KOTOUTUS_CATALOGUE_URL", server.url)

        def said(*words: str) -> str:
            assert main(["partners", "sync", *words]) == 0
            return capsys.readouterr().out

        assert said().startswith("Uutta luettelossa ")
        offered = json.loads(said("--json"))["offered"]
        assert {each["kind"] for each in offered} == {"new"}
        assert f"Luettelosta tuotiin {len(offered)}." in said("--apply", "new")
        assert said() == "Verkosto on samanlainen kuin luettelo.\n"
        assert json.loads(said("--full", "--json"))["offered"] == []
