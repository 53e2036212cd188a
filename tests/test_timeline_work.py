"""A day on the timeline: contacts, referrals, filters, dates, colleagues, a lost connection, many events."""

import asyncio
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from textual.widgets import Input, Static

from kotoutus_tui import clock, i18n
from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.drafts import Draft, Drafts
from kotoutus_tui.casework.note_templates import note_templates
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.side import side
from kotoutus_tui.casework.timeline_words import KINDS, WRITABLE
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from screens.client_event import EventDialog
from screens.client_forms import Choose
from screens.dialog import Dialog
from screens.plan_forms import PlanForm
from screens.referral import ReferralScreen
from screens.referral_receiver import ChooseReceiver
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, add_events, events_of, in_front, seat
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

LONG = "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki"


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database, "aino", "Ivanova", "Oksana",
        phase="plan", review_due="2026-11-04", detail={"first_plan_drawn_on": "2026-01-15"},
    )  # fmt: skip


async def read(at: Seat) -> EventList:
    """Wait until the timeline stands; returns its stream."""
    stream = at.screen.query_one(EventList)
    await at.until(lambda: stream.settled)
    await at.pilot.pause()
    return stream


async def choose(at: Seat, key: str, code: str) -> None:
    """Press a key that asks for one of several, and choose."""
    await at.press(key)
    await at.until(lambda: isinstance(at.app.screen, Choose))
    screen = at.app.screen
    assert isinstance(screen, Choose)
    place = [each for each, _words in screen._choices].index(code)
    await at.press(*["down"] * place, "enter")


async def dialog(at: Seat) -> None:
    """Wait for a form with its cursor in a field."""
    await at.until(lambda: isinstance(at.app.screen, Dialog) and isinstance(at.app.focused, Input))


async def test_a_contact_asks_how_and_how_long_and_becomes_the_last_contact(
    database: OwnDatabase, client: UUID
) -> None:
    async with seat(database, client) as at:
        await read(at)
        await at.press("c")
        await dialog(at)
        await at.write("puh")
        await at.press("enter")
        await at.write("15")
        await at.press("enter", "enter")
        await at.write("0")
        await at.press("enter")
        await at.until(lambda: at.box.has_focus)
        await at.see("Yhteydenotto · Puhelin · 15 min")
        await at.write("soitti")
        await at.press("enter", "full_stop", "enter")
        await at.until(lambda: not at.writing.display)
        await at.see("soitti")
    (event,) = await events_of(database, client)
    assert (event.kind, event.channel, event.minutes, event.body) == ("contact", "phone", 15, "soitti")
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute("select last_contact_on from app.client where id = %s", [client]).fetchone()
    assert row == (clock.today(),)


