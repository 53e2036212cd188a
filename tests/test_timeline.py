"""Commands of the timeline and who may use them, on the real database."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
import time_machine

from kotoutus_tui import cli, clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework import timeline_commands as commands
from kotoutus_tui.casework.drafts import Draft
from kotoutus_tui.casework.opening import OpenClient, ReasonNeeded, open_client
from kotoutus_tui.casework.side import Side, side
from kotoutus_tui.casework.timeline_words import KINDS, MEETINGS, WRITABLE, kind_of
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, NotAllowed, NotFound
from kotoutus_tui.i18n import _
from tests.client_desk import add_events
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team


@dataclass
class Office:
    """Doors of three people and aino's client."""

    aino: Database
    bilal: Database
    helmi: Database
    client: UUID


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    make_team(database)
    languages = [{"language": "uk", "level": "native"}]
    client = make_client(database, "aino", "Ivanova", "Oksana", languages=languages, phase="plan")
    doors = [Database(database.as_login(login)) for login in ("aino", "bilal", "helmi")]
    aino, bilal, helmi = doors
    yield Office(aino, bilal, helmi, client)
    for door in doors:
        await door.close()


async def test_only_the_own_counsellor_opens_and_the_lead_gives_a_reason(office: Office) -> None:
    await open_client(office.aino, office.client)
    with pytest.raises(NotAllowed) as refused:
        await open_client(office.bilal, office.client)
    with pytest.raises(NotAllowed) as absent:
        await open_client(office.bilal, uuid4())
    assert refused.value.sentence == absent.value.sentence
    with pytest.raises(ReasonNeeded):
        await open_client(office.helmi, office.client)
    await open_client(office.helmi, office.client, "Sijaistus loman aikana")


async def test_nothing_is_read_or_written_without_an_opening(office: Office) -> None:
    with pytest.raises(NotAllowed):
        await commands.write_note(office.aino, office.client, "Soitti", operation_id=uuid4())
    await open_client(office.aino, office.client)
    await commands.write_note(office.aino, office.client, "Soitti", operation_id=uuid4())
    assert [event.body for event in await timeline.page(office.aino, office.client)] == ["Soitti"]
    assert await timeline.page(office.helmi, office.client) == []
    with pytest.raises(NotFound):
        await timeline.header(office.bilal, office.client)
    with pytest.raises(NotAllowed):
        await commands.write_note(office.bilal, office.client, "Kurkistus", operation_id=uuid4())


async def test_the_same_operation_writes_once(office: Office) -> None:
    await open_client(office.aino, office.client)
    operation = uuid4()
    for _attempt in range(2):
        await commands.write_contact(
            office.aino, office.client, "Tavattu", channel="meeting", minutes=45, operation_id=operation
        )
    (event,) = await timeline.page(office.aino, office.client)
    assert (event.kind, event.channel, event.minutes, event.author) == (
        "contact",
        "meeting",
        45,
        "Aino Aaltonen",
    )


async def test_a_correction_shows_the_new_text_and_keeps_the_first(office: Office) -> None:
    await open_client(office.aino, office.client)
    await commands.write_note(office.aino, office.client, "Muutti Kuopioon", operation_id=uuid4())
    (event,) = await timeline.page(office.aino, office.client)
    with pytest.raises(InvalidInput):
        await commands.correct(office.aino, office.client, event.id, "x", " ", operation_id=uuid4())
    await commands.correct(
        office.aino, office.client, event.id, "Muutti Lieksaan", "kirjoitusvirhe", operation_id=uuid4()
    )
    (shown,) = await timeline.page(office.aino, office.client)
    assert (shown.body, shown.original, shown.correction_reason) == (
        "Muutti Lieksaan",
        "Muutti Kuopioon",
        "kirjoitusvirhe",
    )
    await commands.undo_last(office.aino, office.client, operation_id=uuid4())
    (shown,) = await timeline.page(office.aino, office.client)
    assert (shown.body, shown.original) == ("Muutti Kuopioon", None)


async def test_a_withdrawn_event_stays_marked(office: Office) -> None:
    await open_client(office.aino, office.client)
    await commands.write_note(office.aino, office.client, "Väärä asiakas", operation_id=uuid4())
    (event,) = await timeline.page(office.aino, office.client)
    await commands.withdraw(
        office.aino, office.client, event.id, "väärälle asiakkaalle", operation_id=uuid4()
    )
    (shown,) = await timeline.page(office.aino, office.client)
    assert shown.withdrawn_at is not None
    assert (shown.body, shown.withdrawal_reason) == ("Väärä asiakas", "väärälle asiakkaalle")


