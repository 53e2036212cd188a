"""The partner network: search as people ask, freshness, hours, names in time, and commands with undo."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, i18n
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotFound
from kotoutus_tui.partners import commands, edits, reading, words
from kotoutus_tui.partners.freshness import freshness
from kotoutus_tui.partners.languages import read_codes
from kotoutus_tui.partners.network import Hours
from kotoutus_tui.partners.opening_hours import Opening, opening, read_weekly
from kotoutus_tui.partners.search import Answer, Index
from models.directory import PARTNER_KINDS, SERVICE_STATES
from tests.cluster import OwnDatabase
from tests.partner_rows import make_organisation, make_place, make_service
from tests.people import make_team

TODAY = date(2026, 11, 24)
SERVICE = uuid4()


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


async def index(db: Database) -> Index:
    return Index(await reading.network(db), clock.today())


def names(answer: Answer) -> list[str]:
    return [hit.service.name_fi for hit in answer.hits()]


@pytest.fixture
def network(database: OwnDatabase, db: Database) -> None:
    """A few services of three partners."""
    del db
    college = make_organisation(database, "Mallilan opisto", name_sv="Mallila institut", kind="education")
    course = make_service(
        database, college, "Suomen kielen alkeiskurssi", name_sv="Nybörjarkurs i finska",
        name_en="Finnish for beginners", spoken="fi en", interpreted="ar", words="kielikurssi",
    )  # fmt: skip
    make_place(database, college, course, "Joensuu")
    far = make_service(database, college, "Kielikurssi työssäkäyville", spoken="fi ar", area="Lieksa")
    make_place(database, college, far, "Lieksa")
    club = make_organisation(database, "Naapurit ry")
    make_service(database, club, "Uimahallikortti naisille", area="Joensuu", spoken="so")
    make_service(database, club, "Arabiankielinen kahvila", area="Joensuu", spoken="ar", state="paused")


# Search


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("kielikurssi ar Joensuu", "Suomen kielen alkeiskurssi"),
        ("joensuu ar kielikurssi", "Suomen kielen alkeiskurssi"),
        ("kielikurssille arabiaksi Joensuussa", "Suomen kielen alkeiskurssi"),
        ("kielikursi arabia joensu", "Suomen kielen alkeiskurssi"),
        ("kielikrussi arabia", "Kielikurssi työssäkäyville"),
        ("språkkurs arabiska Joensuu", "Suomen kielen alkeiskurssi"),
        ("language course arabic joensuu", "Suomen kielen alkeiskurssi"),
        ("beginners", "Suomen kielen alkeiskurssi"),
        ("kielikurssi Lieksa", "Kielikurssi työssäkäyville"),
        ("somali uimahalli", "Uimahallikortti naisille"),
        ("women swimming", "Uimahallikortti naisille"),
        ("mallila institut nybörjar", "Suomen kielen alkeiskurssi"),
    ],
)
async def test_the_best_answer_to_a_question_comes_first(db: Database, question: str, first: str) -> None:
    assert names((await index(db)).find(question))[:1] == [first]


@pytest.mark.usefixtures("network")
async def test_a_hit_says_why_and_what_it_does_not_answer(db: Database) -> None:
    found = (await index(db)).find("kielikurssi ar Joensuu").hits()
    assert words.why(found[0]) == "hakusana: kielikurssi · tulkin kautta: arabia · paikka: Joensuu"
    only = (await index(db)).find("uimahalli ukraina").hits()
    assert only[0].missing == ["ukraina"]
    assert "ukraina" in words.why(only[0])
    assert not (await index(db)).find("xyzzyq")


@pytest.mark.usefixtures("network")
async def test_spoken_languages_come_before_interpreted_ones_and_paused_services_last(db: Database) -> None:
    found = names((await index(db)).find("ar"))
    assert found[0] == "Kielikurssi työssäkäyville"
    assert set(found) == {
        "Kielikurssi työssäkäyville", "Suomen kielen alkeiskurssi", "Arabiankielinen kahvila",
    }  # fmt: skip
    assert found.index("Arabiankielinen kahvila") > 0


async def test_a_service_is_found_by_the_former_name_of_its_organisation(
    database: OwnDatabase, db: Database
) -> None:
    old = make_organisation(
        database,
        "Pohjois-Karjalan ELY-keskus",
        valid_to=TODAY - timedelta(days=300),
        kind="regional_authority",
    )
    new = make_organisation(
        database, "Itä-Suomen elinvoimakeskus", predecessor_id=old, kind="regional_authority"
    )
    made = make_service(database, old, "Maahanmuuton palvelut")
    found = (await index(db)).find("ely-keskus").hits()
    assert [hit.organisation.id for hit in found] == [new]
    assert "entinen nimi: ELY-keskus" in words.why(found[0])
    assert names((await index(db)).find("elinvoimakeskus")) == ["Maahanmuuton palvelut"]
    whole = await reading.service(db, made)
    assert whole.organisation.name_fi == "Itä-Suomen elinvoimakeskus"
    assert words.former_line(whole.former) == "aiemmin Pohjois-Karjalan ELY-keskus"


# Freshness, languages, hours


def test_freshness_ends_after_half_a_year_and_a_year() -> None:
    days = {0: "fresh", 182: "fresh", 183: "ageing", 364: "ageing", 365: "stale"}
    assert {age: freshness(TODAY - timedelta(days=age), TODAY) for age in days} == days
    assert freshness(None, TODAY) == "stale"


def test_languages_are_read_by_code_or_name_in_three_languages() -> None:
    assert read_codes("arabia, SO ukrainska Persian arabic dari") == "ar so uk fa prs"
    with pytest.raises(InvalidInput):
        read_codes("arabia klingonia")


def at(day: str, clock_time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock_time}").replace(tzinfo=HELSINKI)


def weekly(text: str, *others: Hours) -> list[Hours]:
    read = read_weekly(text)
    return [Hours(uuid4(), SERVICE, day, None, opens, closes) for day, opens, closes in read] + list(others)


def test_weekly_hours_are_read_as_they_are_written_and_written_as_they_are_read() -> None:
    assert read_weekly("la 10-14.30, ma–ke 9-16")[-1] == (6, "10:00", "14:30")
    for text in ("ma-pe 9-16, la 10-14.30", "ti 9-11, to 13-15"):
        assert words.weekly_text(weekly(text)) == text
    i18n.install("sv")
    assert read_weekly(words.weekly_text(weekly("ma-su 9-16"))) == read_weekly("ma-su 9-16")
    for wrong in ("ma", "ma 16-9", "xx 9-16", "pe-ma 9-16", "ma 9-25"):
        with pytest.raises(InvalidInput):
            read_weekly(wrong)


def test_open_now_knows_weekends_holidays_and_days_that_differ() -> None:
    hours = weekly("ma-pe 9-16")
    assert opening(hours, at("2026-11-24", "15:59")) == Opening(until=at("2026-11-24", "16:00"))
    assert opening(hours, at("2026-11-24", "16:00")) == Opening(opens=at("2026-11-25", "09:00"))
    assert opening(hours, at("2026-11-27", "17:00")) == Opening(opens=at("2026-11-30", "09:00"))
    # Independence day 2027 is a Monday; Christmas 2026 is a Friday.
    assert opening(hours, at("2027-12-05", "12:00")) == Opening(opens=at("2027-12-07", "09:00"))
    assert opening(hours, at("2026-12-25", "10:00")) == Opening(opens=at("2026-12-28", "09:00"))
    closed = Hours(uuid4(), SERVICE, None, date(2026, 11, 25), None, None)
    later = Hours(uuid4(), SERVICE, None, date(2026, 11, 26), "12:00", "13:00")
    assert opening([*hours, closed, later], at("2026-11-25", "10:00")).opens == at("2026-11-26", "12:00")
    assert opening([], at("2026-11-24", "10:00")) == Opening()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_kind_and_state_has_its_own_name_in_every_language(language: str) -> None:
    i18n.install(language)
    kinds = [words.kind_name(kind) for kind in PARTNER_KINDS]
    assert len(set(kinds)) == len(PARTNER_KINDS)
    assert len({words.state_name(state) for state in SERVICE_STATES}) == len(SERVICE_STATES)


# Commands


async def made_service(db: Database) -> UUID:
    return await commands.add_service(
        db,
        {"name_fi": "Neuvontapiste", "spoken": "ar"},
        {"kind": "ngo", "name_fi": "Naapurit ry", "business_id": "0112038-9"},
        operation_id=uuid4(),
    )


async def test_a_service_with_a_new_organisation_is_one_command_and_one_undo(db: Database) -> None:
    made = await made_service(db)
    whole = await reading.service(db, made)
    assert (whole.service.name, whole.organisation.name) == ("Neuvontapiste", "Naapurit ry")
    await edits.undo_last(db, operation_id=uuid4())
    network = await reading.network(db)
    assert not network.services and not network.organisations
    with pytest.raises(NotFound):
        await edits.undo_last(db, operation_id=uuid4())


async def test_a_business_id_is_text_and_its_change_can_be_undone(db: Database) -> None:
    made = await made_service(db)
    organisation = (await reading.service(db, made)).organisation
    await commands.change_organisation(db, organisation, {"business_id": None}, operation_id=uuid4())
    assert (await reading.service(db, made)).organisation.business_id is None
    await edits.undo_last(db, operation_id=uuid4())
    assert (await reading.service(db, made)).organisation.business_id == "0112038-9"


async def test_called_still_right_says_by_whom_and_can_be_undone(db: Database) -> None:
    made = await made_service(db)
    await commands.verify(db, (await reading.service(db, made)).service, operation_id=uuid4())
    service = (await reading.service(db, made)).service
    assert (service.verified_on, service.verified_by) == (clock.today(), "Aino Aaltonen")
    await edits.undo_last(db, operation_id=uuid4())
    service = (await reading.service(db, made)).service
    assert (service.verified_on, service.verified_by) == (None, None)


async def test_a_new_capacity_is_stated_today(db: Database) -> None:
    made = await made_service(db)
    whole = await reading.service(db, made)
    await commands.change_service(db, whole.service, {"cost": "maksuton"}, operation_id=uuid4())
    assert (await reading.service(db, made)).service.capacity_stated_on is None
    whole = await reading.service(db, made)
    await commands.change_service(db, whole.service, {"capacity": 0}, operation_id=uuid4())
    service = (await reading.service(db, made)).service
    assert (service.full, service.capacity_stated_on) == (True, clock.today())
    await edits.undo_last(db, operation_id=uuid4())
    service = (await reading.service(db, made)).service
    assert (service.capacity, service.capacity_stated_on, service.cost) == (None, None, "maksuton")


async def test_two_people_changing_the_same_field_is_a_conflict_and_loses_nothing(
    database: OwnDatabase, db: Database
) -> None:
    made = await made_service(db)
    mine = (await reading.service(db, made)).service
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as other:
        other.execute("update app.service set cost = '5 e' where id = %s", [made])
    await commands.change_service(db, mine, {"area": "Joensuu"}, operation_id=uuid4())
    with pytest.raises(Conflict):
        await commands.change_service(db, mine, {"cost": "10 e"}, operation_id=uuid4())
    service = (await reading.service(db, made)).service
    assert (service.cost, service.area) == ("5 e", "Joensuu")


async def test_hours_places_and_contacts_are_added_changed_removed_and_brought_back(db: Database) -> None:
    made = await made_service(db)
    service = (await reading.service(db, made)).service
    await commands.set_weekly(db, service, [], read_weekly("ma-pe 9-16"), operation_id=uuid4())
    before = (await reading.service(db, made)).hours
    await commands.set_weekly(db, service, before, read_weekly("la 10-12"), operation_id=uuid4())
    assert words.weekly_text((await reading.service(db, made)).hours) == "la 10-12"
    await edits.undo_last(db, operation_id=uuid4())
    assert words.weekly_text((await reading.service(db, made)).hours) == "ma-pe 9-16"
    with pytest.raises(InvalidInput):
        await commands.add_day(db, service, {"on_day": TODAY, "opens": "09:00"}, operation_id=uuid4())
    await commands.add_place(db, service, {"street": "Mallitie 1", "town": "Joensuu"}, operation_id=uuid4())
    await commands.add_contact(db, service, {"name": "Ville Vastaaja"}, operation_id=uuid4())
    whole = await reading.service(db, made)
    assert words.address(whole.places[0]) == "Mallitie 1, Joensuu"
    assert whole.contacts[0].confirmed_on == clock.today()
    await commands.change_contact(db, whole.contacts[0], {"phone": "013 000 000"}, operation_id=uuid4())
    for row in (whole.places[0], whole.contacts[0]):
        await commands.remove(db, service, row, operation_id=uuid4())
        await edits.undo_last(db, operation_id=uuid4())
    whole = await reading.service(db, made)
    assert len(whole.places) == 1
    assert whole.contacts[0].phone == "013 000 000"


async def test_a_successor_takes_over_from_a_day(db: Database) -> None:
    made = await made_service(db)
    before = (await reading.service(db, made)).organisation
    await commands.succeed(
        db, before, {"kind": "ngo", "name_fi": "Uudet naapurit ry"}, clock.today(), operation_id=uuid4()
    )
    whole = await reading.service(db, made)
    assert (whole.organisation.name, [each.name for each in whole.former]) == (
        "Uudet naapurit ry",
        ["Naapurit ry"],
    )


async def test_what_is_repeated_under_one_id_happens_once(db: Database) -> None:
    operation = uuid4()
    facts = {"name_fi": "Neuvonta"}
    for _time in range(2):
        await commands.add_service(db, facts, {"kind": "ngo", "name_fi": "Ry"}, operation_id=operation)
    assert len((await reading.network(db)).services) == 1


@pytest.mark.parametrize(("text", "right"), [("0112038-9", True), ("0112038-8", False), ("x", False)])
def test_a_wrong_business_id_is_refused(text: str, right: bool) -> None:
    if right:
        assert commands.check_business_id(text) == text
        return
    with pytest.raises(InvalidInput):
        commands.check_business_id(text)
