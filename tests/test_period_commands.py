"""Interruptions, extensions, studies and circumstances in the database: limits by law, conflicts, undo."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework import authority, circumstances, period_commands, records, studies, timeline
from kotoutus_tui.casework.client_details import FieldConflict
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.period_reading import Dossier, dossier
from kotoutus_tui.casework.records import Values
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

DRAWN = date(2025, 3, 14)
END = date(2027, 3, 14)


@dataclass
class Office:
    """Aino's client with a plan drawn on DRAWN, opened by her."""

    door: Database
    client: UUID
    database: OwnDatabase

    async def now(self) -> Dossier:
        """Everything as it is."""
        return await dossier(self.door, self.client)

    async def end(self) -> date | None:
        """The last day of the period as lists show it."""
        header = await timeline.header(self.door, self.client)
        return header.period_end

    async def interrupt(self, start: date, end: date | None, **more: Any) -> None:
        """Add an interruption."""
        wanted: Values = {"from_on": start, "to_on": end, "reason": "illness", "note": None} | more
        await period_commands.add_interruption(self.door, self.client, wanted, operation_id=uuid4())

    async def extend(self, months: int, ground: str = "low_education", **more: Any) -> None:
        """Decide on an extension."""
        wanted: Values = {
            "decided_on": clock.today(), "ground": ground, "months": months,
            "reasons": "Luki- ja kirjoitustaito.",
        } | more  # fmt: skip
        await period_commands.add_extension(self.door, self.client, wanted, operation_id=uuid4())

    async def study(self, kind: str, **more: Any) -> None:
        """Add a study."""
        empty = dict.fromkeys(
            ("title", "provider", "language", "starts_on", "ends_on", "minutes", "level"), None
        )
        wanted: Values = empty | {"kind": kind} | more
        await studies.add_study(self.door, self.client, wanted, operation_id=uuid4())

    async def remove(self, table: str, row_id: UUID, reason: str = "kirjattu väärälle") -> None:
        """Remove a row."""
        await records.remove(self.door, self.client, table, row_id, reason, operation_id=uuid4())

    async def undo(self) -> str:
        """Undo the last command."""
        return await undo_last(self.door, self.client, operation_id=uuid4())

    async def bodies(self, kind: str) -> list[timeline.TimelineEvent]:
        """What stands on the timeline of a kind."""
        return await timeline.page(self.door, self.client, (kind,))


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    make_team(database)
    client = make_client(
        database, "aino", "Ivanova", "Oksana",
        phase="plan", detail={"birth_date": "1990-05-04", "first_plan_drawn_on": str(DRAWN)},
    )  # fmt: skip
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    yield Office(door, client, database)
    await door.close()


async def test_an_interruption_moves_the_end_and_stands_on_the_timeline(office: Office) -> None:
    await office.interrupt(date(2026, 4, 1), date(2026, 4, 20))
    now = await office.now()
    assert now.outcome.period is not None
    assert now.outcome.period.end == END + timedelta(days=20)
    assert await office.end() == END + timedelta(days=20)
    [event] = await office.bodies("plan")
    assert "1.4.2026–20.4.2026 (23 § 4 mom. 681/2023)" in event.body
    assert "3.4.2027" in event.body
    assert "sairaus" not in event.body


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2026, 4, 20), date(2026, 4, 1), "to_on"),
        (date(2025, 1, 1), date(2025, 3, 13), "to_on"),
        (END + timedelta(days=11), None, "from_on"),
        (date(2026, 6, 10), date(2026, 6, 30), "from_on"),
        (date(2026, 5, 1), None, "from_on"),
    ],
)
async def test_days_out_of_order_or_overlapping_are_told_at_their_field_with_the_section(
    office: Office, start: date, end: date | None, field: str
) -> None:
    await office.interrupt(date(2026, 6, 1), date(2026, 6, 10))
    with pytest.raises(InvalidInput) as refused:
        await office.interrupt(start, end)
    assert refused.value.field == field
    assert "23 § 4 mom. 681/2023" in refused.value.sentence
    assert len((await office.now()).interruptions) == 1


