"""The plan on a screen: from the first goal to a review, drafts of forms, printing, in every language."""

from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import time_machine
from textual.widgets import Input

from kotoutus_tui import i18n
from kotoutus_tui.casework import plan_commands as commands
from kotoutus_tui.casework import plan_drawing as drawing
from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.plan import Plans, plans
from kotoutus_tui.casework.plan_rules import PlanDays
from kotoutus_tui.casework.side import side
from kotoutus_tui.database import Database
from screens.dialog import Dialog
from screens.plan import PlanScreen
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, in_front, part, seat
from tests.cluster import OwnDatabase
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN
from tests.people import make_client, make_team
from tests.test_plan import DAYS, TODAY

LONG = "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-24 12:00 +0200", tick=True):
        yield


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(database, "aino", "Ivanova", "Oksana", phase="assessment", service_language="ar")


def plan_screen(
    database: OwnDatabase, client: UUID, size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Seat]:
    return part(database, client, "p", PlanScreen, size)


async def front(at: Seat) -> None:
    """Wait until the plan is in front and read again."""
    await in_front(at, PlanScreen)


async def dialog(at: Seat, text: str) -> None:
    """Wait for a dialog that shows this."""
    await at.until(lambda: isinstance(at.app.screen, Dialog))
    await at.see(text)


async def known(database: OwnDatabase, client: UUID) -> Plans:
    door = Database(database.as_login("aino"))
    try:
        await open_client(door, client)
        return await plans(door, client)
    finally:
        await door.close()


async def made(database: OwnDatabase, client: UUID, *, days: PlanDays | None = DAYS) -> UUID:
    """Make a plan behind the screen, drawn up unless there are no days."""
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    plan = await commands.begin(door, client, "integration", operation_id=uuid4())
    goal = await commands.add_goal(door, client, plan, "plan", "Suomen taso A2.2", operation_id=uuid4())
    values = {"goal_id": goal, "kind": "service", "title": "Kielikurssi", "justification": "Oppii kieltä"}
    await commands.add_measure(door, client, plan, values, operation_id=uuid4())
    if days is not None:
        await drawing.draw(door, client, plan, days, operation_id=uuid4())
    await door.close()
    return plan


async def test_a_plan_is_made_from_nothing_and_drawn_up(database: OwnDatabase, client: UUID) -> None:
    async with plan_screen(database, client) as at:
        await at.see("Suunnitelmaa ei vielä ole. n aloittaa sen.")
        assert "Laadi" not in at.line(-1)
        await at.press("n")
        await dialog(at, "Perheen suunnitelma")
        await at.press("enter")
        await front(at)
        await at.see("luonnos")
        # A measure comes after its goal.
        await at.press("m")
        await at.see("(19 § 3 mom.")
        await at.press("g")
        await dialog(at, "Suunnitelman aikainen tavoite")
        await at.press("enter")
        await at.write("Suomen taso A2.2\n.\n")
        await front(at)
        await at.see("Suomen taso A2.2")
        await at.press("m")
        await dialog(at, "Toimenpide tai palvelu")
        await at.press("enter", "enter")
        await at.write("Kielikurssi\nTarvitsee kieltä työssä\n.\nOpisto\n\n\n\n")
        await front(at)
        await at.see("Tarvitsee kieltä työssä")
        await at.press("d")
        await dialog(at, "Laadi suunnitelma")
        await at.press(*["enter"] * 5)
        await front(at)
        await at.see("24.11.2026–24.11.2027")
        await at.see("viimeistään 24.12.2026 (20 § 5 mom. 681/2023)")
        assert "Siinä ei ole pitkän aikavälin tavoitetta" in at.text
    plan = (await known(database, client)).in_force("integration")
    assert plan is not None and plan.signed_on == TODAY
    assert plan.measures[0].provider == "Opisto"


async def test_a_wrong_day_is_said_at_its_field_and_what_was_typed_stays(
    database: OwnDatabase, client: UUID
) -> None:
    await made(database, client, days=None)
    async with plan_screen(database, client) as at:
        await at.press("d")
        await dialog(at, "Laadi suunnitelma")
        await at.press("enter", "enter", "enter", "ctrl+u")
        await at.write("25.11.2027")
        await at.press("enter", "enter")
        await at.see("(23 § 2 mom.")
        assert "25.11.2027" in at.text
        await at.press("escape")
        await front(at)
        # The draft of the form is there again.
        await at.press("d")
        await dialog(at, "25.11.2027")
        await at.until(lambda: isinstance(at.app.focused, Input))
        await at.press("enter", "enter", "enter", "ctrl+u")
        await at.write("24.11.2027")
        await at.press("enter", "enter")
        await front(at)
        await at.see("24.11.2026–24.11.2027")


