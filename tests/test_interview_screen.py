"""The initial interview on a screen: saved as it is left, two at work, a lost connection, every size."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from textual.widgets import Input

from kotoutus_tui import i18n
from kotoutus_tui.casework import interview as reading
from kotoutus_tui.casework import interview_commands as commands
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.interview import Answer, Interview
from kotoutus_tui.casework.interview_drafts import AnswerDraft, AnswerDrafts
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from screens import safe
from screens.interview import InterviewScreen
from screens.widgets.event_list import EventList
from screens.widgets.note_box import NoteBox
from tests.client_desk import Seat, events_of, seat
from tests.cluster import OwnDatabase
from tests.hostile import ALL
from tests.people import make_client, make_team

LONG = "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki"


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database, "aino", "Ivanova", "Oksana", phase="new", service_language="uk", interpreter_needed=True
    )


@asynccontextmanager
async def interview(
    database: OwnDatabase, client: UUID, size: tuple[int, int] = (80, 40), *, begun: bool = True
) -> AsyncIterator[Seat]:
    async with seat(database, client, size=size) as at:
        await at.until(lambda: at.screen.query_one(EventList).settled and at.screen.opening.is_open)
        await at.press("h")
        await settled(at)
        if begun:
            await at.press("n")
            await at.see("ukraina")
            await settled(at)
        yield at


def front(at: Seat) -> InterviewScreen:
    screen = at.app.screen
    assert isinstance(screen, InterviewScreen)
    return screen


async def settled(at: Seat) -> None:
    """Wait until the interview is in front and read."""
    await at.until(lambda: isinstance(at.app.screen, InterviewScreen) and not at.app.screen._loading)
    await at.until(lambda: front(at).setting is not None and not front(at)._stale)
    await at.settle()


async def go(at: Seat, key: str) -> None:
    front(at).go_to(key)
    await at.pilot.pause()


async def write(at: Seat, item: str, text: str) -> None:
    """Open an item and type."""
    await go(at, f"item:{item}")
    await at.press("enter")
    await at.until(lambda: isinstance(at.app.focused, NoteBox))
    await at.write(text)


def writing(at: Seat) -> str | None:
    """The item whose answer is being written."""
    draft = front(at).box.draft
    return draft.seen.item if draft else None


async def answers(database: OwnDatabase, client: UUID) -> Interview:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    found = await reading.interviews(door, client)
    await door.close()
    return found[0]


async def test_an_answer_is_saved_as_it_is_left(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        assert "Selvitetty 0/9, kerrottu 0/4" in at.text
        assert "puuttuu" in at.text
        await write(at, "literacy", "Lukee [b]")
        await at.press("escape")
        await at.see("Selvitetty 1/9")
        await write(at, "finnish_or_swedish", "A2.1")
        await at.press("tab")
        await at.see("Selvitetty 2/9")
        await write(at, "special_skills", "Ompelija")
        await at.press("ctrl+enter")
        await at.until(lambda: writing(at) == "need_of_plan")
        await at.write("Kyllä")
        await at.press("escape")
        await at.see("Selvitetty 4/9")
        assert not AnswerDrafts(at.app.desk.settings).all(client)
    found = await answers(database, client)
    assert found.answer("literacy").text == "Lukee [b]"
    assert found.answer("need_of_plan").source == "client"


async def test_what_the_client_was_told_is_marked_with_its_day(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        await go(at, "told:personal_data")
        await at.press("space")
        await at.see("kerrottu 1/4")
        await at.press("space")
        await at.see("kerrottu 0/4")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.focused, Input))
        await at.press("enter")
        await at.see("kerrottu 1/4")
    assert (await answers(database, client)).answer("personal_data").told_on is not None


async def test_another_place_is_refused_at_its_field_and_what_was_typed_stays(
    database: OwnDatabase, client: UUID
) -> None:
    async with interview(database, client) as at:
        await go(at, "fact:place")
        await at.press("enter")
        await at.see("Tallenna")
        await at.write("kotona")
        await at.press("enter", "enter")
        await at.see("4 §")
        assert "kotona" in at.text
        await at.write("liikkumiseste")
        await at.press("enter")
        await at.see("Painava syy: liikkumiseste")


async def test_finishing_says_what_is_missing_and_asks(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        await at.press("d")
        await at.see("Merkitäänkö silti valmiiksi?")
        await at.see("– Luku- ja kirjoitustaito")
        await at.press("enter")
        await at.see("16 §")
        await at.press("enter", "enter")
        await at.see("x avaa korjattavaksi")
        await settled(at)
        await at.press("enter")
        await at.see("Haastattelu on valmis")
        await at.press("x")
        await at.see("Miksi haastattelu avataan?")
        await at.write("unohtui")
        await at.press("enter")
        await at.see("kesken")
    (event,) = await events_of(database, client)
    assert (event.kind, event.correction_reason) == ("interview", "unohtui")


async def test_a_colleague_answers_the_same_and_both_texts_are_kept(
    database: OwnDatabase, client: UUID
) -> None:
    lead = Database(database.as_login("helmi"))
    await open_client(lead, client, "sijaistan")
    async with interview(database, client) as at:
        await write(at, "literacy", "Minun")
        now = (await reading.interviews(lead, client))[0]
        await lead.call("be_present", client, "note")
        await at.see("Helmi Hakala kirjoittaa")
        await commands.save_answer(
            lead, client, now.id, Answer("literacy"), "Toisen", "client", operation_id=uuid4()
        )
        await at.press("escape")
        await at.see("Helmi Hakala: Toisen")
        await at.press("enter")
        await at.see("Selvitetty 1/9")
    assert (await answers(database, client)).answer("literacy").text == "Toisen\n\nMinun"
    await lead.close()


async def test_closing_the_choice_keeps_the_text_and_writes_nothing(
    database: OwnDatabase, client: UUID
) -> None:
    other = Database(database.as_login("aino"))
    await open_client(other, client)
    async with interview(database, client) as at:
        await write(at, "literacy", "Minun")
        now = (await reading.interviews(other, client))[0]
        await commands.save_answer(
            other, client, now.id, Answer("literacy"), "Toisen", "client", operation_id=uuid4()
        )
        await at.press("escape")
        await at.see("Aino Aaltonen: Toisen")
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, InterviewScreen))
        assert front(at).box.query_one(NoteBox).text == "Minun"
    assert (await answers(database, client)).answer("literacy").text == "Toisen"
    await other.close()


async def test_an_answer_survives_a_lost_connection(
    database: OwnDatabase, client: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = commands.save_answer
    lost = True

    async def save(*values: object, **more: object) -> None:
        if lost:
            raise Unreachable("Tietokanta ei vastaa.")
        await whole(*values, **more)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(commands, "save_answer", save)
    async with interview(database, client) as at:
        await write(at, "literacy", "Lukee")
        await at.press("escape")
        await at.see("Tietokanta ei vastaa.")
        await at.press("escape")
        await at.see("Kirjoittamasi ei ole")
        (draft,) = AnswerDrafts(at.app.desk.settings).all(client)
        assert (draft.text, draft.tried) == ("Lukee", ("Lukee",))
        lost = False
        await at.press("ctrl+r")
        await at.see("Selvitetty 1/9")
        assert not AnswerDrafts(at.app.desk.settings).all(client)


async def test_a_draft_left_by_an_end_is_found_again(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        now = (await reading.interviews(at.app.desk.db, client))[0]
        drafts = AnswerDrafts(at.app.desk.settings)
        drafts.keep(client, AnswerDraft(now.id, Answer("literacy"), "Kesken jäänyt"))
        await at.press("ctrl+r")
        await at.see("Kirjoittamasi ei ole")
        await go(at, "item:literacy")
        await at.press("enter")
        await at.until(lambda: front(at).box.query_one(NoteBox).text == "Kesken jäänyt")
        await at.press("escape")
        await at.see("Selvitetty 1/9")


async def test_earlier_interviews_are_read(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        with psycopg.connect(database.as_superuser) as connection:
            connection.execute(
                "insert into app.interview (client_id, held_on, finished_on, language, place, created_by)"
                " values (%s, '2024-02-03', '2024-02-04', 'ru', 'office', 'bilal')",
                [client],
            )
        await at.press("ctrl+r")
        await at.until(lambda: len(front(at).interviews) == 2)
        await at.press("f")
        await at.see("Bilal Berg")
        await at.press("down", "enter")
        await at.see("valmis 4.2.2024")
        assert "venäjä" in at.text


async def test_the_interview_and_an_empty_form_are_printed(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        await write(at, "literacy", "<b>Lukee</b>")
        await at.press("escape")
        await at.see("Selvitetty 1/9")
        for steps in (("enter",), ("down", "enter")):
            await at.press("P")
            await at.see("Tämä haastattelu")
            await at.press(*steps)
            await at.see("українська")
            await at.press("enter")
            await at.see("scp ")
            await at.press("escape")
            await settled(at)
        made = sorted(at.app.desk.settings.drop_dir.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        assert {file.stat().st_mode & 0o777 for file in made} == {0o600}
        whole, text, form, _text = [file.read_text() for file in made]
    assert "&lt;b&gt;Lukee&lt;/b&gt;" in whole
    assert "Первинна" in whole or "Первинна співбесіда" in text
    assert "Vielä puuttuu" in text
    assert "Ivanova" in text
    assert "Ivanova" not in form


async def test_an_empty_screen_says_what_to_do_and_the_lead_sees_it_too(
    database: OwnDatabase, client: UUID
) -> None:
    async with interview(database, client, begun=False) as at:
        assert "n aloittaa sen" in at.text
    async with seat(database, client, "helmi") as at:
        await at.until(lambda: bool(at.app.screen.query(Input)))
        await at.write("sijaistan")
        await at.press("enter")
        await at.see("Ivanova")
        await at.press("h")
        await settled(at)
        await at.see("n aloittaa sen")


async def test_a_client_given_away_goes_out_of_sight(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        with psycopg.connect(database.as_login("helmi")) as lead:
            lead.execute("select api.assign(%s, 'bilal', 'tasaus', %s)", [client, uuid4()])
        await at.until(lambda: "Ivanova" not in at.text)
        assert "ukraina" not in at.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_it_fits_the_smallest_usual_screen(database: OwnDatabase, client: UUID, language: str) -> None:
    i18n.install(language)
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute("update app.client set name = %s", [f"{LONG} {LONG}"])
    async with seat(database, client, size=(80, 24)) as at:
        await at.until(lambda: at.screen.opening.is_open)
        await at.press("h")
        await settled(at)
        await at.press("n")
        await at.until(lambda: front(at).interview is not None)
        await settled(at)
        assert i18n._("Missing: {names}").partition("{")[0] in at.text
        for item in words.CONTENT:
            await go(at, f"item:{item}")
            assert "\u2026" not in next(line for line in at.lines if line.startswith("▌"))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.focused, NoteBox))
        assert any("▌" in line for line in at.lines)
        assert all(safe.width_of(line) <= 80 for line in at.lines)


async def test_hostile_answers_are_drawn_as_text(database: OwnDatabase, client: UUID) -> None:
    async with interview(database, client) as at:
        now = (await reading.interviews(at.app.desk.db, client))[0]
        with psycopg.connect(database.as_superuser, autocommit=True) as connection:
            for domain in ("line", "prose"):
                connection.execute(f"alter domain app.{domain} drop constraint safe_text".encode())
            for number, text in enumerate(each for each in ALL if "\x00" not in each and each.isprintable()):
                connection.execute(
                    "insert into app.interview_item (interview_id, client_id, item, answer, source)"
                    " values (%s, %s, 'literacy', %s, %s) on conflict (interview_id, item)"
                    " do update set answer = excluded.answer, source = excluded.source",
                    [now.id, client, text, text[:200]],
                )
                if number % 12 == 0:
                    await at.press("ctrl+r")
                    await settled(at)
        await at.press("ctrl+r")
        await settled(at)
        await go(at, "item:literacy")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.focused, NoteBox))
