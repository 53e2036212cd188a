"""The facts of a client: two people changing them at once, undo, names, languages, household, secrets."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui.casework import client_details, client_languages, client_names, household
from kotoutus_tui.casework.client_details import FieldConflict, Values
from kotoutus_tui.casework.client_names import NameParts
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.search import find
from kotoutus_tui.casework.side import side
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kotoutus_tui.privacy import reveal
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

SECRET_STREET = "Kuvitteellinen katu 1"


@dataclass
class Office:
    """Two sessions of aino, one of bilal, and aino's client opened in the first two."""

    one: Database
    two: Database
    bilal: Database
    client: UUID
    database: OwnDatabase

    async def values(self) -> Values:
        """The facts as they are."""
        return (await client_details.details(self.one, self.client)).values

    async def change(
        self, seen: Values, door: Database | None = None, **wanted: client_details.Value
    ) -> None:
        """Change facts seen as `seen`."""
        await client_details.change(door or self.one, self.client, seen, wanted, operation_id=uuid4())

    async def undo(self) -> str:
        """Undo the last command."""
        return await undo_last(self.one, self.client, operation_id=uuid4())

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What the database holds, past every rule."""
        with psycopg.connect(self.database.as_superuser) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    make_team(database)
    client = make_client(
        database, "aino", "Ivanova", "Oksana",
        phase="plan", detail={"birth_date": "1990-05-04"}, languages=[{"language": "uk", "level": "native"}],
        contact={"phone": "+358 50 000 0000", "address": SECRET_STREET, "municipality": "Joensuu"},
    )  # fmt: skip
    one, two, bilal = (Database(database.as_login(login)) for login in ("aino", "aino", "bilal"))
    await open_client(one, client)
    yield Office(one, two, bilal, client, database)
    for door in (one, two, bilal):
        await door.close()


async def test_facts_are_read_only_while_the_client_is_open(office: Office) -> None:
    details = await client_details.details(office.one, office.client)
    assert (details.name, details.values["birth_date"], details.values["phase"]) == (
        "Ivanova Oksana", date(1990, 5, 4), "plan",
    )  # fmt: skip
    with pytest.raises(NotFound):
        await client_details.details(office.bilal, office.client)
    with pytest.raises(NotAllowed):
        await office.change(details.values, office.bilal, citizenship="UA")


async def test_two_people_change_different_fields_and_both_stand(office: Office) -> None:
    seen = await office.values()
    await office.change(seen, citizenship="UA", arrived_on=date(2025, 3, 1))
    await office.change(seen, office.two, mother_tongue="uk", phone="+358 50 000 0001")
    now = await office.values()
    theirs = {"mother_tongue": "uk", "phone": "+358 50 000 0001"}
    assert now == seen | {"citizenship": "UA", "arrived_on": date(2025, 3, 1)} | theirs


async def test_the_same_field_is_a_conflict_that_shows_theirs_and_writes_nothing(office: Office) -> None:
    seen = await office.values()
    await office.change(seen, citizenship="UA", mother_tongue="uk")
    with pytest.raises(FieldConflict) as conflict:
        await office.change(seen, office.two, citizenship="RU", mother_tongue="uk", ground_of_entry="family")
    assert conflict.value.theirs == {"citizenship": "UA"}
    assert conflict.value.changed_by == "Aino Aaltonen"
    now = await office.values()
    assert (now["citizenship"], now["ground_of_entry"]) == ("UA", None)
    await office.change(
        seen | conflict.value.theirs,
        office.two,
        citizenship="RU",
        mother_tongue="uk",
        ground_of_entry="family",
    )
    now = await office.values()
    assert (now["citizenship"], now["mother_tongue"], now["ground_of_entry"]) == ("RU", "uk", "family")


async def test_a_change_is_undone_unless_somebody_changed_it_since(office: Office) -> None:
    seen = await office.values()
    await office.change(seen, citizenship="UA", interpreter_needed=True, period_start=date(2026, 1, 1))
    assert await office.undo() == "details.change"
    assert await office.values() == seen
    await office.change(seen, citizenship="UA")
    await office.change(seen | {"citizenship": "UA"}, office.two, citizenship="RU")
    assert await office.undo() == "details.change"
    assert (await office.values())["citizenship"] == "UA"


async def test_undo_does_not_overwrite_what_came_after(office: Office) -> None:
    seen = await office.values()
    await office.change(seen, citizenship="UA")
    with psycopg.connect(office.database.as_superuser, autocommit=True) as connection:
        connection.execute("update app.client_detail set citizenship = 'EE'")
    with pytest.raises(FieldConflict):
        await office.undo()
    assert (await office.values())["citizenship"] == "EE"


async def test_the_period_follows_the_first_plan_unless_it_was_set_by_hand(office: Office) -> None:
    seen = await office.values()
    await office.change(seen, first_plan_drawn_on=date(2026, 1, 15))
    seen = await office.values()
    assert (seen["period_start"], seen["period_end"]) == (date(2026, 1, 15), date(2028, 1, 15))
    await office.change(seen, first_plan_drawn_on=date(2026, 2, 1))
    seen = await office.values()
    assert seen["period_end"] == date(2028, 2, 1)
    await office.change(seen, period_end=date(2029, 2, 1))
    seen = await office.values()
    await office.change(seen, first_plan_drawn_on=date(2026, 3, 1))
    assert (await office.values())["period_end"] == date(2029, 2, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", date(2100, 1, 1)),
        ("arrived_on", date(1980, 1, 1)),
        ("address", "a\x1b[2Jb"),
        ("address", "x" * 201),
        ("ground_of_entry", "no such ground"),
        ("phase", "no such phase"),
    ],
)
async def test_a_value_that_cannot_be_is_refused(
    office: Office, field: str, value: client_details.Value
) -> None:
    seen = await office.values()
    with pytest.raises(InvalidInput):
        await client_details.change(
            office.one,
            office.client,
            seen,
            {field: value},
            operation_id=uuid4(),
        )
    assert await office.values() == seen


async def test_a_new_birth_date_is_found_by_search(office: Office) -> None:
    assert not (await find(office.one, "Ivanova 1988")).hits[0].born_fits
    await office.change(await office.values(), birth_date=date(1988, 2, 3))
    assert (await find(office.one, "Ivanova 1988")).hits[0].born_fits
    assert office.rows("select birth_year from app.client_search_key") == [(1988,)]


@pytest.mark.slow
async def test_of_a_thousand_changes_at_once_none_is_lost(office: Office) -> None:
    """Each round two sessions begin from the same values and write at the same moment."""
    chance = random.Random(20261124)
    fields = ("citizenship", "mother_tongue", "source", "address", "service_language")
    words = ("aa", "bb", "cc", "dd")
    conflicts = 0
    seen = await office.values()
    for _round in range(1000):
        wishes: list[dict[str, client_details.Value]] = [
            {
                name: chance.choice([word for word in words if word != seen[name]])
                for name in chance.sample(fields, chance.randint(1, 3))
            }
            for _person in "ab"
        ]
        doors = [office.one, office.two]
        results = await asyncio.gather(
            *(office.change(seen, door, **wish) for door, wish in zip(doors, wishes, strict=True)),
            return_exceptions=True,
        )
        refused = [n for n, result in enumerate(results) if result is not None]
        assert all(isinstance(results[n], FieldConflict) for n in refused) and len(refused) < 2
        expected = dict(seen)
        for n in set(range(2)) - set(refused):
            expected |= wishes[n]
        assert await office.values() == expected
        for n in refused:
            # The loser sees what stands now, and its wishes go on from there.
            conflicts += 1
            error = results[n]
            assert isinstance(error, FieldConflict)
            assert error.theirs == {name: expected[name] for name in error.theirs}
            await office.change(seen | error.theirs, doors[n], **wishes[n])
            expected |= wishes[n]
            assert await office.values() == expected
        seen = expected
    assert conflicts > 100


async def test_names_of_several_kinds_are_added_changed_and_removed(office: Office) -> None:
    async def names() -> list[tuple[str, str]]:
        return [(name.kind, name.whole) for name in await client_names.names(office.one, office.client)]

    parts = NameParts("Іванова", "Оксана", valid_from=date(2020, 1, 1))
    await client_names.add_name(office.one, office.client, "own_script", parts, operation_id=uuid4())
    assert await names() == [("passport", "Ivanova Oksana"), ("own_script", "Іванова Оксана")]
    passport = (await client_names.names(office.one, office.client))[0]
    await client_names.change_name(
        office.one, office.client, passport, NameParts("Virtanen", "Oksana"), operation_id=uuid4(),
        keep_former=True,
    )  # fmt: skip
    assert await names() == [
        ("passport", "Virtanen Oksana"), ("previous", "Ivanova Oksana"), ("own_script", "Іванова Оксана"),
    ]  # fmt: skip
    assert (await client_details.details(office.one, office.client)).name == "Virtanen Oksana"
    for words in ("Virtanen", "Ivanova", "Оксана"):
        assert [hit.client_id for hit in (await find(office.one, words)).hits] == [office.client]
    with pytest.raises(Conflict):
        await client_names.change_name(
            office.two, office.client, passport, NameParts("Korhonen", "Oksana"), operation_id=uuid4()
        )
    await office.undo()
    assert await names() == [("passport", "Ivanova Oksana"), ("own_script", "Іванова Оксана")]
    assert (await find(office.one, "Virtanen")).hits == ()
    await office.undo()
    assert await names() == [("passport", "Ivanova Oksana")]


async def test_a_removed_name_comes_back_and_the_passport_stays(office: Office) -> None:
    await client_names.add_name(
        office.one, office.client, "alias", NameParts(given="Tuulikki"), operation_id=uuid4()
    )
    passport, alias = await client_names.names(office.one, office.client)
    with pytest.raises(InvalidInput):
        await client_names.remove_name(office.one, office.client, passport.id, operation_id=uuid4())
    await client_names.remove_name(office.one, office.client, alias.id, operation_id=uuid4())
    assert len(await client_names.names(office.one, office.client)) == 1
    assert (await find(office.one, "Tuulikki")).hits == ()
    await office.undo()
    assert [hit.client_id for hit in (await find(office.one, "Tuulikki")).hits] == [office.client]


async def test_languages_are_added_changed_and_removed(office: Office) -> None:
    async def spoken() -> list[tuple[str, str | None]]:
        return [
            (one.language, one.level) for one in await client_languages.languages(office.one, office.client)
        ]

    await client_languages.add_language(office.one, office.client, "fi", "A2", operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await client_languages.add_language(office.one, office.client, "fi", None, operation_id=uuid4())
    _native, finnish = await client_languages.languages(office.one, office.client)
    await client_languages.change_level(office.one, office.client, finnish, "B1", operation_id=uuid4())
    with pytest.raises(Conflict):
        await client_languages.change_level(office.two, office.client, finnish, "C1", operation_id=uuid4())
    assert await spoken() == [("uk", "native"), ("fi", "B1")]
    await client_languages.remove_language(office.one, office.client, finnish.id, operation_id=uuid4())
    assert await spoken() == [("uk", "native")]
    for after in ([("uk", "native"), ("fi", "B1")], [("uk", "native"), ("fi", "A2")], [("uk", "native")]):
        await office.undo()
        assert await spoken() == after


async def test_a_household_is_brought_together_and_undone(office: Office) -> None:
    async def members() -> list[tuple[str, str]]:
        return [(one.name, one.relation) for one in (await side(office.one, office.client)).household]

    other = make_client(office.database, "aino", "Ivanov", "Petro")
    await household.add_member(office.one, office.client, "child", person="Olena", operation_id=uuid4())
    await household.add_member(office.one, office.client, "spouse", other=other, operation_id=uuid4())
    assert await members() == [("Olena", "child"), ("Ivanov Petro", "spouse")]
    spouse = (await side(office.one, office.client)).household[1]
    await household.remove_member(office.one, office.client, spouse.id, operation_id=uuid4())
    assert await members() == [("Olena", "child")]
    await office.undo()
    assert await members() == [("Olena", "child"), ("Ivanov Petro", "spouse")]
    await office.undo()
    await office.undo()
    assert await members() == []
    for person, too in ((None, None), (" ", None), ("x", other)):
        with pytest.raises(InvalidInput):
            await household.add_member(
                office.one, office.client, "child", operation_id=uuid4(), person=person, other=too
            )
    stranger = make_client(office.database, "bilal", "Vieras", "Vilma")
    with pytest.raises(NotAllowed):
        await household.add_member(office.one, office.client, "spouse", other=stranger, operation_id=uuid4())


async def test_an_identity_code_is_shown_only_after_its_reveal_was_logged(office: Office) -> None:
    assert await reveal.personal_id(office.one, office.client) is None
    await reveal.set_personal_id(office.one, office.client, "040590-935F")
    assert (await client_details.details(office.one, office.client)).has_personal_id
    before = office.rows(
        "select 1 from audit.log_entry where subject = 'reveal_personal_id' and action = 'reveal'"
    )
    assert await reveal.personal_id(office.one, office.client) == "040590-935F"
    after = office.rows(
        "select 1 from audit.log_entry where subject = 'reveal_personal_id' and action = 'reveal'"
    )
    assert len(after) == len(before) + 1
    with pytest.raises(NotAllowed):
        await reveal.personal_id(office.bilal, office.client)


async def test_contact_data_of_a_protected_person_are_shown_for_a_reason_and_changed_together(
    office: Office,
) -> None:
    await reveal.protect(office.one, office.client, date(2027, 6, 1))
    details = await client_details.details(office.one, office.client)
    assert details.protected
    assert [details.values[name] for name in client_details.OF_CONTACT] == [None] * 4
    with pytest.raises(InvalidInput):
        await office.change(details.values, address="Näkyvä katu 2")
    with pytest.raises(InvalidInput):
        await reveal.protected_contact(office.one, office.client, " x ")
    seen = await reveal.protected_contact(office.one, office.client, "Soitan ajan siirrosta")
    assert seen is not None and (seen.address, seen.valid_until) == (SECRET_STREET, date(2027, 6, 1))
    with pytest.raises(NotAllowed):
        await reveal.protected_contact(office.bilal, office.client, "Soitan ajan siirrosta")
    change = reveal.change_protected_contact
    await change(office.one, office.client, seen, {"phone": "1"}, operation_id=uuid4())
    await change(office.two, office.client, seen, {"email": "a@example.org"}, operation_id=uuid4())
    with pytest.raises(FieldConflict) as conflict:
        await change(office.two, office.client, seen, {"phone": "2"}, operation_id=uuid4())
    assert conflict.value.theirs == {"phone": "1"}
    now = await reveal.protected_contact(office.one, office.client, "Tarkistan tallennuksen")
    assert now is not None and (now.phone, now.email, now.address) == ("1", "a@example.org", SECRET_STREET)
    with pytest.raises(InvalidInput):
        await reveal.lift_protection(office.one, office.client, "")
    await reveal.lift_protection(office.one, office.client, "DVV: turvakielto päättynyt")
    assert (await office.values())["address"] == SECRET_STREET
