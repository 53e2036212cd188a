"""Reception of households: templates, steps, risk, and what the database does with each command."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, i18n
from kotoutus_tui.casework.reception import arriving, board, edits, steps, words
from kotoutus_tui.casework.reception.arriving import Facts
from kotoutus_tui.casework.reception.household import Arrival, Step
from kotoutus_tui.casework.reception.risk import states, waits
from kotoutus_tui.casework.reception.steps import StepFacts
from kotoutus_tui.casework.reception.templates import FOLDER, OWNERS, SOURCES, read_folder, templates
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound, SetupError
from models.reception import ARRIVAL_SOURCES, STEP_OWNERS
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


# Templates


def test_the_templates_name_the_sources_and_owners_of_the_tables() -> None:
    assert SOURCES == ARRIVAL_SOURCES
    assert OWNERS == STEP_OWNERS
    assert set(templates().steps) == set(SOURCES) - {"other"}
    assert templates().of_source("other") == ("direct", templates().steps["direct"])


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_step_source_and_owner_has_a_name_in_every_language(language: str) -> None:
    i18n.install(language)
    titles = [kind.title for kind in templates().kinds.values()]
    assert len(titles) == len(set(titles))
    assert all(words.owner_name(owner) for owner in OWNERS)
    assert all(words.source_name(source) for source in SOURCES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "keys"', 'code = "kesy"', "kesy"),
        ('code = "keys"', 'code = "flat"', "flat"),
        ("days = -1,", 'days = "-1",', "keys.days"),
        ("days = -1,", "days = -900,", "keys.days"),
        ("days = -1,", "dags = -1,", "keys"),
        ('{ code = "keys", days = -1, after = "rental_contract" }', '{ code = "keys" }', "keys"),
        ('after = "rental_contract" },\n  { code = "food"', 'after = "bank" },\n  { code = "food"', "keys"),
        ('{ code = "keys", days = -1', '{ code = "keys", days = -90', "keys"),
        ('"school", days = 14, after = "arrived"', '"school", days = 14, after = "registration"', "school"),
        ("step = [", "stepp = [", "step"),
        ("step = [", "step = [[", "quota.toml"),
    ],
)  # fmt: skip
def test_a_template_with_an_error_is_refused_with_file_and_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text())
    assert len(read_folder(tmp_path).steps) == 4
    quota = tmp_path / "quota.toml"
    assert old in quota.read_text()
    quota.write_text(quota.read_text().replace(old, new))
    with pytest.raises(SetupError) as caught:
        read_folder(tmp_path)
    assert "quota.toml" in caught.value.sentence
    assert said in caught.value.sentence


# Risk


def _step(due: int, owner: str = "housing", after: Step | None = None, *, done: bool = False) -> Step:
    return Step(
        uuid4(), UUID(int=0), None, "flat", None, owner, None, None, TODAY + due * DAY,
        after.id if after else None, TODAY if done else None, None, None,
    )  # fmt: skip


def test_what_waits_for_a_late_step_is_held_up_however_far_down() -> None:
    flat = _step(-3)
    contract, keys = _step(5, after=flat), _step(-1, "kela", done=True)
    moved = _step(9, "client", after=contract)
    free, behind_free = _step(4), _step(6, after=keys)
    behind_open = _step(7, after=free)
    found = states([flat, contract, keys, moved, free, behind_free, behind_open], TODAY)
    assert [found[step.id] for step in (flat, contract, moved, keys)] == [
        "late",
        "held_up",
        "held_up",
        "done",
    ]
    assert [found[step.id] for step in (free, behind_free, behind_open)] == ["open", "open", "waiting"]


def test_a_step_is_late_the_day_after_its_day() -> None:
    today, yesterday = _step(0), _step(-1)
    assert list(states([today, yesterday], TODAY).values()) == ["open", "late"]


def test_owners_wait_for_the_first_open_step_of_the_chain_the_late_ones_first() -> None:
    registration = _step(3, "population_register")
    card = _step(7, "police", registration)
    bank = _step(20, "client", card)
    flat = _step(-2, "housing")
    check, own = _step(5, "county", flat), _step(6, "housing", flat)
    found = waits([registration, card, bank, flat, check, own], TODAY)
    assert [(wait.owner, wait.step.id, wait.others, wait.late) for wait in found] == [
        ("housing", flat.id, ("county",), True),
        ("population_register", registration.id, ("client", "police"), False),
    ]


def test_steps_in_a_ring_end_all_the_same() -> None:
    one, two = uuid4(), uuid4()
    ring = [
        Step(a, UUID(int=0), None, "flat", None, "kela", None, None, TODAY, b, None, None, None)
        for a, b in ((one, two), (two, one))
    ]
    assert set(states(ring, TODAY).values()) == {"waiting"}
    assert waits(ring, TODAY) == []


# Commands


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Callable[[str], Database]:
    make_team(database)
    return doors


def _facts(**more: object) -> Facts:
    values: dict[str, object] = {"label": "Viisi henkeä, joulukuu", "source": "quota"}
    return Facts(arrives_on=clock.today() + 20 * DAY, **(values | more))  # type: ignore[arg-type]


async def _made(door: Database, *clients: UUID, **more: object) -> Arrival:
    made = await arriving.make(door, _facts(**more), clients, operation_id=uuid4())
    return await board.arrival(door, made)


def _by_code(arrival: Arrival, code: str, client: UUID | None = None) -> Step:
    return next(s for s in arrival.steps if s.code == code and (client is None or s.client_id == client))


def _events(database: OwnDatabase, client: UUID) -> list[tuple[str, str, str]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(
            "select kind, body, author from app.event where client_id = %s order by entered_at", [client]
        ).fetchall()


Door = Callable[[str], Database]


async def test_steps_come_from_the_template_for_household_and_person(database: OwnDatabase, db: Door) -> None:
    ali, vera = (make_client(database, "aino", name, "Testi") for name in ("Aalto", "Vuori"))
    arrival = await _made(db("aino"), ali, vera, persons=5)
    template = templates().steps["quota"]
    personal = [step for step in template if step.kind.per_person]
    assert len(arrival.steps) == len(template) + len(personal)
    for step in template:
        made = [each for each in arrival.steps if each.code == step.kind.code]
        assert {each.due_on for each in made} == {arrival.arrives_on + step.days * DAY}
        assert {each.client_id for each in made} == ({ali, vera} if step.kind.per_person else {None})
    card, registration = _by_code(arrival, "identity_card", vera), _by_code(arrival, "registration", vera)
    assert card.blocked_by == registration.id
    assert registration.blocked_by == _by_code(arrival, "arrived").id
    assert arrival.progress == (0, len(arrival.steps))
    assert [person.name for person in arrival.people] == ["Aalto Testi", "Vuori Testi"]


async def test_the_same_operation_makes_one_arrival(database: OwnDatabase, db: Door) -> None:
    client, operation = make_client(database, "aino", "Aalto", "Testi"), uuid4()
    first = await arriving.make(db("aino"), _facts(), [client], operation_id=operation)
    assert await arriving.make(db("aino"), _facts(), [client], operation_id=operation) == first
    assert len(await board.arrivals(db("aino"))) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""), ("label", "x" * 61), ("label", "a\x1b[2J"), ("label", "Perhe Aalto"),
        ("source", "moon"), ("persons", 0), ("persons", 31), ("place", "x" * 201), ("place", "a\u202eb"),
    ],
)  # fmt: skip
async def test_bad_facts_are_told_at_their_field(
    database: OwnDatabase, db: Door, field: str, value: object
) -> None:
    make_client(database, "bilal", "Aalto", "Testi")
    with pytest.raises(InvalidInput) as caught:
        await arriving.make(db("aino"), _facts(**{field: value}), operation_id=uuid4())
    assert caught.value.field == field
    assert await board.arrivals(db("aino")) == []


async def test_moving_the_day_moves_what_is_open_and_undo_moves_it_back(
    database: OwnDatabase, db: Door
) -> None:
    door = db("aino")
    arrival = await _made(door, make_client(database, "aino", "Aalto", "Testi"))
    done = _by_code(arrival, "placement_accepted")
    await steps.mark_done(door, done, operation_id=uuid4())
    arrival = await board.arrival(door, arrival.id)
    moved = Facts(arrival.label, arrival.arrives_on + 7 * DAY, arrival.source, "Rantakylä", 4, "bilal")
    await arriving.change(door, arrival, moved, operation_id=uuid4())
    after = await board.arrival(door, arrival.id)
    assert (after.place, after.persons, after.responsible_name) == ("Rantakylä", 4, "Bilal Berg")
    for was, now in zip(arrival.steps, sorted(after.steps, key=arrival_order(arrival)), strict=True):
        assert now.due_on - was.due_on == (0 * DAY if was.id == done.id else 7 * DAY)
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    back = await board.arrival(door, arrival.id)
    assert (back.arrives_on, back.place, back.steps) == (arrival.arrives_on, None, arrival.steps)


def arrival_order(arrival: Arrival) -> Callable[[Step], int]:
    places = {step.id: place for place, step in enumerate(arrival.steps)}
    return lambda step: places[step.id]


async def test_a_done_step_is_told_on_the_timeline_and_withdrawn_when_it_was_not(
    database: OwnDatabase, db: Door
) -> None:
    ali, vera = (make_client(database, "aino", name, "Testi") for name in ("Aalto", "Vuori"))
    theirs = make_client(database, "bilal", "Koski", "Testi")
    door = db("aino")
    arrival = await _made(db("helmi"), ali, vera, theirs)
    await steps.mark_done(door, _by_code(arrival, "arrived"), operation_id=uuid4())
    for client in (ali, vera, theirs):
        assert _events(database, client) == [("reception", "Vastaanotto: Perhe on saapunut", "aino")]
    bank = _by_code(arrival, "registration", vera)
    await steps.mark_done(door, bank, operation_id=uuid4())
    await steps.mark_done(door, _by_code(arrival, "food"), operation_id=uuid4())
    assert [kind for kind, _body, _author in _events(database, vera)] == ["reception", "reception"]
    assert len(_events(database, ali)) == 1
    await steps.mark_open(door, _by_code(await board.arrival(door, arrival.id), "registration", vera),
                          operation_id=uuid4())  # fmt: skip
    assert [kind for kind, *_rest in _events(database, vera)] == ["reception", "reception", "withdrawal"]
    await steps.mark_done(door, bank, operation_id=uuid4())
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    assert [kind for kind, *_rest in _events(database, vera)][3:] == ["reception", "withdrawal"]
    assert _by_code(await board.arrival(door, arrival.id), "registration", vera).open


async def test_a_step_done_earlier_is_told_on_its_day(database: OwnDatabase, db: Door) -> None:
    client = make_client(database, "aino", "Aalto", "Testi")
    arrival = await _made(db("aino"), client)
    before = clock.today() - 3 * DAY
    await steps.mark_done(db("aino"), _by_code(arrival, "registration"), before, operation_id=uuid4())
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute("select occurred_at from app.event where kind = 'reception'").fetchone()
    assert row is not None
    assert row[0].astimezone(clock.HELSINKI).date() == before
    with pytest.raises(InvalidInput) as caught:
        await steps.mark_done(
            db("aino"), _by_code(arrival, "bank"), clock.today() + DAY, operation_id=uuid4()
        )
    assert caught.value.field == "done_on"


async def test_not_applicable_needs_a_reason_and_counts_for_nothing(db: Door) -> None:
    door = db("aino")
    arrival = await _made(door)
    school = _by_code(arrival, "school")
    with pytest.raises(InvalidInput):
        await steps.mark_not_applicable(door, school, " ", operation_id=uuid4())
    await steps.mark_not_applicable(door, school, "ei lapsia", operation_id=uuid4())
    after = await board.arrival(door, arrival.id)
    assert after.progress == (0, len(arrival.steps) - 1)
    assert states(after.steps, clock.today())[school.id] == "not_applicable"
    await steps.mark_done(door, _by_code(after, "school"), operation_id=uuid4())
    assert (await board.arrival(door, arrival.id)).progress == (1, len(arrival.steps))


async def test_a_step_of_ones_own_and_its_changes(database: OwnDatabase, db: Door) -> None:
    client, door = make_client(database, "aino", "Aalto", "Testi"), db("aino")
    arrival = await _made(door, client)
    flat = _by_code(arrival, "flat")
    facts = StepFacts(clock.today() + DAY, "other", "bilal", flat.id, "Koiran paperit")
    made = await steps.add(door, arrival.id, facts, client, operation_id=uuid4())
    step = (await board.arrival(door, arrival.id)).step(made)
    assert step is not None
    assert (words.title_of(step), step.responsible_name, step.blocked_by, step.client_id) == (
        "Koiran paperit", "Bilal Berg", flat.id, client,
    )  # fmt: skip
    new = StepFacts(clock.today() + 2 * DAY, "county", None, None, "Kissan paperit")
    await steps.change(door, step, new, operation_id=uuid4())
    with pytest.raises(Conflict):
        await steps.change(
            door, step, StepFacts(clock.today(), "county", None, None, "Muu"), operation_id=uuid4()
        )
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    assert (await board.arrival(door, arrival.id)).step(made) == step
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    assert (await board.arrival(door, arrival.id)).step(made) is None
    with pytest.raises(NotFound):
        await edits.undo_last(door, arrival.id, operation_id=uuid4())
    for wrong in (StepFacts(clock.today(), "moon", title="x"), StepFacts(clock.today(), "kela", title=" ")):
        with pytest.raises(InvalidInput):
            await steps.add(door, arrival.id, wrong, operation_id=uuid4())


async def test_cancelling_needs_a_reason_and_can_be_taken_back(db: Door) -> None:
    door = db("aino")
    arrival = await _made(door)
    with pytest.raises(InvalidInput):
        await arriving.cancel(door, arrival, "", operation_id=uuid4())
    await arriving.cancel(door, arrival, "Muuttavatkin Ouluun", operation_id=uuid4())
    assert await board.arrivals(door) == []
    cancelled = await board.arrivals(door, "cancelled")
    assert [each.cancelled_reason for each in cancelled] == ["Muuttavatkin Ouluun"]
    await arriving.take_up_again(door, cancelled[0], operation_id=uuid4())
    assert len(await board.arrivals(door)) == 1
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    await edits.undo_last(door, arrival.id, operation_id=uuid4())
    assert [each.cancelled_at for each in await board.arrivals(door)] == [None]


async def test_people_are_brought_in_later_with_their_steps(database: OwnDatabase, db: Door) -> None:
    door, client = db("aino"), make_client(database, "aino", "Aalto", "Testi")
    arrival = await _made(door)
    await arriving.add_person(door, arrival, client, operation_id=uuid4())
    after = await board.arrival(door, arrival.id)
    assert len(after.steps) == len(templates().steps["quota"])
    assert _by_code(after, "registration").blocked_by == _by_code(arrival, "arrived").id
    with pytest.raises(Conflict):
        await arriving.add_person(door, after, client, operation_id=uuid4())
    assert len((await board.arrival(door, arrival.id)).steps) == len(after.steps)


async def test_who_was_added_by_mistake_is_taken_out_with_all_that_was_told(
    database: OwnDatabase, db: Door
) -> None:
    mine, theirs = make_client(database, "aino", "Aalto", "A"), make_client(database, "bilal", "Koski", "B")
    arrival = await _made(db("helmi"), mine, theirs)
    await steps.mark_done(db("bilal"), _by_code(arrival, "registration", theirs), operation_id=uuid4())
    arrival = await board.arrival(db("helmi"), arrival.id)
    with pytest.raises(NotFound):
        await arriving.take_out(db("aino"), arrival, theirs, operation_id=uuid4())
    await arriving.take_out(db("helmi"), arrival, theirs, operation_id=uuid4())
    after = await board.arrival(db("helmi"), arrival.id)
    assert [person.client_id for person in after.people] == [mine]
    assert {step.client_id for step in after.steps} == {None, mine}
    assert [kind for kind, *_rest in _events(database, theirs)] == ["reception", "withdrawal"]
    assert await board.arrivals(db("bilal")) == []
    with pytest.raises(NotFound):
        await arriving.take_out(db("helmi"), arrival, theirs, operation_id=uuid4())
    await arriving.add_person(db("helmi"), after, theirs, operation_id=uuid4())
    again = await board.arrival(db("bilal"), arrival.id)
    assert len(again.steps) == len(arrival.steps)
    assert _by_code(again, "registration", theirs).open


async def test_the_scopes_divide_the_arrivals(db: Door) -> None:
    door, today = db("aino"), clock.today()
    days = {"gone": -90, "under way": -5, "today": 0, "soon": 60, "later": 61}
    made = {
        name: await arriving.make(
            door, Facts(name, today + days[name] * DAY, "direct"), operation_id=uuid4()
        )
        for name in days
    }  # fmt: skip
    for step in (await board.arrival(door, made["gone"])).steps:
        await steps.mark_done(door, step, operation_id=uuid4())
    assert [each.label for each in await board.arrivals(door)] == ["under way", "today", "soon"]
    assert [each.label for each in await board.arrivals(door, "later")] == ["later"]
    assert [each.label for each in await board.arrivals(door, "finished")] == ["gone"]


# Who may


async def test_a_protected_person_arrives_without_a_place(database: OwnDatabase, db: Door) -> None:
    guarded = make_client(database, "aino", "Aalto", "Testi")
    theirs = make_client(database, "bilal", "Koski", "Testi")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for client in (guarded, theirs):
            connection.execute("select access.put_protection(%s, true, null)", [client])
    with pytest.raises(InvalidInput) as caught:
        await _made(db("aino"), guarded, place="Rantakylä")
    assert caught.value.field == "place"
    assert "36 §" in caught.value.sentence
    arrival = await _made(db("aino"), guarded)
    assert arrival.protected
    placed = Facts(arrival.label, arrival.arrives_on, arrival.source, "Rantakylä")
    with pytest.raises(InvalidInput):
        await arriving.change(db("aino"), arrival, placed, operation_id=uuid4())
    both = await _made(db("helmi"), make_client(database, "aino", "Vuori", "Testi"), theirs)
    seen = await board.arrival(db("aino"), both.id)
    with pytest.raises(InvalidInput) as caught:
        await arriving.change(db("aino"), seen, placed, operation_id=uuid4())
    assert caught.value.field == "place"
    # A place that was there goes when a protected person comes in.
    open_one = await _made(db("aino"), place="Rantakylä")
    await arriving.add_person(db("aino"), open_one, guarded, operation_id=uuid4())
    assert (await board.arrival(db("aino"), open_one.id)).place is None


async def test_a_household_shows_another_counsellors_client_without_a_name(
    database: OwnDatabase, db: Door
) -> None:
    own, theirs = make_client(database, "aino", "Aalto", "A"), make_client(database, "bilal", "Koski", "B")
    arrival = await _made(db("helmi"), own, theirs)
    assert [person.name for person in arrival.people] == ["Aalto A", "Koski B"]
    seen = {person.client_id: person.name for person in (await board.arrival(db("aino"), arrival.id)).people}
    assert seen == {own: "Aalto A", theirs: None}
    assert words.name_of((await board.arrival(db("aino"), arrival.id)).people[1]) == "toisen ohjaajan asiakas"
    third = make_client(database, "aino", "Vuori", "C")
    with pytest.raises(NotAllowed):
        await arriving.add_person(db("bilal"), arrival, third, operation_id=uuid4())


async def test_only_those_who_take_part_see_an_arrival(database: OwnDatabase, db: Door) -> None:
    mine = await _made(db("aino"), make_client(database, "aino", "Aalto", "A"))
    assert await board.arrivals(db("bilal")) == []
    with pytest.raises(NotFound):
        await board.arrival(db("bilal"), mine.id)
    with pytest.raises(NotFound):
        await steps.mark_done(db("bilal"), mine.steps[0], operation_id=uuid4())
    with pytest.raises((NotAllowed, NotFound)):
        await arriving.add_person(db("bilal"), mine, make_client(database, "bilal", "Koski", "B"),
                                  operation_id=uuid4())  # fmt: skip
    assert [each.id for each in await board.arrivals(db("helmi"))] == [mine.id]
    facts = Facts(mine.label, mine.arrives_on, mine.source, responsible="bilal")
    await arriving.change(db("aino"), mine, facts, operation_id=uuid4())
    assert [each.id for each in await board.arrivals(db("bilal"))] == [mine.id]


async def test_only_one_who_did_a_step_of_an_arrival_tells_of_it(database: OwnDatabase, db: Door) -> None:
    client = make_client(database, "aino", "Aalto", "Testi")
    arrival = await _made(db("aino"), client, responsible="bilal")
    step = _by_code(arrival, "registration")
    tell = "select api.tell_reception(%s, 'Keksitty', true)"

    def told(login: str, step_id: UUID) -> object:
        with psycopg.connect(database.as_login(login), autocommit=True) as connection:
            return connection.execute(tell, [step_id]).fetchone()

    # Open: there is nothing to take back, and nothing is told.
    assert told("aino", step.id) == (0,)
    assert _events(database, client) == []
    await steps.mark_done(db("aino"), step, operation_id=uuid4())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        told("bilal", step.id)
    # Told once already.
    assert told("aino", step.id) == (0,)
    for login, step_id in (("aino", uuid4()), ("arto", step.id), ("tiina", step.id)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            told(login, step_id)
    assert len(_events(database, client)) == 1