async def test_the_draft_of_a_contact_is_offered_as_a_contact(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await read(at)
        await at.press("c")
        await dialog(at)
        await at.write("puh")
        await at.press("enter")
        await at.write("15")
        await at.press("enter", "enter", "enter")
        await at.until(lambda: at.box.has_focus)
        await at.write("kesken")
        await at.press("escape")
        await at.until(lambda: not at.writing.display)
        # A note is another draft, and takes nothing from the contact's.
        await at.begin_note()
        await at.write("muuta")
        await at.press("escape")
        await at.until(lambda: not at.writing.display)
    async with seat(database, client) as at:
        await at.until(lambda: at.writing.display)
        assert at.box.text == "muuta"
        await at.see("on vielä 1 luonnos")
        await at.press("escape", "c")
        await at.until(lambda: at.box.text == "kesken")
        await at.see("Yhteydenotto · Puhelin · 15 min – luonnoksesi on tallessa")
        await at.press("ctrl+enter")
        await at.until(lambda: not at.writing.display)
    (event,) = await events_of(database, client)
    assert (event.kind, event.channel, event.minutes) == ("contact", "phone", 15)


async def test_a_correction_closed_with_esc_is_kept(database: OwnDatabase, client: UUID) -> None:
    add_events(database, client, 1)
    async with seat(database, client) as at:
        await read(at)
        await at.press("x")
        await at.until(lambda: at.box.has_focus)
        await at.write(" uusi")
        await at.press("escape")
        await at.until(lambda: not at.writing.display)
        await at.press("x")
        await at.until(lambda: at.box.text == "merkintä 0 uusi")
        await at.press("ctrl+enter")
        await dialog(at)
        await at.write("virhe")
        await at.press("enter")
        await at.until(lambda: not at.writing.display)
        await at.see("merkintä 0 uusi")
        await at.see("Ennen korjausta: merkintä 0")


async def test_entries_of_every_kind_can_be_written(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await read(at)
        for kind in ("interview", "goal", "decision"):
            await choose(at, "k", kind)
            await dialog(at)
            for _field in range(4 if kind == "interview" else 2):
                await at.press("enter")
            await at.until(lambda: at.box.has_focus)
            assert ("Tavoitteet:" in at.box.text) == (kind == "interview")
            await at.write(kind)
            await at.press("ctrl+enter")
            await at.until(lambda: not at.writing.display)
    assert [event.kind for event in await events_of(database, client)] == ["decision", "goal", "interview"]
    assert all(kind in KINDS for kind in WRITABLE)


async def test_what_is_still_to_come_is_refused_at_its_field(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await read(at)
        await choose(at, "k", "goal")
        await dialog(at)
        await at.press(*["backspace"] * 10)
        await at.write("31.12.2099")
        await at.press("enter", "enter")
        await at.see("! Se ei ole vielä tapahtunut.")
        await at.press("escape")
        await at.back()
        assert not at.writing.display


async def test_a_referral_is_written_waited_for_and_answered(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await read(at)
        assert "v" not in at.app.screen.active_bindings
        await at.press("r")
        await at.until(lambda: isinstance(at.app.screen, ChooseReceiver))
        await at.write("Riveria")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PlanForm))
        await at.write("kielikurssi")
        await at.press("ctrl+enter", "enter", "enter")
        await in_front(at, ReferralScreen)
        await at.press("v")
        await at.see("Lähetetty kertomatta mitään?")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PlanForm))
        await at.press("enter")
        await at.see("lähetetty 2")
        await in_front(at, ReferralScreen)
        await at.until(lambda: "seuraavaksi" in at.text or "vastaanotettu, hyväksytty" in at.text)
        await at.press("escape")
        await at.back()
        await at.see("Ei vielä vastausta.")
        await at.see("Odottaa vastausta")
        await at.see("Onko vastaus tullut?")
        await at.press("v")
        await at.until(lambda: isinstance(at.app.screen, Choose))
        await at.press("down", "enter")
        await at.until(lambda: isinstance(at.app.screen, PlanForm))
        await at.write("paikka alkaa")
        await at.press("ctrl+enter", "enter")
        await at.back()
        await at.until(lambda: "Ei vielä vastausta." not in at.text)
        await at.see("hyväksytty")
    answer, referral = await events_of(database, client)
    assert (answer.refers_to, referral.answered) == (referral.id, True)


async def test_a_task_is_marked_as_done_and_opened_again(database: OwnDatabase, client: UUID) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    for title in ("Varaa tulkki", "Soita Kelaan"):
        await timeline_commands.add_task(door, client, title, date(2026, 12, 1), operation_id=uuid4())
    async with seat(database, client) as at:
        await read(at)
        await at.see("Varaa tulkki")
        await at.press("d")
        await at.until(lambda: isinstance(at.app.screen, Choose))
        await at.press("enter")
        await at.until(lambda: "Varaa tulkki" not in at.text and "Soita Kelaan" in at.text)
        await at.press("u")
        await at.see("Varaa tulkki")
    assert len((await side(door, client)).tasks) == 2
    await door.close()


async def test_a_filter_shows_one_kind_and_says_so(database: OwnDatabase, client: UUID) -> None:
    add_events(database, client, 6, ("note", "goal", "service"))
    async with seat(database, client) as at:
        stream = await read(at)
        assert stream.total == 6
        await choose(at, "f", "goal")
        await at.until(lambda: stream.total == 2)
        assert "Aikajana: Tavoite" in at.line(0)
        await at.see("merkintä 4")
        assert "merkintä 3" not in at.text
        await choose(at, "f", "appointment")
        await at.see("Ei vielä kirjauksia.")
        await choose(at, "f", "")
        await at.until(lambda: stream.total == 6)