async def test_two_who_interrupt_at_the_same_time_cannot_both(office: Office) -> None:
    async def at_once() -> None:
        door = Database(office.database.as_login("aino"))
        try:
            wanted = {"from_on": date(2026, 4, 1), "to_on": None, "reason": "illness", "note": None}
            await period_commands.add_interruption(door, office.client, wanted, operation_id=uuid4())
        finally:
            await door.close()

    outcomes = await asyncio.gather(at_once(), at_once(), return_exceptions=True)
    assert [type(each) for each in outcomes if each] == [InvalidInput]
    assert len((await office.now()).interruptions) == 1


async def test_an_overlap_that_only_the_database_sees_is_told_the_same_way(office: Office) -> None:
    await office.interrupt(date(2026, 6, 1), date(2026, 6, 10))

    async def prepare(_session: object) -> None:
        return None

    wanted = {"from_on": date(2026, 6, 5), "to_on": None, "reason": "illness"}
    with pytest.raises(InvalidInput) as refused:
        await period_commands._one_at_a_time(
            records.add(office.door, office.client, "interruption", wanted, prepare, operation_id=uuid4())
        )
    assert (refused.value.field, "23 § 4 mom." in refused.value.sentence) == ("from_on", True)


async def test_without_a_plan_there_is_nothing_to_interrupt_or_extend(office: Office) -> None:
    other = make_client(office.database, "aino", "Rahimi", "Najib")
    await open_client(office.door, other)
    alone = Office(office.door, other, office.database)
    for attempt in (alone.interrupt(date(2026, 4, 1), None), alone.extend(6)):
        with pytest.raises(InvalidInput, match="kotoutumissuunnitelma"):
            await attempt


async def test_an_extension_is_a_decision_with_its_ground_and_reasons(office: Office) -> None:
    await office.extend(12)
    assert await office.end() == date(2028, 3, 14)
    [event] = await office.bodies("decision")
    for part in (
        "12 kk", "23 § 3 mom. 681/2023", "Luki- ja kirjoitustaito.", "14.3.2025", "14.3.2027", "14.3.2028",
    ):  # fmt: skip
        assert part in event.body


async def test_the_act_gives_no_more_than_two_years_in_all(office: Office) -> None:
    with pytest.raises(InvalidInput, match=r"24 .*23 § 3 mom\. 681/2023"):
        await office.extend(25)
    await office.extend(18)
    with pytest.raises(InvalidInput, match=r" 6 .*23 § 3 mom\. 681/2023") as refused:
        await office.extend(7, "special_measures")
    assert refused.value.field == "months"
    await office.extend(6, "multisectoral_need")
    with pytest.raises(InvalidInput, match=r"käytetty"):
        await office.extend(1)
    assert await office.end() == date(2029, 3, 14)


async def test_a_ground_that_the_act_does_not_know_and_an_age_past_it_are_refused(office: Office) -> None:
    with pytest.raises(InvalidInput, match=r"31 § 1 mom\. 681/2023") as refused:
        await office.extend(6, "studies")
    assert refused.value.field == "ground"
    old = make_client(
        office.database, "aino", "Rahimi", "Najib", phase="plan", detail={"first_plan_drawn_on": "2024-05-02"}
    )
    await open_client(office.door, old)
    with pytest.raises(InvalidInput, match=r"12 § 4 mom\. 1386/2010"):
        await Office(office.door, old, office.database).extend(6, "home_care_allowance")


async def test_a_decision_needs_reasons_and_a_day_that_was(office: Office) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    wrong: list[tuple[str, Any]] = [
        ("reasons", " "), ("decided_on", tomorrow), ("decided_on", date(2025, 3, 1)),
    ]  # fmt: skip
    for field, value in wrong:
        more: dict[str, Any] = {field: value}
        with pytest.raises(InvalidInput) as refused:
            await office.extend(6, **more)
        assert refused.value.field == field


async def test_what_was_done_is_undone_and_done_again(office: Office) -> None:
    await office.interrupt(date(2026, 4, 1), date(2026, 4, 20))
    assert await office.undo() == "interruption.add"
    assert await office.end() == END
    [event] = await office.bodies("plan")
    assert event.withdrawn_at is not None

    await office.extend(12)
    await office.remove("extension", (await office.now()).extensions[0].id, "päätös kumottu")
    assert await office.end() == END
    [event] = await office.bodies("decision")
    assert event.withdrawal_reason == "päätös kumottu"
    assert await office.undo() == "extension.remove"
    assert await office.end() == date(2028, 3, 14)
    assert len([each for each in await office.bodies("decision") if each.withdrawn_at is None]) == 1


