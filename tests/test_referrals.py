"""The life of a referral: which steps the database allows, what is told where, taking the last one back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.radar import RadarQuery, page
from kotoutus_tui.casework.referrals import commands, reading, states
from kotoutus_tui.casework.referrals.commands import Move
from kotoutus_tui.casework.referrals.words import DECLINED, DEEDS, OUTCOMES, STATES
from kotoutus_tui.casework.side import side
from kotoutus_tui.casework.timeline_commands import finish_task
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput
from models import referral as tables
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

NEEDED = {
    "declined": ("decline_code", "full"),
    "withdrawn": ("outcome_note", "syy"),
    "done": ("outcome", "partly"),
    "dropped": ("outcome", "partly"),
    "no_contact": ("outcome", "partly"),
}


@dataclass
class Office:
    database: OwnDatabase
    aino: Database
    client: UUID


@pytest.fixture
async def office(database: OwnDatabase, doors: Callable[[str], Database]) -> Office:
    make_team(database)
    client = make_client(database, "aino", "Haddad", "Rania", phase="plan")
    await open_client(doors("aino"), client)
    return Office(database, doors("aino"), client)


async def _sent(office: Office, **values: object) -> reading.Referral:
    given = {"receiver": "Riveria", "purpose": "Kielikurssi", **values}
    made = await commands.draft(office.aino, office.client, given, operation_id=uuid4())
    return await _moved(office, await _read(office, made), Move("sent"))


async def _read(office: Office, referral: UUID) -> reading.Referral:
    return await reading.referral(office.aino, office.client, referral)


async def _moved(office: Office, referral: reading.Referral, wanted: Move) -> reading.Referral:
    await commands.move(office.aino, office.client, referral, wanted, operation_id=uuid4())
    return await _read(office, referral.id)


def test_program_and_tables_know_the_same_states() -> None:
    assert set(states.MOVES) == set(STATES) == set(tables.REFERRAL_STATES)
    assert states.DECLINE_CODES == tables.DECLINE_CODES and set(DECLINED) == set(tables.DECLINE_CODES)
    assert states.OUTCOMES == tables.OUTCOMES and set(OUTCOMES) == set(tables.OUTCOMES)
    assert set(DEEDS) == {state for following in states.MOVES.values() for state in following}
    assert {state for state, following in states.MOVES.items() if following} == {
        "draft",
        *states.UNDER_WAY,
    }
    # What may follow never leads back, so that a step back is always an undoing.
    assert not [1 for was in states.MOVES for becomes in states.MOVES[was] if was in states.MOVES[becomes]]


def test_the_database_allows_these_steps_and_no_other(database: OwnDatabase) -> None:
    make_team(database)
    client = make_client(database, "aino", "Haddad", "Rania")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        row = connection.execute(
            "insert into app.referral (client_id, receiver) values (%s, 'x') returning id", [client]
        ).fetchone()
        assert row is not None
        refused = {
            pair for pair in product(states.MOVES, repeat=2) if not _allowed(connection, row[0], *pair)
        }
        with pytest.raises(errors.CheckViolation):
            connection.execute(
                "insert into app.referral (client_id, receiver, state) values (%s, 'x', 'sent')", [client]
            )
    allowed = {(was, becomes) for was, following in states.MOVES.items() for becomes in following}
    same = {(state, state) for state in states.MOVES}
    assert set(product(states.MOVES, repeat=2)) - refused == allowed | same


def _allowed(connection: psycopg.Connection, referral: UUID, was: str, becomes: str) -> bool:
    with connection.transaction(force_rollback=True):
        connection.execute("set local session_replication_role = replica")
        _put(connection, referral, was)
        connection.execute("delete from app.referral_step where referral_id = %s", [referral])
        connection.execute("set local session_replication_role = origin")
        refusal = None
        try:
            with connection.transaction():
                _put(connection, referral, becomes)
        except errors.CheckViolation as error:
            refusal = error.diag.constraint_name
    assert refusal in (None, "referral_step")
    return refusal is None


def _put(connection: psycopg.Connection, referral: UUID, state: str) -> None:
    needed = dict([NEEDED[state]] if state in NEEDED else [])
    connection.execute(
        "update app.referral set state = %(state)s, decline_code = %(decline_code)s, outcome = %(outcome)s,"
        " outcome_note = %(outcome_note)s where id = %(id)s",
        {"state": state, "id": referral, "decline_code": None, "outcome": None, "outcome_note": None}
        | needed,
    )


async def test_a_referral_is_sent_answered_and_ends_with_an_outcome(office: Office) -> None:
    soon = clock.today() + timedelta(days=3)
    sent = await _sent(office)
    received = await _moved(office, sent, Move("received", chase_on=soon))
    (waiting,) = (await side(office.aino, office.client)).referrals
    assert waiting.text == "Riveria\nKielikurssi", "that it came is no answer yet"
    with pytest.raises(InvalidInput):
        await _moved(office, received, Move("done", outcome="reached"))
    accepted = await _moved(office, received, Move("accepted", note="Alkaa 11.1.", chase_on=soon))
    assert (await side(office.aino, office.client)).referrals == []
    (row,) = await page(office.aino, RadarQuery(rule="task"), 0, 10)
    assert row.is_task and "Riveria" in (row.title or "") and row.due_on == soon
    started = await _moved(office, accepted, Move("started"))
    assert started.chase_on is None and await page(office.aino, RadarQuery(rule="task"), 0, 10) == []
    with pytest.raises(Conflict):
        await _moved(office, accepted, Move("dropped", outcome="not_known"))
    with pytest.raises(InvalidInput):
        await _moved(office, started, Move("done"))
    done = await _moved(office, started, Move("done", outcome="reached", note="Sai todistuksen."))
    assert (done.outcome, done.outcome_note, done.is_open) == ("reached", "Sai todistuksen.", False)
    assert [step.becomes for step in await reading.steps(office.aino, done.id)] == [
        "draft", "sent", "received", "accepted", "started", "done",
    ]  # fmt: skip
    events = await timeline.page(office.aino, office.client)
    assert [event.kind for event in events] == ["referral_answer"] * 4 + ["referral"]
    assert {event.refers_to for event in events[:-1]} == {events[-1].id} and events[-1].answered


async def test_the_last_step_is_undone_with_its_entry_and_its_task(office: Office) -> None:
    soon, later = clock.today() + timedelta(days=3), clock.today() + timedelta(days=9)
    made = await commands.draft(office.aino, office.client, {"receiver": "Kela"}, operation_id=uuid4())
    sent = await _moved(office, await _read(office, made), Move("sent", chase_on=soon))
    declined = await _moved(office, sent, Move("declined", decline_code="full"))
    assert declined.chase_on is None and (await side(office.aino, office.client)).tasks == []
    await undo_last(office.aino, office.client, operation_id=uuid4())
    again = await _read(office, made)
    assert (again.state, again.decline_code, again.chase_on) == ("sent", None, soon)
    shown = await side(office.aino, office.client)
    assert [task.due_on for task in shown.tasks] == [soon] and len(shown.referrals) == 1
    await commands.chase(office.aino, office.client, again, later, operation_id=uuid4())
    assert [task.due_on for task in (await side(office.aino, office.client)).tasks] == [later]
    await undo_last(office.aino, office.client, operation_id=uuid4())
    assert (await _read(office, made)).chase_on == soon
    await undo_last(office.aino, office.client, operation_id=uuid4())
    assert (await _read(office, made)).state == "draft"
    shown = await side(office.aino, office.client)
    assert (shown.tasks, shown.referrals) == ([], [])
    steps = await reading.steps(office.aino, made)
    assert [(s.becomes, s.undone, s.takes_back) for s in steps] == [
        ("draft", False, False), ("sent", True, False), ("declined", True, False),
        ("sent", False, True), ("draft", False, True),
    ]  # fmt: skip
    await undo_last(office.aino, office.client, operation_id=uuid4())
    assert list(await reading.referrals(office.aino, office.client)) == []


async def test_a_finished_task_leaves_no_day_and_what_was_sent_keeps_its_words(office: Office) -> None:
    sent = await _sent(office)
    await commands.chase(
        office.aino, office.client, sent, clock.today() + timedelta(days=2), operation_id=uuid4()
    )
    (task,) = (await side(office.aino, office.client)).tasks
    await finish_task(office.aino, office.client, task.id, operation_id=uuid4())
    assert (await _read(office, sent.id)).chase_on is None
    with pytest.raises(Conflict):
        await commands.change(
            office.aino, office.client, sent.id, {"purpose": "Kielikurssi"}, {"purpose": "Muu"},
            operation_id=uuid4(),
        )  # fmt: skip
    with psycopg.connect(office.database.as_login("aino"), autocommit=True) as connection:
        for statement in (
            "update app.referral set purpose = 'Muu'",
            "update app.referral set receiver = 'Muu'",
            "update app.referral set removed_at = now()",
            "update app.referral set state = 'done', outcome = 'reached'",
        ):
            with pytest.raises(errors.CheckViolation):
                connection.execute(statement)


async def test_a_step_is_taken_back_only_by_its_author_within_a_day(office: Office) -> None:
    sent = await _sent(office)
    received = await _moved(office, sent, Move("received"))
    back = "update app.referral set state = 'sent' where id = %s"
    with psycopg.connect(office.database.as_login("helmi"), autocommit=True) as lead:
        lead.execute("select api.open_client(%s, 'syy joka riittää')", [office.client])
        with pytest.raises(errors.CheckViolation):
            lead.execute(back, [received.id])
    with psycopg.connect(office.database.as_superuser, autocommit=True) as above:
        above.execute("alter table app.referral_step disable trigger user")
        above.execute("update app.referral_step set at = at - interval '25 hours'")
        above.execute("alter table app.referral_step enable trigger user")
        with pytest.raises(errors.InsufficientPrivilege):
            above.execute("update app.referral_step set author = 'bilal'")
    with (
        psycopg.connect(office.database.as_login("aino"), autocommit=True) as own,
        pytest.raises(errors.CheckViolation),
    ):
        own.execute(back, [received.id])


async def test_counts_need_no_opening_and_name_no_receiver(
    office: Office, doors: Callable[[str], Database]
) -> None:
    await _sent(office)
    await _sent(office)
    other = make_client(office.database, "bilal", "Muu", "Asiakas")
    for login in ("aino", "helmi"):
        (found,) = await reading.overview(doors(login))
        assert (found.client_id, found.state, found.many) == (office.client, "sent", 2)
    assert await reading.overview(doors("bilal")) == [] and other