async def test_two_thousand_events_are_read_a_page_at_a_time_and_a_date_is_gone_to(
    database: OwnDatabase, client: UUID
) -> None:
    add_events(database, client, 2000)
    async with seat(database, client) as at:
        stream = await read(at)
        assert stream.total == 2000
        assert len(at.screen._source._events) <= 200  # type: ignore[union-attr]
        await at.press("g")
        await dialog(at)
        await at.press(*["backspace"] * 10)
        await at.write("1.9.2026")
        await at.press("enter")
        await at.back()
        await read(at)
        # 1 September ends 61 days before 1 November begins; summer time ended meanwhile.
        event = at.screen.event
        assert event is not None and event.occurred_at.astimezone(clock.HELSINKI).date() == date(2026, 9, 1)
        assert len(at.screen._source._events) <= 500  # type: ignore[union-attr]
        await at.press("end")
        await read(at)
        assert at.screen.event is not None and at.screen.event.body == "merkintä 1999"
        await at.press("home")
        await read(at)
        await at.see("merkintä 0")


async def test_the_cursor_stays_on_its_event_when_others_write(database: OwnDatabase, client: UUID) -> None:
    add_events(database, client, 300)
    async with seat(database, client) as at:
        stream = await read(at)
        await at.until(lambda: at.app.link.state == "live")
        stream.move_to(150)
        await read(at)
        event = at.screen.event
        assert event is not None
        add_events(database, client, 3, ("goal",))
        await at.until(lambda: stream.total == 303)
        await read(at)
        assert at.screen.event is not None and at.screen.event.id == event.id
        assert event.body in at.text


async def test_an_entry_is_read_whole(database: OwnDatabase, client: UUID) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    body = "\n".join(f"rivi {n}" for n in range(1, 31))
    await timeline_commands.write_note(door, client, body, operation_id=uuid4())
    await door.close()
    async with seat(database, client) as at:
        await read(at)
        await at.see("rivi 1")
        assert "rivi 30" not in at.text
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, EventDialog))
        await at.press("end")
        await at.see("rivi 30")
        await at.press("escape")
        await at.back()


