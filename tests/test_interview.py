"""The initial interview without a screen: begun, saved item by item, finished, corrected, undone."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework import interview_commands as commands
from kotoutus_tui.casework import interview_end as end
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.client_details import FieldConflict
from kotoutus_tui.casework.interview import Answer, Interview, Setting, interviews, missing, setting
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, KotoutusError, NotAllowed
from models.event import SOURCES
from models.interview import CONTENT_ITEMS, INTERVIEW_PLACES, TOLD_ITEMS
from tests.client_desk import events_of
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

TODAY = clock.today()


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database, "aino", "Ivanova", "Oksana", phase="new", service_language="uk", interpreter_needed=True
    )


@pytest.fixture
async def db(doors: Callable[[str], Database], client: UUID) -> Database:
    aino = doors("aino")
    await open_client(aino, client)
    return aino


async def begun(db: Database, client: UUID) -> Interview:
    await commands.begin(db, client, operation_id=uuid4())
    return (await interviews(db, client))[0]


async def answer(db: Database, client: UUID, item: str, text: str, source: str = "client") -> None:
    now = (await interviews(db, client))[0]
    await commands.save_answer(db, client, now.id, now.answer(item), text, source, operation_id=uuid4())


async def finished(db: Database, client: UUID, **more: object) -> Interview:
    now = (await interviews(db, client))[0]
    lacking = missing(now, await setting(db, client))
    await end.finish(db, client, now, lacking, operation_id=uuid4(), **more)  # pyright: ignore[reportArgumentType]
    return (await interviews(db, client))[0]


def status(database: OwnDatabase, client: UUID) -> tuple[object, ...]:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select c.phase, c.interviewed_on, s.assessment_started_on, s.assessment_finished_on,"
            " s.plan_needed from app.client c join app.client_status s on s.client_id = c.id where c.id = %s",
            [client],
        ).fetchone()
    assert row is not None
    return row


def test_the_words_are_those_of_the_tables() -> None:
    assert tuple(words.CONTENT) == CONTENT_ITEMS
    assert tuple(words.TOLD) == TOLD_ITEMS
    assert tuple(words.PLACES) == INTERVIEW_PLACES
    assert tuple(words.SOURCES) == SOURCES
    assert tuple(words.FACTS) == commands.FACTS


async def test_beginning_offers_the_language_of_contact_and_begins_the_assessment(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    interview = await begun(db, client)
    assert (interview.language, interview.place, interview.held_on) == ("uk", "office", TODAY)
    assert interview.created_by == "Aino Aaltonen"
    assert status(database, client) == ("assessment", None, TODAY, None, None)
    with pytest.raises(Conflict):
        await commands.begin(db, client, operation_id=uuid4())
    await undo_last(db, client, operation_id=uuid4())
    assert await interviews(db, client) == []
    assert status(database, client)[0] == "new"


async def test_a_beginning_is_not_undone_once_somebody_answered(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    await begun(db, client)
    lead = Database(database.as_login("helmi"))
    await open_client(lead, client, "sijaistan")
    await answer(lead, client, "literacy", "Lukee sujuvasti")
    with pytest.raises(Conflict):
        await undo_last(db, client, operation_id=uuid4())
    await undo_last(lead, client, operation_id=uuid4())
    await undo_last(db, client, operation_id=uuid4())
    assert await interviews(db, client) == []
    await lead.close()


async def test_answers_keep_their_source_and_are_counted(db: Database, client: UUID) -> None:
    await begun(db, client)
    await answer(db, client, "literacy", "  Lukee [b]sujuvasti[/b]\r\nkirjoittaa ")
    await answer(db, client, "special_skills", "Ompelija", "document")
    interview = (await interviews(db, client))[0]
    literacy = interview.answer("literacy")
    assert (literacy.text, literacy.source) == ("Lukee [b]sujuvasti[/b]\nkirjoittaa", "client")
    assert interview.answer("special_skills").source == "document"
    assert (interview.answered, interview.told) == (2, 0)
    await answer(db, client, "literacy", "")
    assert (await interviews(db, client))[0].answered == 1


async def test_missing_is_named(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    where = await setting(db, client)
    assert missing(interview, where) == ["interpreter", *words.CONTENT, *words.TOLD]
    for item in words.CONTENT:
        await answer(db, client, item, "on")
    for item in words.TOLD:
        await commands.tell(db, client, interview.id, Answer(item), TODAY, operation_id=uuid4())
    await commands.change_facts(
        db,
        client,
        interview.id,
        {"interpreter": None},
        {"interpreter": "puhelintulkki"},
        operation_id=uuid4(),
    )
    assert missing((await interviews(db, client))[0], where) == []


def test_no_interpreter_is_missed_in_finnish() -> None:
    where = Setting("x", None, "new", "fi", True, None, None, None, None, [])
    interview = Interview(UUID(int=1), TODAY, language="fi", place="home", place_reason=None)
    assert missing(interview, where)[:2] == ["place_reason", "literacy"]


async def test_another_place_needs_a_weighty_reason(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    seen = {"place": "office", "place_reason": None}
    with pytest.raises(InvalidInput) as error:
        await commands.change_facts(db, client, interview.id, seen, {"place": "home"}, operation_id=uuid4())
    assert error.value.field == "place_reason"
    assert "869/2024" in error.value.sentence
    wanted = {"place": "home", "place_reason": "Liikkumiseste"}
    await commands.change_facts(db, client, interview.id, seen, wanted, operation_id=uuid4())
    assert (await interviews(db, client))[0].place == "home"
    with pytest.raises(InvalidInput):
        await commands.change_facts(
            db, client, interview.id, {}, {"held_on": TODAY + timedelta(days=1)}, operation_id=uuid4()
        )


async def test_two_people_answer_one_item_and_neither_text_is_lost(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    seen = Answer("literacy")
    await answer(db, client, "literacy", "Ensimmäinen")
    with pytest.raises(commands.AnswerConflict) as error:
        await commands.save_answer(db, client, interview.id, seen, "Toinen", "client", operation_id=uuid4())
    theirs = error.value.theirs
    assert (theirs.text, theirs.updated_by) == ("Ensimmäinen", "Aino Aaltonen")
    both = "Ensimmäinen\n\nToinen"
    await commands.save_answer(db, client, interview.id, theirs, both, "client", operation_id=uuid4())
    assert (await interviews(db, client))[0].answer("literacy").text == both


async def test_an_attempt_that_was_saved_unseen_is_no_conflict(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    await answer(db, client, "literacy", "Lukee")
    await commands.save_answer(
        db, client, interview.id, Answer("literacy"), "Lukee hyvin", "client",
        operation_id=uuid4(), tried=["Lukee"],
    )  # fmt: skip
    assert (await interviews(db, client))[0].answer("literacy").text == "Lukee hyvin"


async def test_the_same_command_has_one_effect(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    operation, seen = uuid4(), Answer("literacy")
    for _ in range(2):
        await commands.save_answer(db, client, interview.id, seen, "Kerran", "client", operation_id=operation)
    assert (await interviews(db, client))[0].answer("literacy").version == 1


async def test_facts_changed_by_two_are_told_field_by_field(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    change = commands.change_facts
    await change(db, client, interview.id, {"language": "uk"}, {"language": "ru"}, operation_id=uuid4())
    seen = {"language": "uk", "interpreter": None}
    wanted = {"language": "en", "interpreter": "tulkki"}
    with pytest.raises(FieldConflict) as error:
        await change(db, client, interview.id, seen, wanted, operation_id=uuid4())
    assert error.value.theirs == {"language": "ru"}
    assert (await interviews(db, client))[0].interpreter is None


async def test_finishing_writes_the_timeline_and_ends_the_assessment(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    await begun(db, client)
    await answer(db, client, "literacy", "Salaista")
    interview = await finished(db, client, plan_needed=True)
    assert interview.finished_on == TODAY
    assert status(database, client) == ("assessment", TODAY, TODAY, TODAY, True)
    (event,) = await events_of(database, client)
    assert (event.kind, event.channel, event.id) == ("interview", "meeting", interview.event_id)
    assert "Selvitetty 1/9, kerrottu 0/4" in event.body
    assert "Kotoutumissuunnitelman tarve" in event.body
    assert "Salaista" not in event.body
    with pytest.raises(Conflict):
        await answer(db, client, "literacy", "Myöhässä")


async def test_an_earlier_day_of_the_interview_is_that_of_the_event(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    interview = await begun(db, client)
    day = TODAY - timedelta(days=3)
    await commands.change_facts(
        db, client, interview.id, {"held_on": TODAY}, {"held_on": day}, operation_id=uuid4()
    )
    await finished(db, client, assessment_done=False)
    assert status(database, client) == ("assessment", day, TODAY, None, None)


async def test_undo_of_the_finish_lets_it_go_on_and_it_is_finished_again(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    await begun(db, client)
    first = await finished(db, client)
    await undo_last(db, client, operation_id=uuid4())
    assert (await interviews(db, client))[0].finished_on is None
    assert status(database, client)[1] is None
    second = await finished(db, client)
    assert second.event_id not in (None, first.event_id)
    assert status(database, client)[1] == TODAY


async def test_a_finished_interview_is_corrected_with_a_reason(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    await begun(db, client)
    interview = await finished(db, client)
    with pytest.raises(InvalidInput):
        await end.reopen(db, client, interview, " ", operation_id=uuid4())
    await end.reopen(db, client, interview, "Koulutus jäi kirjaamatta", operation_id=uuid4())
    (event,) = await events_of(database, client)
    assert event.correction_reason == "Koulutus jäi kirjaamatta"
    await answer(db, client, "earlier_education_and_work", "Lukio")
    again = await finished(db, client)
    (event,) = await events_of(database, client)
    assert again.event_id == event.id
    assert "Selvitetty 1/9" in event.body
    assert event.original is not None and "Selvitetty 0/9" in event.original
    await undo_last(db, client, operation_id=uuid4())
    assert (await interviews(db, client))[0].event_id == event.id


async def test_an_old_interview_is_not_opened_beside_one_under_way(db: Database, client: UUID) -> None:
    await begun(db, client)
    old = await finished(db, client)
    await begun(db, client)
    with pytest.raises(Conflict):
        await end.reopen(db, client, old, "syy", operation_id=uuid4())
    assert len(await interviews(db, client)) == 2


async def test_one_begun_by_mistake_is_removed_with_a_reason_and_brought_back(
    database: OwnDatabase, db: Database, client: UUID
) -> None:
    interview = await begun(db, client)
    await answer(db, client, "literacy", "on")
    await end.remove(db, client, interview, "väärä asiakas", operation_id=uuid4())
    assert await interviews(db, client) == []
    (note,) = await events_of(database, client)
    assert "väärä asiakas" in note.body
    await undo_last(db, client, operation_id=uuid4())
    assert (await interviews(db, client))[0].answered == 1
    (note,) = await events_of(database, client)
    assert note.withdrawn_at is not None


async def test_nobody_else_reads_or_writes_it(database: OwnDatabase, db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    for login in ("bilal", "helmi"):
        door = Database(database.as_login(login))
        assert await interviews(door, client) == []
        with pytest.raises(KotoutusError) as error:
            await commands.save_answer(
                door, client, interview.id, Answer("literacy"), "x", "client", operation_id=uuid4()
            )
        assert isinstance(error.value, NotAllowed)
        await door.close()


async def test_a_text_with_a_control_code_is_refused_and_names_its_place(db: Database, client: UUID) -> None:
    interview = await begun(db, client)
    with pytest.raises(InvalidInput) as error:
        await commands.save_answer(
            db, client, interview.id, Answer("literacy"), "a\x1b[2J", "client", operation_id=uuid4()
        )
    assert "U+001B" in error.value.sentence
    with pytest.raises(InvalidInput):
        await commands.save_answer(
            db, client, interview.id, Answer("literacy"), "x" * 8001, "client", operation_id=uuid4()
        )
