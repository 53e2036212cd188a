"""Duplicates are found with why, two are made one with nothing lost, and the nearest service comes first."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.partners import commands, distances, edits, merging, reading, words
from kotoutus_tui.partners.coordinates import kilometres, to_degrees, to_metres
from kotoutus_tui.partners.duplicates import duplicates
from kotoutus_tui.partners.folding import words_of
from kotoutus_tui.partners.interchange import snapshot
from kotoutus_tui.partners.interchange.snapshot import Snapshot
from kotoutus_tui.partners.network import Network, Place
from kotoutus_tui.partners.opening_hours import read_weekly
from kotoutus_tui.partners.search import Index
from tests.cluster import OwnDatabase
from tests.partner_rows import make_organisation, make_place, make_service
from tests.people import make_team

OFFICE = distances.office("Siltakatu 10: 641842, 6944095")


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


# Duplicates


def _organisation(name: str, **facts: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("name_sv", "name_en", "business_id", "phone", "external_id", "predecessor_id"))
    return {"id": uuid4(), "name_fi": name, **empty, **facts}


def _found(*rows: dict[str, Any]) -> list[tuple[set[str], tuple[str, ...]]]:
    network = Snapshot(organisations={row["id"]: row for row in rows})
    return [({pair.kept_name, pair.gone_name}, pair.reasons) for pair in duplicates(network)]


def test_partners_that_may_be_one_are_told_with_why() -> None:
    assert _found(
        _organisation("Naapurit ry", business_id="0112038-9"),
        _organisation("NAAPURIT", phone="013 000 0000"),
        _organisation("Naapurit kylässä", phone="+358 13 0000000"),
        _organisation("Mallilan opisto"),
        _organisation("Malilan opisto"),
        _organisation("Pohjoinen yhdistys", business_id="0112038-9"),
    ) == [
        ({"Naapurit ry", "NAAPURIT"}, ("same_name",)),
        ({"Naapurit ry", "Pohjoinen yhdistys"}, ("business_id",)),
        ({"Mallilan opisto", "Malilan opisto"}, ("like_name",)),
        ({"NAAPURIT", "Naapurit kylässä"}, ("phone",)),
    ]


def test_successors_and_levels_of_a_course_are_no_duplicates() -> None:
    old = _organisation("Itärannan ELY-keskus")
    assert not _found(old, _organisation("Itärannan ELY-keskukset", predecessor_id=old["id"]))
    assert not _found(_organisation("Suomen kielen kurssi 1"), _organisation("Suomen kielen kurssi 2"))


# Merging


@pytest.fixture
async def two(database: OwnDatabase, db: Database) -> tuple[UUID, UUID, UUID, UUID]:
    """A partner and its double, each with a service, a place and a contact person."""
    kept = make_organisation(database, "Naapurit ry", phone="013 1")
    gone = make_organisation(
        database, "Naapurien yhdistys", phone="013 2", web="https://example.org", origin="ptv",
        external_id="ptv-1",
    )  # fmt: skip
    cafe = make_service(database, kept, "Kahvila", spoken="fi", cost="0 e")
    double = make_service(database, gone, "Kielikahvila", spoken="ar", area="Lieksa", capacity=3)
    make_place(database, kept, cafe, "Joensuu")
    make_place(database, gone, double, "Lieksa")
    service = (await reading.service(db, double)).service
    await commands.add_contact(db, service, {"name": "Ville Vastaaja"}, operation_id=uuid4())
    await commands.set_weekly(db, service, [], read_weekly("ma 9-12"), operation_id=uuid4())
    return kept, gone, cafe, double


def _rows(database: OwnDatabase) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(
            """
            select 'o', id, name_fi, phone, web, origin, external_id, merged_into, null from app.organisation
            union all select 's', id, name_fi, spoken, area, origin, state, merged_into, organisation_id
                        from app.service
            union all select 'p', id, town, null, null, null, null, organisation_id, null from app.place
            union all select 'c', id, name, null, null, null, null, service_id, organisation_id
                        from app.partner_contact
            union all select 'h', service_id, opens, null, null, null, null, null, null
                        from app.service_hours where removed_at is null
            order by 1, 2
            """
        ).fetchall()


async def test_two_partners_become_one_and_undo_brings_both_back(
    database: OwnDatabase, db: Database, two: tuple[UUID, UUID, UUID, UUID]
) -> None:
    kept, gone, _cafe, double = two
    before = _rows(database)
    prepared = await merging.prepare(db, "organisation", kept, gone)
    assert list(prepared.differing) == ["name_fi", "phone"]
    assert prepared.moves == {"services": 1, "places": 1, "contacts": 1}
    await merging.merge(db, prepared, frozenset({"phone"}), operation_id=uuid4())
    network = await reading.network(db)
    assert list(network.organisations) == [kept]
    organisation = network.organisations[kept]
    told = (organisation.name, organisation.phone, organisation.web)
    assert told == ("Naapurit ry", "013 2", "https://example.org")
    whole = await reading.service(db, double)
    assert whole.organisation.id == kept
    assert words.former_line(whole.former) == "aiemmin Naapurien yhdistys"
    assert [contact.name for contact in whole.contacts] == ["Ville Vastaaja"]
    found = Index(network, clock.today()).find("naapurien yhdistys").hits()
    assert {hit.organisation.id for hit in found} == {kept}
    link = (await snapshot.read(db)).organisations[kept]
    assert (link["origin"], link["external_id"]) == ("ptv", "ptv-1")
    await edits.undo_last(db, operation_id=uuid4())
    assert _rows(database) == before


async def test_two_services_become_one_and_what_is_merged_away_is_found_no_more(
    database: OwnDatabase, db: Database, two: tuple[UUID, UUID, UUID, UUID]
) -> None:
    _kept, _gone, cafe, double = two
    before = _rows(database)
    prepared = await merging.prepare(db, "service", cafe, double)
    assert list(prepared.differing) == ["name_fi", "spoken"]
    await merging.merge(db, prepared, frozenset({"spoken"}), operation_id=uuid4())
    network = await reading.network(db)
    assert [each.id for each in network.services] == [cafe]
    hit = Index(network, clock.today()).find("kielikahvila").hits()[0]
    assert hit.service.id == cafe
    assert words.why(hit) == "entinen nimi: Kielikahvila"
    whole = await reading.service(db, double)  # what pointed at the one that went away finds the other
    service = whole.service
    assert (service.id, service.spoken, service.area, service.capacity) == (cafe, "ar", "Lieksa", 3)
    assert {place.town for place in whole.places} == {"Joensuu", "Lieksa"}
    assert words.weekly_text(whole.hours) == "ma 9-12"
    assert [contact.service_id for contact in whole.contacts] == [cafe]
    # A third one merged with the one that is kept takes the first along.
    third = make_service(database, service.organisation_id, "Uusi kahvila")
    chain = await merging.prepare(db, "service", third, cafe)
    await merging.merge(db, chain, frozenset(), operation_id=uuid4())
    assert (await reading.service(db, double)).service.id == third
    for _time in range(2):
        await edits.undo_last(db, operation_id=uuid4())
    assert [row for row in _rows(database) if row[1] != third] == before


async def test_what_somebody_changed_meanwhile_is_not_merged_over(
    database: OwnDatabase, db: Database, two: tuple[UUID, UUID, UUID, UUID]
) -> None:
    kept, gone, _cafe, _double = two
    prepared = await merging.prepare(db, "organisation", kept, gone)
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as other:
        other.execute("update app.organisation set phone = '013 3' where id = %s", [kept])
    before = _rows(database)
    with pytest.raises(Conflict):
        await merging.merge(db, prepared, frozenset({"phone"}), operation_id=uuid4())
    assert _rows(database) == before
    with pytest.raises(InvalidInput):
        await merging.prepare(db, "organisation", kept, kept)


# Distance


def test_metres_and_degrees_are_those_of_the_national_grid() -> None:
    # The origin of the grid, and a point whose coordinates both systems publish.
    assert to_metres(0.0, 27.0) == (500_000, 0)
    assert abs(to_metres(60.0, 27.0)[1] - 6_651_411) <= 1
    for at in ((641_842, 6_944_095), (385_595, 6_672_125), (250_000, 7_500_000)):
        back = to_metres(*to_degrees(*at))
        assert kilometres(at, back) < 0.001


@pytest.mark.parametrize(
    ("question", "town", "nearest"),
    [
        ("kielikurssi Lieksassa", "Lieksa", False),
        ("lähin kielikurssi Rantakylästä", "Rantakylä", True),
        ("nearest course Kiteellä", "Kitee", True),
        ("närmaste Nurmeksessa", "Nurmes", True),
        ("enonlähde", None, False),
        ("kielikurssi ar", None, False),
    ],
)
def test_a_question_may_name_a_town_and_ask_for_the_nearest(
    question: str, town: str | None, nearest: bool
) -> None:
    found = distances.nearness(words_of(question))
    assert (found.origin.name if found.origin else None, found.nearest) == (town, nearest)


def _place(service: UUID, east: int | None, town: str = "Joensuu") -> list[Place]:
    at = (641_842 + east, 6_944_095) if east is not None else (None, None)
    return [Place(uuid4(), service, uuid4(), None, None, None, town, *at)]


async def test_of_services_that_answer_alike_the_nearest_comes_first(
    database: OwnDatabase, db: Database
) -> None:
    club = make_organisation(database, "Naapurit ry")
    far, near, town = (make_service(database, club, "Kahvila") for _each in range(3))
    course = make_service(database, club, "Kahvila arabiaksi", spoken="ar")
    read = await reading.network(db)
    places = {
        far: _place(far, 3_000), near: _place(near, 400), town: _place(town, None),
        course: _place(course, None, "Lieksa"),
    }  # fmt: skip
    index = Index(Network(read.organisations, read.services, places), date(2026, 11, 24), OFFICE)
    hits = index.find("kahvila").hits()
    assert [hit.service.id for hit in hits][:3] == [near, far, town]
    assert [words.distance(hit.distance) for hit in hits] == ["0,4 km", "3,0 km", "", "noin 81 km"]
    assert index.find("kahvila arabia").hits()[0].service.id == course  # a better answer goes before
    assert index.find("lähin kahvila arabia").hits()[0].service.id == course
    from_there = index.find("lähin kahvila Lieksa")
    assert from_there.hits()[0].service.id == course
    assert not from_there.hits()[0].missing
    none_there = index.find("kahvila Rantakylä").hits()
    assert none_there[0].service.id == far  # the east side of town
    assert not none_there[0].missing