async def test_a_colleague_who_writes_is_seen_and_so_is_the_end(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at, seat(database, client, "helmi") as other:
        await read(at)
        await dialog(other)
        await other.write("sijaistan")
        await other.press("enter")
        await other.back()
        await read(other)
        await at.until(lambda: at.app.link.state == "live" and other.app.link.state == "live")
        assert "Helmi" not in at.text
        await other.begin_note()
        await at.see("Helmi Hakala kirjoittaa nyt")
        # Writing oneself does not hide what the colleague saves.
        await at.begin_note()
        await other.see("Aino Aaltonen kirjoittaa nyt")
        await other.write("helmen rivi")
        await other.press("ctrl+enter")
        await at.see("helmen rivi")
        await at.until(lambda: "kirjoittaa nyt" not in at.text)
        assert at.box.has_focus


async def test_a_note_survives_a_lost_connection_and_saves_itself(
    database: OwnDatabase, client: UUID
) -> None:
    async with seat(database, client) as at:
        await read(at)
        await at.begin_note()
        await at.write("tallenna tama")
        name = database.name
        with psycopg.connect(database.server.dsn(), autocommit=True) as admin:
            admin.execute(f'alter database "{name}" allow_connections false')  # type: ignore[arg-type]
            admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
            await at.press("ctrl+enter")
            await at.see("Teksti on tallessa, ja tallennusta yritetään uudelleen.")
            assert at.box.text == "tallenna tama"
            (draft,) = Drafts(at.app.desk.settings).all(client)
            assert draft.text == "tallenna tama" and draft.tries
            admin.execute(f'alter database "{name}" allow_connections true')  # type: ignore[arg-type]
        await at.until(lambda: not at.writing.display)
        await at.see("tallenna tama")
        assert Drafts(at.app.desk.settings).all(client) == []
    assert [event.body for event in await events_of(database, client)] == ["tallenna tama"]


async def test_a_save_that_arrived_without_an_answer_is_there_once_with_the_last_text(
    database: OwnDatabase, client: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, lost = timeline_commands.save, asyncio.Event()

    async def unanswered(db: Database, client_id: UUID, draft: Draft) -> None:
        await save(db, client_id, draft)
        if not lost.is_set():
            lost.set()
            raise Unreachable("Tietokanta ei vastaa.")

    monkeypatch.setattr(timeline_commands, "save", unanswered)
    async with seat(database, client) as at:
        await read(at)
        await at.begin_note()
        await at.write("ensin")
        await at.press("ctrl+enter")
        await at.until(lost.is_set)
        await at.write(" ja sitten")
        await at.until(lambda: not at.writing.display)
        await at.see("ensin ja sitten")
    new, old = await events_of(database, client)
    assert (new.body, new.withdrawn_at) == ("ensin ja sitten", None)
    assert old.withdrawn_at is not None


async def test_what_is_typed_on_while_it_is_saved_is_not_lost(
    database: OwnDatabase, client: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, gate, begun = timeline_commands.save, asyncio.Event(), asyncio.Event()

    async def slow(db: Database, client_id: UUID, draft: Draft) -> None:
        begun.set()
        await gate.wait()
        await save(db, client_id, draft)

    monkeypatch.setattr(timeline_commands, "save", slow)
    async with seat(database, client) as at:
        await read(at)
        await at.begin_note()
        await at.write("alku")
        await at.press("ctrl+enter")
        await at.until(begun.is_set)
        await at.write(" loppu")
        gate.set()
        await at.see("Sen jälkeen kirjoittamasi on yhä luonnos.")
        assert at.writing.display and at.box.text == "alku loppu"
        await at.press("ctrl+enter")
        await at.until(lambda: not at.writing.display)
    standing = [event.body for event in await events_of(database, client) if event.withdrawn_at is None]
    assert standing == ["alku loppu"]


async def test_a_draft_that_the_disk_refuses_is_told(
    database: OwnDatabase, client: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Drafts, "keep", full)
    async with seat(database, client) as at:
        await read(at)
        await at.begin_note()
        await at.write("kesken")
        await at.see("Luonnosta ei voi säilyttää tällä koneella.")
        await at.press("ctrl+enter")
        await at.until(lambda: not at.writing.display)
    assert [event.body for event in await events_of(database, client)] == ["kesken"]


async def test_a_kept_draft_holds_no_name_and_only_its_writer_reads_it(
    database: OwnDatabase, client: UUID
) -> None:
    async with seat(database, client) as at:
        await read(at)
        await at.begin_note()
        await at.write("kesken")
        await at.press("escape")
        await at.until(lambda: not at.writing.display)
        (file,) = (Path(at.app.desk.settings.state_dir) / "drafts").iterdir()
        assert "Ivanova" not in file.read_text() and "Ivanova" not in file.name
        assert json.loads(file.read_text())["text"] == "kesken"


async def test_the_ruler_shows_today_reviews_and_what_is_late(database: OwnDatabase, client: UUID) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "insert into app.event (client_id, kind, occurred_at, body, author)"
            " values (%s, 'review', '2026-06-01 09:00+03', 'tarkistettu', 'aino')",
            [client],
        )
        connection.execute(
            "update app.client set period_start = '2026-01-15', period_end = '2028-07-15' where id = %s",
            [client],
        )
    async with seat(database, client) as at:
        await read(at)
        ruler = next(line for line in at.lines if "┃" in line and "─" in line)
        below = next(line for line in at.lines if line.strip().startswith("15.1.2026"))
        assert [sign for sign in ruler if sign in "◇◆┃┆"] == ["◇", "◆", "┃", "┆"]
        # Of 912 days 137 had passed on the first of June.
        assert abs(ruler.index("◇") - 2 - 137 / 912 * 115) < 2
        assert "tarkistus myöhässä 4.11.2026" in below and below.rstrip().endswith("15.7.2028")
        assert "23 § 681/2023" in below and "jatkettu" in below


@pytest.mark.parametrize(("size", "language"), [((80, 24), "sv"), ((120, 40), "en"), ((200, 50), "fi")])
async def test_long_names_and_empty_timelines_fit_every_size(
    database: OwnDatabase, size: tuple[int, int], language: str
) -> None:
    i18n.install(language)
    make_team(database)
    client = make_client(database, "aino", LONG, "Abdirahman Muhammad-Ibrahim Oluwaseun", phase="plan")
    async with seat(database, client, size=size) as at:
        await read(at)
        await at.see(i18n._("Nothing has been written yet."))
        await at.see(i18n._("No integration plan yet."))
        await at.see(LONG)
        assert all(len(line) <= size[0] for line in at.lines)
        wide = size[0] >= 110
        assert (i18n._("Nothing to do.") in at.text) == wide
        await at.press("s")
        await at.until(lambda: i18n._("Nothing to do.") in at.text)
        assert (i18n._("Nothing has been written yet.") in at.text) == wide
        await at.press("s")
        await at.see(i18n._("Nothing has been written yet."))


@pytest.mark.parametrize(("size", "language"), [((80, 24), "fi"), ((120, 40), "sv"), ((200, 50), "en")])
async def test_every_key_of_the_footer_does_what_it_says_and_esc_takes_it_back(
    database: OwnDatabase, client: UUID, size: tuple[int, int], language: str
) -> None:
    i18n.install(language)
    add_events(database, client, 3, ("note", "referral"))
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    await timeline_commands.add_task(door, client, "tehtävä", date(2026, 12, 1), operation_id=uuid4())
    await door.close()
    async with seat(database, client, size=size) as at:
        await read(at)
        for key in ("e", "c", "t", "k", "d", "r", "v", "x", "w", "f", "g", "i", "enter", "question_mark"):
            before = at.text
            await at.press(key)
            await at.until(lambda before=before: at.text != before)
            for _level in range(3):
                if at.app.screen is at.screen and not at.writing.display:
                    break
                await at.press("escape")
                with suppress(AssertionError):
                    await at.until(lambda: at.app.screen is at.screen and not at.writing.display, 1)
            assert at.app.screen is at.screen and not at.writing.display, key
    assert len(await events_of(database, client)) == 3


async def test_every_text_an_entry_had_is_read_with_who_changed_it_and_why(
    database: OwnDatabase, client: UUID
) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    await timeline_commands.write_note(door, client, "teksti 1", operation_id=uuid4())
    (event,) = await events_of(database, client)
    for number in (2, 3):
        await timeline_commands.correct(
            door, client, event.id, f"teksti {number}", f"syy {number}", operation_id=uuid4()
        )
    await door.close()
    async with seat(database, client) as at:
        await read(at)
        await at.see("teksti 3")
        assert "teksti 2" not in at.text
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, EventDialog))
        await at.see("syy 2")
        shown = "\n".join(str(each.content) for each in at.app.screen.query(Static))
        places = [shown.index(text) for text in ("teksti 3", "syy 3", "teksti 2", "syy 2", "teksti 1")]
        assert places == sorted(places)