async def test_pages_go_on_from_where_the_last_ended_and_keep_to_their_kinds(office: Office) -> None:
    await open_client(office.aino, office.client)
    for number in range(5):
        await commands.write_note(office.aino, office.client, f"merkintä {number}", operation_id=uuid4())
    await commands.write_contact(office.aino, office.client, "soitto", channel="phone", operation_id=uuid4())
    first = await timeline.page(office.aino, office.client, ("note",), limit=3)
    rest = await timeline.page(office.aino, office.client, ("note",), before=first[-1].place, limit=3)
    assert [event.body[-1] for event in [*first, *rest]] == ["4", "3", "2", "1", "0"]


async def test_tasks_are_added_finished_and_undone(office: Office) -> None:
    await open_client(office.aino, office.client)
    await commands.add_task(
        office.aino, office.client, "Varaa tulkki", date(2026, 12, 3), operation_id=uuid4()
    )
    (task,) = (await side(office.aino, office.client)).tasks
    assert (task.title, task.due_on) == ("Varaa tulkki", date(2026, 12, 3))
    await commands.finish_task(office.aino, office.client, task.id, operation_id=uuid4())
    assert (await side(office.aino, office.client)).tasks == []
    assert await commands.undo_last(office.aino, office.client, operation_id=uuid4()) == "task.finish"
    assert (await side(office.aino, office.client)).tasks == [task]
    assert await commands.undo_last(office.aino, office.client, operation_id=uuid4()) == "task.add"
    assert (await side(office.aino, office.client)).tasks == []
    with pytest.raises(NotFound):
        await commands.undo_last(office.aino, office.client, operation_id=uuid4())


async def test_the_header_tells_who_the_client_is(office: Office) -> None:
    await open_client(office.aino, office.client)
    header = await timeline.header(office.aino, office.client)
    assert (header.name, header.own_counsellor, header.languages) == (
        "Ivanova Oksana",
        "Aino Aaltonen",
        [["uk", "native"]],
    )
    assert header.period is None


async def test_text_with_hidden_codes_is_refused(office: Office) -> None:
    await open_client(office.aino, office.client)
    for body in ("", "  ", "a\x1b[2J", "a\u202eb"):
        with pytest.raises(InvalidInput):
            await commands.write_note(office.aino, office.client, body, operation_id=uuid4())


async def test_the_commands_of_the_command_line_write_and_show(
    database: OwnDatabase, office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert await asyncio.to_thread(cli.main, ["note", str(office.client), "Soitti \x1b[2Jaamulla"]) == 2
    assert await asyncio.to_thread(cli.main, ["note", str(office.client), "Soitti aamulla"]) == 0
    assert await asyncio.to_thread(cli.main, ["show", str(office.client)]) == 0
    assert "Soitti aamulla" in capsys.readouterr().out
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("bilal"))
    assert await asyncio.to_thread(cli.main, ["show", "--json", str(office.client)]) == 3
    assert "Ivanova" not in capsys.readouterr().out


async def test_a_text_changed_after_a_save_that_went_unseen_is_not_lost(office: Office) -> None:
    await open_client(office.aino, office.client)
    first = Draft("note", "Tavattu").to_be_saved()
    await commands.save(office.aino, office.client, first)
    # The answer never came, so the person writes on and saves again, twice.
    second = replace(first, text="Tavattu Kelassa").to_be_saved()
    for _attempt in range(2):
        await commands.save(office.aino, office.client, second)
    new, old = await timeline.page(office.aino, office.client)
    assert (new.body, new.withdrawn_at) == ("Tavattu Kelassa", None)
    assert old.body == "Tavattu" and old.withdrawn_at is not None
    assert await commands.undo_last(office.aino, office.client, operation_id=uuid4()) == "note.write"
    with pytest.raises(NotFound):
        await commands.undo_last(office.aino, office.client, operation_id=uuid4())


async def test_a_try_that_was_given_up_can_no_longer_arrive(office: Office) -> None:
    await open_client(office.aino, office.client)
    first = Draft("note", "Vanha").to_be_saved()
    second = replace(first, text="Uusi").to_be_saved()
    await commands.save(office.aino, office.client, second)
    await commands.save(office.aino, office.client, first)
    assert [event.body for event in await timeline.page(office.aino, office.client)] == ["Uusi"]