async def test_a_review_goes_step_by_step_and_keeps_what_was_typed(
    database: OwnDatabase, client: UUID
) -> None:
    await made(database, client)
    async with plan_screen(database, client) as at:
        await at.press("r")
        await dialog(at, "Vaihe 1/5: Osallistuminen")
        await at.press("enter")
        await at.write("Kävi kaikilla tunneilla.\n.\n")
        await at.see("Vaihe 2/5: Edistyminen")
        assert "· Suomen taso A2.2" in at.text
        await at.write("Taso A1.3 saavutettu.")
        await at.press("escape")
        await front(at)
        assert (await known(database, client)).reviews == ()
        await at.press("r")
        await dialog(at, "Kävi kaikilla tunneilla.")
        assert "luonnoksesi on tallessa" in at.text
        await at.press("enter")
        await at.write("\n.\n")
        await at.see("Taso A1.3 saavutettu.")
        await at.write("\n.\n.\n.\n")
        await at.see("Vaihe 5/5: Seuraava tarkistus")
        await at.press("ctrl+u")
        await at.write("25.5.2027\n")
        await at.see("(22 § 1 mom.")
        assert "25.5.2027" in at.text
        await at.press("ctrl+u")
        await at.write("1.4.2027\n")
        await front(at)
        await at.see("Seuraava tarkistus 1.4.2027.")
    (review,) = (await known(database, client)).reviews
    assert review.participation == "Kävi kaikilla tunneilla."
    assert review.progress == "Taso A1.3 saavutettu."


async def test_a_plan_is_printed_beside_the_client_s_language(database: OwnDatabase, client: UUID) -> None:
    await made(database, client)
    async with plan_screen(database, client, (120, 40)) as at:
        await at.press("P")
        await dialog(at, "Kieli suomen rinnalle")
        await at.press("enter")
        await dialog(at, "Tuloste on valmis.")
        assert "scp" in at.text
        folder = at.app.desk.settings.drop_dir
        html, text = sorted(folder.iterdir())
        assert html.name in at.text
        assert "خطة الاندماج" in html.read_text("utf-8") and "Ivanova Oksana" in text.read_text("utf-8")
        assert "Ivanova" not in html.name
        await at.press("enter")
        await front(at)
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select subject, client_id from audit.log_entry where action = 'print'"
        ).fetchone()
    assert row == ("plan", client)


async def test_states_change_and_a_new_version_takes_the_place(database: OwnDatabase, client: UUID) -> None:
    plan = await made(database, client)
    async with plan_screen(database, client, (80, 40)) as at:
        screen = at.app.screen
        assert isinstance(screen, PlanScreen)
        version = screen.version
        assert version is not None
        place = await screen._source.find(f"measure:{version.measures[0].id}")
        screen.query_one(EventList).move_to(place or 0)
        await at.press("enter")
        await dialog(at, "Järjestäjä")
        await at.until(lambda: isinstance(at.app.focused, Input))
        await at.write("käynn")
        await at.press("enter")
        await front(at)
        await at.see("käynnissä")
        await at.press("n")
        await dialog(at, "Mitä aloitetaan?")
        await at.press("enter")
        await front(at)
        await at.see("Kotoutumissuunnitelma 2: luonnos")
        await at.press("d")
        await dialog(at, "Laadi suunnitelma")
        await at.press(*["enter"] * 5)
        await front(at)
        await at.see("korvattu uudemmalla")
        await at.press("v")
        await dialog(at, "Kotoutumissuunnitelma 1")
        await at.press("down", "enter")
        await front(at)
        await at.until(lambda: screen.version is not None and screen.version.id == plan)
        await at.press("enter")
        await at.see("tätä ei enää muuteta")


async def test_a_draft_is_removed_and_brought_back(database: OwnDatabase, client: UUID) -> None:
    await made(database, client, days=None)
    async with plan_screen(database, client) as at:
        await at.press("delete")
        await dialog(at, "Koko luonnos: Kotoutumissuunnitelma 1")
        await at.press("enter")
        await front(at)
        await at.see("n aloittaa sen")
        await at.press("u")
        await at.see("Suomen taso A2.2")