async def test_a_change_corrects_what_the_timeline_says_and_is_undone(office: Office) -> None:
    await office.interrupt(date(2026, 4, 1), date(2026, 4, 20))
    [row] = (await office.now()).interruptions
    was = {name: value for name, value in asdict(row).items() if name != "id"}
    await period_commands.change_interruption(
        office.door, office.client, row, was, was | {"to_on": date(2026, 4, 10)}, operation_id=uuid4()
    )
    assert await office.end() == END + timedelta(days=10)
    [event] = await office.bodies("plan")
    assert "10.4.2026" in event.body
    assert event.original is not None
    await office.undo()
    assert await office.end() == END + timedelta(days=20)
    assert "20.4.2026" in (await office.bodies("plan"))[0].body


async def test_the_same_field_changed_by_two_is_a_conflict_and_different_ones_both_stand(
    office: Office,
) -> None:
    await office.interrupt(date(2026, 4, 1), date(2026, 4, 20))
    [row] = (await office.now()).interruptions
    was = {name: value for name, value in asdict(row).items() if name != "id"}

    async def change(**wanted: Any) -> None:
        await period_commands.change_interruption(
            office.door, office.client, row, was, was | wanted, operation_id=uuid4()
        )

    await change(to_on=date(2026, 4, 10))
    await change(reason="parental")
    assert "1.4.2026–10.4.2026" in (await office.bodies("plan"))[0].body
    with pytest.raises(FieldConflict) as conflict:
        await change(to_on=date(2026, 4, 15))
    assert conflict.value.theirs == {"to_on": date(2026, 4, 10)}
    [row] = (await office.now()).interruptions
    assert (row.to_on, row.reason) == (date(2026, 4, 10), "parental")


async def test_civic_orientation_is_counted_towards_seventy_hours(office: Office) -> None:
    await office.study("civic_orientation", minutes=30 * 60, starts_on=date(2026, 2, 1))
    await office.study("civic_orientation", minutes=12 * 60 + 30)
    await office.study("integration_training", minutes=600 * 60, title="Kotoutumiskoulutus")
    so_far = studies.orientation((await office.now()).studies, clock.today())
    assert so_far is not None
    assert (so_far.minutes, so_far.required, so_far.left) == (2550, 4200, 1650)
    assert len(await office.bodies("service")) == 3
    await office.undo()
    assert len((await office.now()).studies) == 2


async def test_a_language_test_tells_language_and_level(office: Office) -> None:
    for wanted, field in (({}, "language"), ({"language": "fi"}, "level")):
        with pytest.raises(InvalidInput, match="27 §") as refused:
            await office.study("language_test", **wanted)
        assert refused.value.field == field
    await office.study("language_test", language="fi", level="B1.1", ends_on=date(2026, 6, 1))
    [event] = await office.bodies("service")
    assert "B1.1" in event.body


async def _change(office: Office, **wanted: Any) -> None:
    was = asdict((await office.now()).circumstances)
    await circumstances.change_circumstances(
        office.door, office.client, was, was | wanted, operation_id=uuid4()
    )


def _rules(found: Dossier) -> set[str]:
    return {each.rule for each in found.outcome.deadlines}


async def test_circumstances_decide_which_deadlines_there_are(office: Office) -> None:
    other = make_client(
        office.database, "aino", "Rahimi", "Najib", phase="new",
        detail={"birth_date": "2010-05-04", "first_permit_on": "2025-11-01"},
    )  # fmt: skip
    await open_client(office.door, other)
    young = Office(office.door, other, office.database)
    await _change(young, learned_on=date(2026, 11, 1))
    assert {"first_step", "first_plan_latest"} <= _rules(await young.now())
    await _change(young, trafficking_victim=True, unaccompanied=True, representative="Edustaja E")
    found = _rules(await young.now())
    assert "first_plan_latest" not in found
    assert "unaccompanied_support_end" in found
    assert await young.undo() == "client_status.change"
    assert "first_plan_latest" in _rules(await young.now())


