"""A new client: what is stored, what is refused at which field, and that it is made once."""

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio

from kotoutus_tui import clock
from kotoutus_tui.casework import intake, intake_words
from kotoutus_tui.casework.intake import Name, NewClient
from kotoutus_tui.casework.search import find
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

CODE = "010190-900P"


@pytest_asyncio.fixture
async def people(database: OwnDatabase) -> AsyncIterator[Callable[[str], Database]]:
    """The team; gives the database as one of them sees it."""
    make_team(database)
    opened: list[Database] = []

    def of(login: str) -> Database:
        opened.append(Database(database.as_login(login)))
        return opened[-1]

    yield of
    for each in opened:
        await each.close()


def _row(database: OwnDatabase, statement: str, *values: object) -> tuple[object, ...]:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(statement, values).fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert row is not None
    return row


async def test_everything_given_is_stored_and_found(
    database: OwnDatabase, people: Callable[[str], Database]
) -> None:
    db = people("aino")
    new = NewClient(
        names=[
            Name("passport", "Testinen", "Amira", "Karimovna"),
            Name("own_script", "تستينن", "أميرة"),
            Name("previous", "Entinen", "Amira"),
            Name("called", None, "Ami"),
            Name("alias", "Vale", None),
        ],
        personal_id=CODE,
        mother_tongue="ar",
        service_language="fi",
        languages=[("en", "B1"), ("sv", None)],
        interpreter_needed=True,
        citizenship="SY",
        ground_of_entry="quota_refugee",
        arrived_on=date(2025, 1, 2),
        first_permit_on=date(2025, 1, 3),
        municipality_since=date(2025, 2, 1),
        first_plan_drawn_on=date(2025, 3, 1),
        contact={"phone": "0401234567"},
    )
    operation = uuid4()
    made = await intake.create(db, new, operation_id=operation)
    assert await intake.create(db, new, operation_id=operation) == made
    assert open_client(database, "aino", made) == "own"
    assert _row(
        database,
        "select c.name, c.own_counsellor, c.phase, c.period_start, c.period_end, c.service_language,"
        " c.interpreter_needed, d.birth_date, d.mother_tongue, d.citizenship, d.ground_of_entry,"
        " d.arrived_on, d.first_permit_on, d.municipality_since, k.phone, i.personal_id"
        " from app.client c join app.client_detail d on d.client_id = c.id"
        " join app.client_contact k on k.client_id = c.id join app.client_identity i on i.client_id = c.id",
    ) == (
        "Testinen Amira Karimovna", "aino", "plan", date(2025, 3, 1), date(2027, 3, 1), "fi", True,
        date(1990, 1, 1), "ar", "SY", "quota_refugee", date(2025, 1, 2), date(2025, 1, 3), date(2025, 2, 1),
        "0401234567", CODE,
    )  # fmt: skip
    assert _row(database, "select array_agg(kind::text order by kind::text) from app.client_name") == (
        ["alias", "called", "own_script", "passport", "previous"],
    )
    assert _row(
        database,
        "select array_agg(language::text || coalesce(level, '') order by 1) from app.client_language",
    ) == (["enB1", "sv"],)
    for typed in ("Entinen Amira", "تستينن", "Ami", CODE, "Testinen 1990"):
        assert [hit.client_id for hit in (await find(db, typed)).hits] == [made], typed


async def test_the_lead_makes_clients_for_others_and_for_nobody(
    database: OwnDatabase, people: Callable[[str], Database]
) -> None:
    db = people("helmi")
    name = [Name("passport", "Testinen", "Ivo")]
    given = await intake.create(db, NewClient(name, own_counsellor="bilal"), operation_id=uuid4())
    free = await intake.create(db, NewClient(name), operation_id=uuid4())
    statement = "select own_counsellor, phase from app.client where id = %s"
    assert _row(database, statement, given) == ("bilal", "new")
    assert _row(database, statement, free) == (None, "arriving")


async def test_a_code_another_client_has_is_for_the_lead_alone(
    database: OwnDatabase, people: Callable[[str], Database]
) -> None:
    other = make_client(database, "bilal", "Toinen", "Ivo", personal_id=CODE)
    db = people("aino")
    new = NewClient([Name("passport", "Testinen", "Ivo")], personal_id=CODE)
    made = await intake.create(db, new, operation_id=uuid4())
    assert _row(database, "select client_id, other_client_id from app.identity_clash") == (made, other)
    assert _row(database, "select count(*) from app.client_identity") == (1,)


def _on(**values: object) -> NewClient:
    return NewClient([Name("passport", "Testinen", "Ivo")], **values)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewClient([Name("called", "Vale", None)]), "family"),
        (_on(birth_date=date(1991, 1, 1), personal_id=CODE), "personal_id"),
        (_on(birth_date=clock.today() + timedelta(days=1)), "birth_date"),
        (_on(first_plan_drawn_on=clock.today() + timedelta(days=1)), "first_plan_drawn_on"),
        (_on(birth_date=date(2000, 1, 1), arrived_on=date(1999, 1, 1)), "arrived_on"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    database: OwnDatabase, people: Callable[[str], Database], new: NewClient, field: str
) -> None:
    db = people("aino")
    with pytest.raises(InvalidInput) as caught:
        await intake.create(db, new, operation_id=UUID(int=1))
    assert caught.value.field == field
    assert _row(database, "select count(*) from app.client") == (0,)


def test_codes_and_lines_are_read() -> None:
    assert intake.read_personal_id(f" {CODE.lower()}") == CODE
    for wrong in ("010190-900X", "310290-9000", "x"):
        with pytest.raises(InvalidInput):
            intake.read_personal_id(wrong)
    assert intake.born_by_code("010205A900T").year == 2005
    assert intake.born_by_code("010190Y900P").year == 1990
    assert intake.read_name("alias", " Vale , Ivo ") == Name("alias", "Vale", "Ivo")
    assert intake.read_name("called", "Ivo") == Name("called", "Ivo", None)
    assert intake_words.read_languages("arabia, Englanti b1;somali (A2.1)") == [
        ("ar", None), ("en", "B1"), ("so", "A2.1"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput):
        intake_words.read_languages("arabia, klingonissa")


def test_choices_are_by_name() -> None:
    assert ("SY", "Syyria") in intake_words.countries()
    assert ("ar", "arabia") in intake_words.languages()
    assert not {"EU", "001", "ZZ"} & {code for code, _name in intake_words.countries()}
    assert {code for code, _name in intake_words.grounds()} >= {"quota_refugee", "temporary_protection"}