async def test_a_client_given_to_somebody_else_goes_out_of_sight(database: OwnDatabase, client: UUID) -> None:
    await made(database, client)
    async with plan_screen(database, client) as at:
        await at.until(lambda: at.app.link.state == "live")
        with psycopg.connect(database.as_login("helmi"), autocommit=True) as lead:
            lead.execute("select api.assign(%s, 'bilal', 'tasaus', %s)", [client, uuid4()])
        await at.see("! Ei löytynyt")
        assert "Suomen taso" not in at.text and "Ivanova" not in at.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_every_row_is_whole_in_every_size_and_language(
    database: OwnDatabase, size: tuple[int, int], language: str
) -> None:
    i18n.install(language)
    make_team(database)
    client = make_client(database, "aino", LONG, "Abdirahman Muhammad-Ibrahim", phase="assessment")
    await made(database, client)
    async with plan_screen(database, client, size) as at:
        seen = ""
        for _page in range(4):
            assert all(len(line) <= size[0] for line in at.lines)
            seen += at.text
            await at.press("pagedown")
        for word in ("Guided to a service", "Goals for the time of the plan", "Next review"):
            assert i18n._(word) in seen
        assert LONG[:20] in seen
        for key in ("r", "P", "n"):
            await at.press(key)
            await at.until(lambda: isinstance(at.app.screen, Dialog))
            assert all(len(line) <= size[0] for line in at.lines)
            await at.press("escape")
            await front(at)


async def test_hostile_text_is_drawn_as_text(database: OwnDatabase, client: UUID) -> None:
    plan = await made(database, client, days=None)
    texts = [text for text in ALL if text.strip() and text.isprintable() and len(text) < 40]
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    for text in texts:
        await commands.add_goal(door, client, plan, "long", text, operation_id=uuid4())
    stored = [goal.goal for goal in (await plans(door, client)).versions[0].goals]
    await door.close()
    async with plan_screen(database, client, (150, 100)) as at:
        seen = at.text
        for _page in range(3):
            await at.press("pagedown")
            seen += at.text
        assert not [text for text in stored if text.strip() not in seen]
        assert not FORBIDDEN_ON_SCREEN & set(seen) - {"\n"}


async def test_goals_and_measures_of_the_plan_stand_beside_the_timeline(
    database: OwnDatabase, client: UUID
) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    await timeline_commands.write_event(door, client, "goal", "Vanha kirjaus", operation_id=uuid4())
    assert (await side(door, client)).goals == ["Vanha kirjaus"]
    draft = await made(database, client, days=None)
    assert (await side(door, client)).goals == ["Vanha kirjaus"]
    await drawing.draw(door, client, draft, DAYS, operation_id=uuid4())
    async with seat(database, client, size=(120, 40)) as at:
        await at.see("· Kielikurssi, suunnitteilla")
        assert "· Suomen taso A2.2" in at.text
        # A change elsewhere is seen at once.
        await at.until(lambda: at.app.link.state == "live")
        (measure,) = (await plans(door, client)).versions[0].measures
        await commands.change(
            door, client, "measure", measure.id, {"state": "planned"}, {"state": "under_way"},
            operation_id=uuid4(),
        )  # fmt: skip
        await at.see("· Kielikurssi, käynnissä")
    (goal,) = (await plans(door, client)).versions[0].goals
    await commands.change(
        door, client, "goal", goal.id, {"state": "open"}, {"state": "reached"}, operation_id=uuid4()
    )
    assert (await side(door, client)).goals == []
    await door.close()


async def test_the_lead_sees_and_reviews_a_plan_after_a_reason(database: OwnDatabase, client: UUID) -> None:
    await made(database, client)
    async with seat(database, client, login="helmi", size=(80, 24)) as at:
        await at.see("Perustelu")
        await at.write("tarkistan suunnitelman\n")
        await at.back()
        await at.until(lambda: at.screen.query_one(EventList).settled)
        await at.press("p")
        await at.until(lambda: isinstance(at.app.screen, PlanScreen))
        await at.settle()
        await at.see("Suomen taso A2.2")
        await at.press("r")
        await dialog(at, "Vaihe 1/5")