async def test_a_reason_that_is_too_short_stays_to_be_written_on(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, "helmi") as at:
        await dialog(at)
        await at.write("ei")
        await at.press("enter")
        await at.see("Et ole tämän asiakkaan oma ohjaaja.")
        await at.write(" nain lyhyt")
        await at.press("enter")
        await at.back()
        await at.see("Ivanova Oksana")
        assert "Et ole tämän" not in at.text


async def test_a_client_given_to_somebody_else_goes_out_of_sight_and_the_draft_stays(
    database: OwnDatabase, client: UUID
) -> None:
    add_events(database, client, 3)
    async with seat(database, client) as at:
        await read(at)
        await at.until(lambda: at.app.link.state == "live")
        await at.begin_note()
        await at.write("kesken")
        with psycopg.connect(database.as_login("helmi"), autocommit=True) as lead:
            lead.execute("select api.assign(%s, 'bilal', 'tasaus', %s)", [client, uuid4()])
        await at.see("! Ei löytynyt, tai sinulla ei ole oikeutta nähdä sitä.")
        for text in ("Ivanova", "merkintä", "kesken", "15.1.2026"):
            assert text not in at.text
        assert not {"e", "c", "t", "u", "i"} & at.app.screen.active_bindings.keys()
        (draft,) = Drafts(at.app.desk.settings).all(client)
        assert draft.text == "kesken"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_a_note_begins_from_a_template_in_the_language_in_use(
    database: OwnDatabase, client: UUID, language: str
) -> None:
    i18n.install(language)
    async with seat(database, client) as at:
        await read(at)
        await choose(at, "e", "review")
        await at.until(lambda: at.box.has_focus)
        assert at.box.text == note_templates()["review"]
        assert len(at.box.text.splitlines()) == 4
        await at.press("escape")
        # What was begun is there again, and no template takes its place.
        await at.press("e")
        await at.until(lambda: at.box.has_focus)
        assert at.box.text == note_templates()["review"]