async def test_circumstances_refuse_days_out_of_order_and_a_protected_home(office: Office) -> None:
    for field, day in (
        ("learned_on", clock.today() + timedelta(days=1)),
        ("guardian_since", date(1980, 1, 1)),
    ):
        with pytest.raises(InvalidInput) as refused:
            await _change(office, **{field: day})
        assert refused.value.field == field
    await office.door.call("set_protection", office.client, True, None)
    with pytest.raises(InvalidInput, match="36 §") as refused:
        await _change(office, family_group_home="Perheryhmäkoti Malli")
    assert refused.value.field == "family_group_home"


async def test_documents_are_watched_and_removed_with_a_reason(office: Office) -> None:
    wanted = {"kind": "residence_permit", "valid_until": date(2027, 2, 1), "kept_at": "asiakkaalla"}
    await circumstances.add_document(office.door, office.client, wanted, operation_id=uuid4())
    found = await office.now()
    assert "permit_end" in _rules(found)
    with pytest.raises(InvalidInput):
        await office.remove("client_document", found.documents[0].id, "  ")
    await office.remove("client_document", found.documents[0].id)
    assert (await office.now()).documents == []
    await office.undo()
    assert len((await office.now()).documents) == 1


async def _switch(office: Office, day: date, to: str = "employment_authority") -> None:
    wanted: Mapping[str, Any] = {
        "to_authority": to,
        "effective_on": day,
        "reason": "työttömäksi työnhakijaksi",
    }
    await authority.add_change(office.door, office.client, wanted, operation_id=uuid4())


async def test_the_authority_changes_and_the_change_is_undone(office: Office) -> None:
    await _switch(office, clock.today())
    assert (await office.now()).responsible_authority == "employment_authority"
    [event] = await office.bodies("transfer")
    assert "työttömäksi" in event.body
    with pytest.raises(InvalidInput, match="3 §"):
        await _switch(office, clock.today())
    await office.undo()
    assert (await office.now()).responsible_authority == "municipality"


async def test_the_checklist_is_marked_line_by_line_and_undone(office: Office) -> None:
    await _switch(office, clock.today() + timedelta(days=20))
    found = await office.now()
    [change] = found.changes
    lines = authority.marked(change, found.items)
    assert "services" not in {item.code for item, _row in lines}
    assert not any(authority.settled(row) for _item, row in lines)

    async def mark(code: str, done_on: date | None, reason: str | None = None) -> None:
        found = await office.now()
        row = next(row for item, row in authority.marked(change, found.items) if item.code == code)
        await authority.mark(
            office.door, office.client, change.id, code, row,
            done_on=done_on, not_applicable_reason=reason, operation_id=uuid4(),
        )  # fmt: skip

    async def open_lines() -> set[str]:
        found = await office.now()
        return {
            item.code for item, row in authority.marked(change, found.items) if not authority.settled(row)
        }

    whole = await open_lines()
    await mark("plan", clock.today())
    await mark("consent", None, "ei tarvita")
    assert await open_lines() == whole - {"plan", "consent"}
    with pytest.raises(InvalidInput):
        await mark("plan", clock.today(), "ei tarvita")
    await mark("plan", None)
    await office.undo()
    await office.undo()
    assert await open_lines() == whole - {"plan"}


async def test_nobody_else_reads_or_writes_it(office: Office) -> None:
    bilal = Database(office.database.as_login("bilal"))
    try:
        with pytest.raises(NotFound):
            await dossier(bilal, office.client)
        with pytest.raises(NotAllowed):
            await period_commands.add_interruption(
                bilal,
                office.client,
                {"from_on": date(2026, 4, 1), "to_on": None, "reason": "illness", "note": None},
                operation_id=uuid4(),
            )
    finally:
        await bilal.close()


async def test_a_removal_that_can_no_longer_be_undone_says_so(office: Office) -> None:
    await office.interrupt(date(2026, 4, 1), date(2026, 4, 20))
    await office.remove("interruption", (await office.now()).interruptions[0].id)
    with psycopg.connect(office.database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "insert into app.interruption (client_id, from_on, reason) values (%s, '2026-04-10', 'injury')",
            [office.client],
        )
    with pytest.raises(Conflict):
        await office.undo()
    assert len((await office.now()).interruptions) == 1
