"""Companies and answers: business ids, arrivals without names, steps by template, undo, expiry."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.guidance import commands, companies, company_commands, settling_in, snippets
from kotoutus_tui.i18n import LANGUAGES
from models.guidance import ROUTES, SETTLING_OWNERS
from tests.cluster import OwnDatabase
from tests.people import make_team


def test_the_templates_fit_the_database_and_families_have_their_step_only_when_they_come() -> None:
    known = settling_in.templates()
    assert set(known.steps) == set(ROUTES) == set(settling_in.ROUTES)
    assert {kind.owner for kind in known.kinds.values()} <= set(SETTLING_OWNERS)
    assert all(set(kind.titles) == set(LANGUAGES) for kind in known.kinds.values())
    month = date(2027, 2, 1)
    codes = {
        families: [step.code for step in settling_in.steps_of("permit", month, families=families)]
        for families in (True, False)
    }
    assert set(codes[True]) - set(codes[False]) == {"families_served"}
    (applied,) = [
        s for s in settling_in.steps_of("permit", month, families=False) if s.code == "permits_applied"
    ]
    assert (applied.due_on, applied.owner) == (date(2026, 12, 3), "employee")


async def test_a_company_with_its_arrival_is_kept_changed_and_taken_back(
    database: OwnDatabase, doors: Callable[[str], Database]
) -> None:
    make_team(database)
    db, today = doors("aino"), clock.today()
    with pytest.raises(InvalidInput) as error:
        await company_commands.add(db, {"name": "Malli Oy", "business_id": "0242746-3"}, operation_id=uuid4())
    assert error.value.field == "business_id"
    facts = {"name": "Malli Oy", "business_id": "242746-2", "contact": "Henni Henkilö", "phone": ""}
    made = await company_commands.add(db, facts, operation_id=uuid4())
    (listed,) = await companies.companies(db, today)
    assert (listed.business_id, listed.phone, listed.contact_confirmed_on) == ("0242746-2", None, today)
    assert not listed.contact_is_old(today)
    assert listed.contact_is_old(today + timedelta(days=366))

    month = (today + timedelta(days=20)).replace(day=1)
    arriving = {"month": today + timedelta(days=20), "people": 4, "route": "eu", "language": "puola"}
    await company_commands.add_arrival(db, made, {**arriving, "families": True}, operation_id=uuid4())
    whole = await companies.company(db, made, today)
    (arrival,) = whole.arrivals
    assert (arrival.month, arrival.people, arrival.language, arrival.progress) == (month, 4, "pl", (0, 12))
    first = arrival.steps[0]
    await company_commands.set_done(db, first, today, operation_id=uuid4())
    later = {**arriving, "month": month + timedelta(days=40), "families": True}
    whole = await companies.company(db, made, today)
    await company_commands.change_arrival(db, whole.arrivals[0], later, operation_id=uuid4())
    (arrival,) = (await companies.company(db, made, today)).arrivals
    done = next(step for step in arrival.steps if step.done_on)
    assert (done.id, done.due_on, done.done_by, arrival.progress) == (
        first.id, first.due_on, "Aino Aaltonen", (1, 12),
    )  # fmt: skip
    moved = next(step for step in arrival.steps if step.code == "arrived")
    assert moved.due_on == arrival.month
    await company_commands.remove_step(db, moved, operation_id=uuid4())
    await commands.undo_last(db, operation_id=uuid4())
    await commands.undo_last(db, operation_id=uuid4())
    (arrival,) = (await companies.company(db, made, today)).arrivals
    assert (arrival.month, arrival.progress) == (month, (1, 12))
    with pytest.raises(InvalidInput):
        await company_commands.add_arrival(db, made, {**arriving, "people": 0}, operation_id=uuid4())

    answer = {
        "topic": "residence_permit", "language": "en", "title": "Where to apply for a permit",
        "body": "In Enter Finland, before travelling.", "valid_until": today + timedelta(days=10),
    }  # fmt: skip
    await snippets.add(db, answer, operation_id=uuid4())
    known = await snippets.snippets(db)
    assert [each.title for each in snippets.found(known, "permi englanti", today)] == [answer["title"]]
    assert snippets.found(known, "asuminen", today) == []
    assert len(snippets.found(known, "", today, due=True)) == 1
    assert known[0].expired(today + timedelta(days=11))
    assert known[0].checked_by == "Aino Aaltonen"
    past = {**answer, "valid_until": today - timedelta(days=1)}
    with pytest.raises(InvalidInput):
        await snippets.change(db, known[0], past, operation_id=uuid4())


def test_the_database_itself_refuses_names_codes_and_others_entries(database: OwnDatabase) -> None:
    make_team(database)
    entry = (
        "insert into app.guidance_entry (given_on, asker, topic, language, minutes, outcome, note)"
        " values ('2026-11-01', 'resident', 'work', 'fi', 5, 'answered', '{}') returning id"
    )
    with psycopg.connect(database.as_login("aino"), autocommit=True) as aino:
        with pytest.raises(psycopg.errors.CheckViolation) as error:
            aino.execute(entry.format("hetu 010199-950X"))  # pyright: ignore[reportArgumentType]
        assert error.value.sqlstate == "23514"
        row = aino.execute(entry.format("kysyi työstä")).fetchone()  # pyright: ignore[reportArgumentType]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            aino.execute("insert into app.answer_snippet (topic, language, title, body, valid_until,"
                         " checked_on, checked_by) values ('work', 'fi', 'x', 'y', '2027-01-01',"
                         " '2026-01-01', 'bilal')")  # fmt: skip
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as bilal:
        assert row is not None
        changed = bilal.execute("update app.guidance_entry set minutes = 500 where id = %s", row)
        assert changed.rowcount == 0
