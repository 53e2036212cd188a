"""Deadlines kept in the database: they follow the facts, whoever changes them and however."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, i18n
from kotoutus_tui.casework import client_details, deadline_store
from kotoutus_tui.casework.deadline_basis import explanation
from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts import Facts, Plan
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.timeline_commands import withdraw, write_event
from kotoutus_tui.casework.undo import once, undo_last
from kotoutus_tui.database import Database
from kotoutus_tui.dates import add_months
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

DRAWN = date(2026, 5, 20)
EARLIER = date(2026, 10, 1)


@dataclass
class Office:
    """Aino's session with a client of hers opened, and a look past every rule."""

    db: Database
    client: UUID
    database: OwnDatabase

    def kept(self) -> dict[str, date]:
        """The deadlines kept, by rule and subject."""
        found = self.rows("select rule || ' ' || subject, due_on from app.deadline order by due_on")
        return {str(name).strip(): cast(date, day) for name, day in found}

    def shown(self) -> tuple[object, ...]:
        """The days lists show."""
        return self.rows("select review_due, period_start, period_end from app.client")[0]

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        with psycopg.connect(self.database.as_superuser) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]

    def write(self, statement: str, *values: object) -> None:
        """Write as the database's owner; triggers run."""
        with psycopg.connect(self.database.as_superuser) as connection:
            connection.execute(statement, values)  # type: ignore[arg-type]

    async def change(self, **wanted: client_details.Value) -> None:
        """Change facts of the client."""
        seen = (await client_details.details(self.db, self.client)).values
        await client_details.change(self.db, self.client, seen, wanted, operation_id=uuid4())


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    make_team(database)
    client = make_client(database, "aino", "Testinen", "Tyyne", detail={"first_permit_on": "2026-01-10"})
    db = Database(database.as_login("aino"))
    await open_client(db, client)
    yield Office(db, client, database)
    await db.close()


async def test_a_new_client_is_counted_when_opened(office: Office) -> None:
    assert office.kept() == {}
    assert await deadline_store.recount_if_stale(office.db, office.client)
    assert office.kept() == {
        "first_step": clock.today() + timedelta(days=30),
        "first_plan_latest": date(2029, 1, 10),
    }
    assert not await deadline_store.recount_if_stale(office.db, office.client)


async def test_a_changed_fact_changes_the_deadlines_and_the_lists_with_the_same_commit(
    office: Office,
) -> None:
    await office.change(first_plan_drawn_on=DRAWN)
    review, end = add_months(DRAWN, 6), add_months(DRAWN, 24)
    assert office.kept()["review"] == review
    assert office.kept()["period_end"] == end
    assert office.shown() == (review, DRAWN, end)
    await undo_last(office.db, office.client, operation_id=uuid4())
    assert "period_end" not in office.kept()
    assert office.shown() == (None, None, None)


async def test_an_agreed_review_counts_until_the_law_says_earlier(office: Office) -> None:
    await office.change(first_plan_drawn_on=DRAWN)
    await office.change(review_due=EARLIER)
    assert office.kept()["review"] == EARLIER
    # Other facts change: what was agreed stands.
    await office.change(citizenship="SY", first_permit_on=date(2026, 2, 1))
    assert office.shown()[0] == EARLIER
    await office.change(review_due=date(2027, 12, 1))
    assert office.shown()[0] == add_months(DRAWN, 6)
    # The rules' own day is no change by somebody else: undo still gives back what was.
    await undo_last(office.db, office.client, operation_id=uuid4())
    assert office.shown()[0] == EARLIER


async def test_a_counted_day_is_not_taken_for_an_agreed_one(office: Office) -> None:
    await office.change(first_plan_drawn_on=DRAWN)
    later = DRAWN + timedelta(days=60)
    await office.change(first_plan_drawn_on=later)
    assert office.kept()["review"] == add_months(later, 6)


async def test_days_written_by_hand_stand_and_are_said_to_be_so(office: Office) -> None:
    await office.change(review_due=date(2027, 1, 7), period_start=DRAWN, period_end=date(2029, 5, 20))
    assert office.kept()["review"] == date(2027, 1, 7)
    assert office.kept()["period_end"] == date(2029, 5, 20)
    await office.change(first_plan_drawn_on=DRAWN)
    assert office.shown()[2] == date(2029, 5, 20)
    basis = office.rows("select basis from app.deadline where rule = 'period_end'")[0][0]
    i18n.install("en")
    told = explanation(basis, date(2029, 5, 20))  # type: ignore[arg-type]
    assert "= 20.5.2028; written by hand: 20.5.2029" in told.replace(" May ", ".5.")
    # A recorded decision is worth more than a day without one.
    office.write(
        "insert into app.extension (client_id, decided_on, ground, months, reasons)"
        " values (%s, '2026-06-01', 'low_education', 6, 'x')",
        office.client,
    )
    assert await deadline_store.recount_if_stale(office.db, office.client)
    assert office.shown()[2] == add_months(DRAWN, 30)