async def test_two_tries_of_one_save_at_once_write_once(database: OwnDatabase, office: Office) -> None:
    await open_client(office.aino, office.client)
    again = Database(database.as_login("aino"))
    for number in range(10):
        draft = Draft("note", f"merkintä {number}").to_be_saved()
        await asyncio.gather(*(commands.save(door, office.client, draft) for door in (office.aino, again)))
    await again.close()
    assert len(await timeline.page(office.aino, office.client)) == 10


async def test_a_referral_waits_until_it_is_answered(office: Office) -> None:
    await open_client(office.aino, office.client)
    asked = Draft("referral", "Riveria\nKielikurssi", answer_by=date(2026, 12, 8)).to_be_saved()
    await commands.save(office.aino, office.client, asked)
    beside = await side(office.aino, office.client)
    (waiting,) = beside.referrals
    assert waiting.text == "Riveria\nKielikurssi"
    assert [(task.due_on, "Riveria" in task.title) for task in beside.tasks] == [(date(2026, 12, 8), True)]
    (event,) = await timeline.page(office.aino, office.client)
    assert not event.answered
    reply = Draft("referral_answer", "Paikka alkaa 11.1.", about=waiting.id).to_be_saved()
    await commands.save(office.aino, office.client, reply)
    assert (await side(office.aino, office.client)).referrals == []
    answer, event = await timeline.page(office.aino, office.client)
    assert event.answered and answer.refers_to == event.id
    await commands.undo_last(office.aino, office.client, operation_id=uuid4())
    assert len((await side(office.aino, office.client)).referrals) == 1
    await commands.undo_last(office.aino, office.client, operation_id=uuid4())
    assert await side(office.aino, office.client) == Side()


@pytest.mark.parametrize("kind", WRITABLE)
async def test_every_kind_people_write_is_stored_and_named(office: Office, kind: str) -> None:
    await open_client(office.aino, office.client)
    facts = {"channel": "phone", "minutes": 15} if kind in MEETINGS else {}
    await commands.save(office.aino, office.client, Draft(kind, "teksti", **facts).to_be_saved())
    (event,) = await timeline.page(office.aino, office.client, (kind,))
    assert event.body == "teksti"
    assert kind_of(event).startswith(_(KINDS[kind]))
    assert ("15 min" in kind_of(event)) == (kind in MEETINGS)


async def test_what_has_not_happened_and_what_does_not_fit_is_refused(office: Office) -> None:
    await open_client(office.aino, office.client)
    tomorrow = clock.now() + timedelta(days=1)
    write = partial(commands.write_event, office.aino, office.client)
    with pytest.raises(InvalidInput):
        await write("interview", "Haastattelu", operation_id=uuid4(), occurred_at=tomorrow)
    with pytest.raises(InvalidInput):
        await write("note", "x" * 8001, operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await write("contact", "Soitto", channel="phone", minutes=-1, operation_id=uuid4())
    await write("appointment", "Tulkki varattu", operation_id=uuid4(), occurred_at=tomorrow)
    assert (await timeline.header(office.aino, office.client)).colleagues == []


async def test_windows_count_skip_and_find_days(database: OwnDatabase, office: Office) -> None:
    await open_client(office.aino, office.client)
    add_events(database, office.client, 60, ("note", "goal"))
    window = await timeline.window(office.aino, office.client, ("goal",), limit=5, skip=10)
    assert window.total == 30
    assert [event.body for event in window.events] == [f"merkintä {n}" for n in range(21, 31, 2)]
    again = await timeline.window(
        office.aino, office.client, ("goal",), before=window.events[1].place, limit=2, skip=1
    )
    assert [event.body for event in again.events] == ["merkintä 27", "merkintä 29"]
    # Noon UTC is 14 in Finland: hours 0..14 are of the first day, and the next 24 of the day before.
    assert await timeline.position_of_day(office.aino, office.client, (), date(2026, 11, 1)) == 0
    assert await timeline.position_of_day(office.aino, office.client, (), date(2026, 10, 31)) == 15
    assert await timeline.position_of_day(office.aino, office.client, ("goal",), date(2026, 10, 30)) == 19


async def test_an_opening_is_renewed_before_it_ends(office: Office) -> None:
    opening = OpenClient(office.helmi, office.client)
    with pytest.raises(ReasonNeeded):
        await opening.renew()
    await opening.open("Sijaistus loman aikana")
    for hours, expected in ((1, 1), (2, 2), (3, 2)):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            await opening.renew()
        async with office.helmi.reading_fast() as connection:
            row = await (await connection.execute("select count(*) from app.opening")).fetchone()
        assert row is not None and row[0] == expected
