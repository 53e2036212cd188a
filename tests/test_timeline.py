"""Commands of the timeline and who may use them, on the real database."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from kotoutus_tui import cli
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework import timeline_commands as commands
from kotoutus_tui.casework.opening import ReasonNeeded, open_client
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, NotAllowed, NotFound
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
    (task,) = await timeline.tasks(office.aino, office.client)
    assert (task.title, task.due_on) == ("Varaa tulkki", date(2026, 12, 3))
    await commands.finish_task(office.aino, office.client, task.id, operation_id=uuid4())
    assert await timeline.tasks(office.aino, office.client) == []
    assert await commands.undo_last(office.aino, office.client, operation_id=uuid4()) == "task.finish"
    assert await timeline.tasks(office.aino, office.client) == [task]
    assert await commands.undo_last(office.aino, office.client, operation_id=uuid4()) == "task.add"
    assert await timeline.tasks(office.aino, office.client) == []
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