async def test_a_review_told_on_the_timeline_is_a_review_and_its_withdrawal_none(office: Office) -> None:
    await office.change(first_plan_drawn_on=DRAWN)
    held = clock.now() - timedelta(days=3)
    await write_event(
        office.db, office.client, "review", "Tarkistettu.", operation_id=uuid4(), occurred_at=held
    )
    assert office.kept()["review"] == add_months(held.astimezone(clock.HELSINKI).date(), 6)
    event = office.rows("select id from app.event where kind = 'review'")[0][0]
    assert isinstance(event, UUID)
    await withdraw(office.db, office.client, event, "Väärä asiakas", operation_id=uuid4())
    assert office.kept()["review"] == add_months(DRAWN, 6)


async def test_documents_claims_and_interruptions_move_deadlines(office: Office) -> None:
    await office.change(
        first_plan_drawn_on=DRAWN, ground_of_entry="asylum", municipality_since=date(2025, 3, 1)
    )
    assert office.kept()["compensation_claim 2025"] == date(2027, 12, 31)
    end = office.kept()["period_end"]

    async def write(session: object) -> None:
        from models.client_status import ClientDocument
        from models.period import Interruption
        from models.reception import CompensationClaim

        add = session.add  # type: ignore[attr-defined]
        add(ClientDocument(client_id=office.client, kind="residence_permit", valid_until=date(2027, 4, 1)))
        add(ClientDocument(client_id=office.client, kind="passport", valid_until=date(2028, 4, 1)))
        add(CompensationClaim(client_id=office.client, year=2025, claimed_on=date(2026, 2, 1)))
        add(
            Interruption(
                client_id=office.client, from_on=date(2026, 6, 1), to_on=date(2026, 6, 10), reason="illness"
            )
        )

    await once(office.db, uuid4(), "test", office.client, None, write)
    kept = office.kept()
    assert (kept["permit_end"], kept["passport_end"]) == (date(2027, 4, 1), date(2028, 4, 1))
    assert "compensation_claim 2025" not in kept
    assert kept["period_end"] == end + timedelta(days=10)


async def test_what_can_no_longer_be_done_is_not_kept(office: Office) -> None:
    await office.change(first_plan_drawn_on=date(2020, 1, 15))
    office.write("update app.client set phase = 'after_plan'")
    await deadline_store.recount_if_stale(office.db, office.client)
    assert not {"review", "plan_end", "period_end", "guided_to_service"} & office.kept().keys()
    assert office.shown()[0] is None
    await office.change(phase="closed")
    assert office.kept() == {}


async def test_nothing_happens_while_the_client_is_not_open(office: Office) -> None:
    bilal = Database(office.database.as_login("bilal"))
    assert not await deadline_store.recount_if_stale(bilal, office.client)
    await bilal.close()
    assert office.kept() == {}


async def test_the_kept_explanation_is_that_of_the_rules(office: Office) -> None:
    await office.change(first_plan_drawn_on=DRAWN)
    facts = Facts(
        first_permit_on=date(2026, 1, 10), client_since=clock.today(), plans=(Plan(DRAWN, DRAWN),),
        responsible_authority="municipality",
    )  # fmt: skip
    kept = {row[0]: row for row in office.rows("select rule, section, basis, due_on from app.deadline")}
    outcome = deadlines(facts, clock.today())
    assert outcome.deadlines
    for language in ("fi", "sv", "en"):
        i18n.install(language)
        for deadline in outcome.deadlines:
            _rule, section, basis, due = kept[deadline.rule]
            assert section == deadline.section
            assert explanation(basis, due) == deadline.explanation  # type: ignore[arg-type]


async def test_the_last_day_to_cancel_an_interpreter_is_a_deadline(office: Office) -> None:
    starts = clock.now() + timedelta(days=20)
    office.write(
        "with a as (insert into app.appointment (counsellor, kind, starts_at, ends_at, interpreter_cancel_by)"
        " values ('aino', 'guidance', %s, %s, %s) returning id)"
        " insert into app.appointment_client (appointment_id, client_id) select id, %s from a",
        starts, starts + timedelta(hours=1), starts - timedelta(days=2), office.client,
    )  # fmt: skip
    await deadline_store.recount_if_stale(office.db, office.client)
    day = (starts - timedelta(days=2)).astimezone(clock.HELSINKI).date()
    assert office.kept()[f"interpreter_cancellation {day}"] == day
    office.write("update app.appointment set cancelled_at = now(), cancelled_reason = 'x'")
    assert await deadline_store.recount_if_stale(office.db, office.client)
    assert not [name for name in office.kept() if name.startswith("interpreter")]
