"""A plan from its first draft to drawing up, versions and reviews, and what is refused."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import time_machine

from kotoutus_tui.casework import plan_commands as commands
from kotoutus_tui.casework import plan_drawing as drawing
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.facts import Extension, Facts, Interruption, Plan
from kotoutus_tui.casework.fields import FieldConflict
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.plan import Plans, Version, plans
from kotoutus_tui.casework.plan_print import paper
from kotoutus_tui.casework.plan_rules import PlanDays, check_plan, check_review, usual_days
from kotoutus_tui.casework.prints.text import as_text
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.cli import show
from kotoutus_tui.database import Database
from kotoutus_tui.demo.load import fill
from kotoutus_tui.errors import Conflict, InvalidInput, KotoutusError, NotFound
from kotoutus_tui.settings import Settings
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

TODAY = date(2026, 11, 24)
DAYS = PlanDays(date(2026, 11, 20), None, date(2026, 11, 20), date(2027, 11, 20), date(2027, 5, 20))


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-24 12:00 +0200", tick=True):
        yield


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(database, "aino", "Ivanova", "Oksana", phase="assessment")


@pytest.fixture
async def door(doors: Callable[[str], Database], client: UUID) -> Database:
    aino = doors("aino")
    await open_client(aino, client)
    return aino


async def drafted(door: Database, client: UUID) -> Version:
    """Make a draft with a long-term goal, a goal for the plan and a service for it."""
    plan_id = await commands.begin(door, client, "integration", operation_id=uuid4())
    await commands.add_goal(door, client, plan_id, "long", "Ammatti hoiva-alalla", operation_id=uuid4())
    goal = await commands.add_goal(door, client, plan_id, "plan", "Suomen taso A2.2", operation_id=uuid4())
    values = {"goal_id": goal, "kind": "service", "title": "Kielikurssi", "justification": "Tarvitsee kieltä"}
    await commands.add_measure(door, client, plan_id, values, operation_id=uuid4())
    return await version(door, client, plan_id)


async def version(door: Database, client: UUID, plan_id: UUID) -> Version:
    found = (await plans(door, client)).find(plan_id)
    assert found is not None
    return found


async def drawn(door: Database, client: UUID, days: PlanDays = DAYS) -> Version:
    draft = await drafted(door, client)
    await drawing.draw(door, client, draft.id, days, operation_id=uuid4())
    return await version(door, client, draft.id)


def phase(database: OwnDatabase, client: UUID) -> str:
    return _one(database, "select phase from app.client where id = %s", client)


def _one(database: OwnDatabase, statement: str, *values: Any) -> Any:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(statement.encode(), values).fetchone()
    assert row is not None
    return row[0]


async def told(door: Database, client: UUID) -> list[tuple[str, str]]:
    page = await timeline.page(door, client)
    return [(each.kind, each.body) for each in page if each.withdrawn_at is None]


async def test_a_draft_is_drawn_up_told_and_moves_the_client(
    database: OwnDatabase, door: Database, client: UUID
) -> None:
    draft = await drafted(door, client)
    assert draft.is_draft and draft.number == 1
    assert [goal.term for goal in draft.goals] == ["long", "plan"]
    assert draft.measures_of(draft.goals[0]) == []
    assert [each.title for each in draft.measures_of(draft.goals[1])] == ["Kielikurssi"]
    await drawing.draw(door, client, draft.id, DAYS, operation_id=uuid4())
    with pytest.raises(NotFound):
        await drawing.draw(door, client, draft.id, DAYS, operation_id=uuid4())
    plan = (await plans(door, client)).in_force("integration")
    assert plan is not None and plan.drawn_on == DAYS.drawn_on and plan.ends_on == DAYS.ends_on
    assert phase(database, client) == "plan"
    ((kind, body),) = await told(door, client)
    assert kind == "plan" and "20.11.2026–20.11.2027" in body
    assert "· Suomen taso A2.2" in body
    drawn_on = _one(
        database, "select first_plan_drawn_on from app.client_detail where client_id = %s", client
    )
    assert drawn_on == DAYS.drawn_on
    assert (await plans(door, client)).next_review_on == date(2027, 5, 20)


async def test_drawing_up_and_reviewing_move_the_deadlines(
    database: OwnDatabase, door: Database, client: UUID
) -> None:
    def due() -> dict[str, date]:
        with psycopg.connect(database.as_superuser) as connection:
            rows = connection.execute(
                "select rule, due_on from app.deadline where client_id = %s", [client]
            ).fetchall()
        return dict(rows)

    assert "review" not in due()
    plan = await drawn(door, client, replace(DAYS, next_review_on=date(2027, 3, 1)))
    assert due()["review"] == date(2027, 3, 1)
    assert due()["guided_to_service"] == date(2026, 12, 20)
    assert due()["period_end"] == date(2028, 11, 20)
    values = {"held_on": TODAY, "progress": "Hyvin.", "next_review_on": date(2027, 2, 1)}
    await drawing.review(door, client, values, operation_id=uuid4())
    assert due()["review"] == date(2027, 2, 1)
    guided = {"guided_on": None}, {"guided_on": TODAY}
    await commands.change(door, client, "plan", plan.id, *guided, operation_id=uuid4())
    assert "guided_to_service" not in due()
    for _again in range(3):
        await undo_last(door, client, operation_id=uuid4())
    assert not {"review", "guided_to_service", "period_end"} & due().keys()


async def test_show_tells_goals_and_measures(
    database: OwnDatabase, door: Database, client: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    await drawn(door, client)
    await door.close()
    arguments = Namespace(
        client=client, reason=None, json=False, settings=Settings(database=database.as_login("aino"))
    )
    assert await show._show(arguments) == 0
    said = capsys.readouterr().out
    assert "Tavoite: Suomen taso A2.2" in said
    assert "Toimenpide tai palvelu: Kielikurssi, suunnitteilla" in said


async def test_the_paper_has_everything_agreed_and_no_more(door: Database, client: UUID) -> None:
    plan = await drawn(door, client)
    values = {"held_on": TODAY, "progress": "Hyvin.", "next_review_on": date(2027, 2, 1)}
    await drawing.review(door, client, values, operation_id=uuid4())
    known, who = await plans(door, client), await timeline.header(door, client)
    text = as_text(paper(plan, known, who, "so", date(2000, 1, 1)))
    for said in ("Ivanova Oksana", "Ammatti hoiva-alalla", "Kielikurssi", "Tarvitsee kieltä", "Hyvin.",
                 "Qorshaha la-qabsashada", "20.11.2026–20.11.2027", "Saxiixa macmiilka"):  # fmt: skip
        assert said in text, said
    assert "Huoltajan allekirjoitus" not in text and "Luonnos" not in text
    minor = as_text(paper(plan, known, replace(who, interpreter_needed=True), "fi", date(2008, 11, 25)))
    assert "Huoltajan allekirjoitus" in minor and "Tulkin allekirjoitus" in minor
    draft = as_text(paper(replace(plan, drawn_on=None), known, who, "en"))
    assert "Draft. Not yet in force." in draft


async def test_drawing_up_is_undone_as_a_whole(database: OwnDatabase, door: Database, client: UUID) -> None:
    plan = await drawn(door, client)
    assert await undo_last(door, client, operation_id=uuid4()) == "plan.draw"
    again = await version(door, client, plan.id)
    assert again.is_draft and again.ends_on is None
    assert phase(database, client) == "assessment"
    assert await told(door, client) == []
    # The measure, the goals and the draft go the same way.
    for name in ("measure.add", "goal.add", "goal.add", "plan.begin"):
        assert await undo_last(door, client, operation_id=uuid4()) == name
    assert (await plans(door, client)) == Plans()


async def test_a_plan_without_a_goal_is_not_drawn_up(door: Database, client: UUID) -> None:
    plan_id = await commands.begin(door, client, "integration", operation_id=uuid4())
    with pytest.raises(InvalidInput) as refused:
        await drawing.draw(door, client, plan_id, DAYS, operation_id=uuid4())
    assert "18 §" in refused.value.sentence
    goal = await commands.add_goal(door, client, plan_id, "plan", "Luopuu", operation_id=uuid4())
    change = {"state": "open"}, {"state": "dropped"}
    await commands.change(door, client, "goal", goal, *change, operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await drawing.draw(door, client, plan_id, DAYS, operation_id=uuid4())
    assert (await version(door, client, plan_id)).is_draft


async def test_a_measure_without_a_goal_is_refused(door: Database, client: UUID) -> None:
    draft = await drafted(door, client)
    other = await commands.begin(door, client, "household", operation_id=uuid4())
    foreign = await commands.add_goal(door, client, other, "plan", "Perheen", operation_id=uuid4())
    good = {"goal_id": draft.goals[0].id, "kind": "measure", "title": "Työkokeilu", "justification": "Koska"}
    for wrong, field in (
        ({"goal_id": None}, "goal_id"),
        ({"justification": " "}, "justification"),
        ({"title": ""}, "title"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "ends_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            await commands.add_measure(door, client, draft.id, good | wrong, operation_id=uuid4())
        assert refused.value.field == field
        assert field not in ("goal_id", "justification") or "19 § 3 mom." in refused.value.sentence
    with pytest.raises(NotFound):
        await commands.add_measure(door, client, draft.id, good | {"goal_id": foreign}, operation_id=uuid4())
    assert len((await version(door, client, draft.id)).measures) == 1


async def test_a_goal_with_measures_stays(door: Database, client: UUID) -> None:
    draft = await drafted(door, client)
    with pytest.raises(InvalidInput) as refused:
        await commands.remove(door, client, "goal", draft.goals[1].id, operation_id=uuid4())
    assert "19 § 3 mom." in refused.value.sentence
    await commands.remove(door, client, "measure", draft.measures[0].id, operation_id=uuid4())
    await commands.remove(door, client, "goal", draft.goals[1].id, operation_id=uuid4())
    assert len((await version(door, client, draft.id)).goals) == 1
    await undo_last(door, client, operation_id=uuid4())
    assert len((await version(door, client, draft.id)).goals) == 2


async def test_what_was_drawn_up_changes_only_in_a_new_version(door: Database, client: UUID) -> None:
    plan = await drawn(door, client)
    goal, measure = plan.goals[1], plan.measures[0]
    for what, row, seen, wanted in (
        ("goal", goal.id, {"goal": goal.goal}, {"goal": "muu"}),
        ("plan", plan.id, {"own_words": None}, {"own_words": "muu"}),
        ("measure", measure.id, {"title": measure.title}, {"title": "muu"}),
    ):
        with pytest.raises(InvalidInput):
            await commands.change(door, client, what, row, seen, wanted, operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await commands.add_goal(door, client, plan.id, "plan", "uusi", operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await commands.remove(door, client, "plan", plan.id, operation_id=uuid4())
    state = {"state": "planned"}, {"state": "under_way"}
    await commands.change(door, client, "measure", measure.id, *state, operation_id=uuid4())
    state = {"state": "open"}, {"state": "reached"}
    await commands.change(door, client, "goal", plan.goals[0].id, *state, operation_id=uuid4())
    second = await commands.begin(door, client, "integration", operation_id=uuid4())
    with pytest.raises(Conflict):
        await commands.begin(door, client, "integration", operation_id=uuid4())
    copy = await version(door, client, second)
    # The goal that was reached stays behind; the measure goes with its goal.
    assert copy.number == 2 and [each.goal for each in copy.goals] == ["Suomen taso A2.2"]
    assert [(each.title, each.goal_id, each.state) for each in copy.measures] == [
        ("Kielikurssi", copy.goals[0].id, "under_way")
    ]
    later = replace(DAYS, drawn_on=TODAY, starts_on=TODAY)
    with pytest.raises(InvalidInput) as refused:
        wrong = replace(DAYS, drawn_on=date(2026, 11, 19))
        await drawing.draw(door, client, second, wrong, operation_id=uuid4())
    assert refused.value.field == "drawn_on"
    await drawing.draw(door, client, second, later, operation_id=uuid4())
    known = await plans(door, client)
    assert [each.number for each in known.of("integration")] == [2, 1]
    in_force = known.in_force("integration")
    assert in_force is not None and in_force.number == 2
    assert ("goal", "Tavoite saavutettu: Ammatti hoiva-alalla") in await told(door, client)


async def test_guidance_to_a_service_is_told_and_has_its_day(door: Database, client: UUID) -> None:
    plan = await drawn(door, client)
    for day in (date(2026, 11, 19), date(2026, 11, 25)):
        with pytest.raises(InvalidInput) as refused:
            wanted = {"guided_on": day}
            await commands.change(
                door, client, "plan", plan.id, {"guided_on": None}, wanted, operation_id=uuid4()
            )
        assert refused.value.field == "guided_on"
    await commands.change(
        door, client, "plan", plan.id, {"guided_on": None}, {"guided_on": TODAY}, operation_id=uuid4()
    )
    assert (await version(door, client, plan.id)).guided_on == TODAY
    assert "service" in [kind for kind, _body in await told(door, client)]


async def test_two_people_who_change_the_same_field_are_told(door: Database, client: UUID) -> None:
    draft = await drafted(door, client)
    goal = draft.goals[0]
    seen = {"goal": goal.goal, "term": goal.term}
    await commands.change(door, client, "goal", goal.id, seen, seen | {"goal": "eka"}, operation_id=uuid4())
    with pytest.raises(FieldConflict) as conflict:
        await commands.change(
            door, client, "goal", goal.id, seen, seen | {"goal": "toka"}, operation_id=uuid4()
        )
    assert conflict.value.theirs == {"goal": "eka"}
    # Another field of the same goal does not collide.
    await commands.change(door, client, "goal", goal.id, seen, seen | {"term": "plan"}, operation_id=uuid4())
    changed = next(each for each in (await version(door, client, draft.id)).goals if each.id == goal.id)
    assert (changed.term, changed.goal) == ("plan", "eka")


async def test_a_review_is_told_and_gives_the_next_day(door: Database, client: UUID) -> None:
    plan = await drawn(door, client)
    values = {"held_on": TODAY, "progress": "Kurssi alkoi.", "next_review_on": date(2027, 4, 1)}
    with pytest.raises(InvalidInput) as refused:
        await drawing.review(door, client, {"held_on": TODAY}, operation_id=uuid4())
    assert refused.value.field == "progress"
    operation = uuid4()
    for _again in range(2):
        await drawing.review(door, client, values, operation_id=operation)
    known = await plans(door, client)
    (review,) = known.reviews
    assert review.plan_id == plan.id and review.progress == "Kurssi alkoi." and review.participation is None
    assert known.next_review_on == date(2027, 4, 1)
    reviews = [body for kind, body in await told(door, client) if kind == "review"]
    assert reviews == ["Suunnitelma tarkistettiin.\nEdistyminen: Kurssi alkoi.\nSeuraava tarkistus 1.4.2027."]
    await undo_last(door, client, operation_id=uuid4())
    assert (await plans(door, client)).reviews == ()


async def test_a_household_plan_is_voluntary_and_leaves_the_process_alone(
    database: OwnDatabase, door: Database, client: UUID
) -> None:
    plan_id = await commands.begin(door, client, "household", operation_id=uuid4())
    with pytest.raises(InvalidInput) as refused:
        await drawing.draw(door, client, plan_id, DAYS, operation_id=uuid4())
    assert "§" not in refused.value.sentence
    await commands.add_goal(door, client, plan_id, "plan", "Lapset harrastavat", operation_id=uuid4())
    long = replace(DAYS, ends_on=date(2031, 1, 1), next_review_on=None)
    await drawing.draw(door, client, plan_id, long, operation_id=uuid4())
    known = await plans(door, client)
    assert known.in_force("household") is not None and known.in_force("integration") is None
    assert phase(database, client) == "assessment"
    drawn_on = _one(
        database, "select first_plan_drawn_on from app.client_detail where client_id = %s", client
    )
    assert drawn_on is None


async def test_nobody_reads_or_writes_a_plan_without_opening(
    database: OwnDatabase, door: Database, client: UUID
) -> None:
    plan = await drawn(door, client)
    other = Database(database.as_login("bilal"))
    assert await plans(other, client) == Plans()
    with pytest.raises(KotoutusError):
        await commands.begin(other, client, "household", operation_id=uuid4())
    with pytest.raises(KotoutusError):
        await commands.change(
            other, client, "plan", plan.id, {"guided_on": None}, {"guided_on": TODAY}, operation_id=uuid4()
        )
    with pytest.raises(KotoutusError):
        await drawing.review(other, client, {"held_on": TODAY, "progress": "x"}, operation_id=uuid4())
    await other.close()


# The law, without a database

_FIRST = Facts(plans=(Plan(date(2025, 3, 14), date(2025, 3, 14)),))


@pytest.mark.parametrize(
    ("facts", "days", "field", "section"),
    [
        (Facts(), replace(DAYS, ends_on=date(2027, 11, 21)), "ends_on", "23 § 2 mom. 681/2023"),
        (Facts(), replace(DAYS, next_review_on=date(2027, 5, 21)), "next_review_on", "22 § 1 mom. 681/2023"),
        (_FIRST, replace(DAYS, ends_on=date(2027, 3, 15)), "ends_on", "23 § 2 mom. 681/2023"),
        (
            _FIRST,
            replace(DAYS, ends_on=date(2027, 3, 14), next_review_on=date(2027, 3, 20)),
            "next_review_on",
            "22 § 1 mom. 681/2023",
        ),
        (Facts(), replace(DAYS, drawn_on=date(2026, 11, 25)), "drawn_on", ""),
        (Facts(), replace(DAYS, signed_on=date(2026, 11, 19)), "signed_on", ""),
        (Facts(), replace(DAYS, starts_on=date(2026, 11, 19)), "starts_on", ""),
        (Facts(), replace(DAYS, ends_on=date(2026, 11, 19)), "ends_on", ""),
        (Facts(), replace(DAYS, next_review_on=date(2026, 11, 20)), "next_review_on", ""),
        (Facts(), replace(DAYS, guided_on=date(2026, 11, 19)), "guided_on", ""),
    ],
)
def test_a_wrong_day_is_told_at_its_field_with_the_section(
    facts: Facts, days: PlanDays, field: str, section: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_plan(days, facts, TODAY)
    assert refused.value.field == field
    assert section in refused.value.sentence


@pytest.mark.parametrize(
    ("facts", "ends_on"),
    [
        (Facts(), date(2027, 11, 20)),
        (_FIRST, date(2027, 3, 14)),
        # 61 days of interruption and a year of extension move the end of the period.
        (
            replace(_FIRST, interruptions=(Interruption(date(2025, 6, 1), date(2025, 7, 31)),)),
            date(2027, 5, 14),
        ),
        (replace(_FIRST, extensions=(Extension(12),)), date(2028, 3, 14)),
        # A first plan of 2024 keeps its three years.
        (Facts(plans=(Plan(date(2024, 12, 1), date(2024, 12, 1)),)), date(2027, 12, 1)),
    ],
)
def test_the_last_day_the_law_allows_is_taken_and_the_next_is_not(facts: Facts, ends_on: date) -> None:
    good = replace(DAYS, ends_on=ends_on, next_review_on=None)
    check_plan(good, facts, TODAY)
    with pytest.raises(InvalidInput):
        check_plan(replace(good, ends_on=date.fromordinal(ends_on.toordinal() + 1)), facts, TODAY)


@pytest.mark.parametrize(
    "facts", [Facts(), _FIRST, Facts(plans=(Plan(date(2024, 2, 29), date(2024, 2, 29)),))]
)
@pytest.mark.parametrize("day", [date(2025, 3, 14), date(2026, 2, 28), date(2026, 8, 31), TODAY])
def test_the_days_offered_are_right_by_law(facts: Facts, day: date) -> None:
    days = usual_days(facts, day, TODAY)
    check_plan(days, facts, TODAY)
    assert days.next_review_on is None or days.next_review_on <= days.ends_on


@pytest.mark.parametrize(
    ("held_on", "next_on", "field"),
    [
        (date(2026, 11, 25), None, "held_on"),
        (date(2025, 3, 13), None, "held_on"),
        (TODAY, TODAY, "next_review_on"),
        (TODAY, date(2027, 5, 25), "next_review_on"),
        (TODAY, date(2027, 3, 15), "next_review_on"),
    ],
)
def test_a_review_has_its_days(held_on: date, next_on: date | None, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_review(held_on, next_on, _FIRST, TODAY)
    assert refused.value.field == field
    check_review(TODAY, date(2027, 3, 14), _FIRST, TODAY)


def test_a_review_after_the_period_is_refused() -> None:
    facts = Facts(plans=(Plan(date(2023, 3, 14), date(2023, 3, 14)),))
    with pytest.raises(InvalidInput) as refused:
        check_review(TODAY, None, facts, TODAY)
    assert refused.value.field == "held_on" and "12 § 3 mom. 1386/2010" in refused.value.sentence


def test_the_demo_has_plans_in_every_state_and_all_are_right_by_law(database: OwnDatabase) -> None:
    fill(database.as_superuser, 300)
    with psycopg.connect(database.as_superuser) as connection:

        def count(where: str) -> int:
            row = connection.execute(f"select count(*) from app.plan p where {where}".encode()).fetchone()
            return row[0] if row else 0

        for state in (
            "drawn_on is null and number = 1 and kind = 'integration'",
            "drawn_on is null and number > 1",
            "signed_on is not null",
            "drawn_on is not null and signed_on is null",
            "number > 1 and drawn_on is not null",
            "kind = 'household' and drawn_on is null",
            "kind = 'household' and drawn_on is not null",
            "county_participates",
            "drawn_on is not null and guided_on is null",
            "exists (select from app.plan_review r where r.plan_id = p.id)",
        ):
            assert count(state), state
        states = connection.execute("select distinct state from app.plan_measure").fetchall()
        assert {state for (state,) in states} == {"planned", "under_way", "done", "dropped"}
        states = connection.execute("select distinct state from app.plan_goal").fetchall()
        assert {state for (state,) in states} == {"open", "reached", "dropped"}
        without_goal = "not exists (select from app.plan_goal g where g.plan_id = p.id)"
        assert count(without_goal) == 0
        rows = connection.execute(
            "select client_id, drawn_on, signed_on, starts_on, ends_on, next_review_on, guided_on"
            " from app.plan where kind = 'integration' and drawn_on is not null order by client_id, number"
        ).fetchall()
        first_on = dict(
            connection.execute("select client_id, first_plan_drawn_on from app.client_detail").fetchall()
        )
    assert len(rows) > 100
    earlier: dict[UUID, tuple[Plan, ...]] = {}
    for client, *days in rows:
        known = earlier.get(client, ())
        plan = PlanDays(*days)
        assert known or first_on[client] == plan.drawn_on
        # Some have an extended period, of which a test of its own tells.
        facts = Facts(plans=known, extensions=(Extension(24),))
        check_plan(plan, facts, TODAY)
        earlier[client] = (*known, Plan(plan.drawn_on, plan.signed_on))
