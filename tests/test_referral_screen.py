"""A referral on its screens: from the network to letter, decline and next offer; no whereabouts anywhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.partners import PartnersScreen
from screens.plan_forms import PlanForm
from screens.printing import PrintedDialog
from screens.referral import ReferralScreen
from screens.referral_receiver import ChooseOffer, ChooseReceiver
from screens.referrals import ReferralsScreen
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, in_front, seat
from tests.cluster import OwnDatabase
from tests.partner_rows import make_organisation, make_service
from tests.people import make_client, make_team, open_client

CANARY = "Kanarialintukuja"
SIZE = (100, 50)


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    school = make_organisation(database, "Ammattiopisto", kind="education")
    make_service(database, school, "Kielikurssi illalla", words="kielikurssi suomi", spoken="fi ar")
    make_service(database, school, "Kielikurssi päivällä", words="kielikurssi suomi", spoken="fi")
    make_service(database, school, "Uimahalli", words="uinti", spoken="fi ar")
    contact = {"phone": "040 555 0199", "address": f"{CANARY} 3"}
    made = make_client(
        database, "aino", "Haddad", "Rania", phase="plan", contact=contact, service_language="ar",
    )  # fmt: skip
    open_client(database, "aino", made)
    _run(database, "insert into app.plan (client_id, number, drawn_on) values (%s, 1, '2026-02-01')", made)
    _run(
        database,
        "insert into app.plan_goal (plan_id, client_id, term, goal) select id, client_id, 'plan', 'A2'"
        " from app.plan where client_id = %s",
        made,
    )
    return made


async def test_a_referral_goes_from_the_network_to_a_letter_a_decline_and_the_next_offer(
    database: OwnDatabase, client: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOTOUTUS_DROP_DIR", str(tmp_path / "out"))
    async with _at_referral(database, client, "kielikurssi") as at:
        assert "[x] Nimet" in at.text and "[ ] Puhelin" in at.text
        await at.press("P")
        await at.see("Luovutukselle tarvitaan oikeusperuste.")
        await at.press("g")
        await _form(at)
        await at.press("enter", "enter", "enter")
        await in_front(at, ReferralScreen)
        await at.press("P")
        await at.until(lambda: isinstance(at.app.screen, Choose))
        await at.press("down", "enter")
        await at.until(lambda: isinstance(at.app.screen, PrintedDialog))
        (letter,) = (tmp_path / "out").glob("*.txt")
        text = letter.read_text("utf-8-sig")
        assert "Haddad Rania" in text and "Ohjaamme asiakkaan teille" in text and "94 §" in text
        assert "0199" not in text and CANARY not in text
        await at.press("escape")
        await in_front(at, ReferralScreen)
        await at.see("Mitä on luovutettu")
        await at.press("v")
        await _form(at)
        await at.press("enter")
        await at.see("lähetetty 2")
        await in_front(at, ReferralScreen)
        await at.press("v")
        await at.until(lambda: isinstance(at.app.screen, Choose))
        await at.press("down", "down", "down", "enter")
        await _form(at)
        await at.press("enter", "ctrl+enter")
        await at.until(lambda: isinstance(at.app.screen, ChooseOffer))
        assert "Kielikurssi päivällä" in at.text and "Uimahalli" not in at.text
        await at.press("enter")
        await _form(at)
        assert "kielikurssille" in at.text
        await at.press("ctrl+enter", "enter", "enter")
        await at.see("Korvaa ohjauksen")
        await at.press("escape")
        await in_front(at, ReferralScreen)
        await at.press("u")
        await at.see("Kumottu.")
        await at.press("escape")
        await at.back()
        # From the network the client one came from is referred.
        await at.app.push_screen(PartnersScreen())
        await at.settle()
        await at.press("r")
        await _form(at)
        assert "Ammattiopisto: Kielikurssi illalla" in at.text
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute(
            "select r.state, r.decline_code, f.receiver from app.referral r"
            " left join app.referral f on f.id = r.instead_of order by r.created_at"
        ).fetchall()
    assert rows[0] == ("declined", "full", None) and rows[1][0] == "draft"
    assert rows[1][2] == "Ammattiopisto: Kielikurssi illalla"


async def test_of_a_protected_person_nothing_tells_where_they_are_and_consent_opens_the_rest(
    database: OwnDatabase, client: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOTOUTUS_DROP_DIR", str(tmp_path / "out"))
    _run(database, "select access.put_protection(%s, true, null)", client)
    async with _at_referral(database, client, "Asuntotoimisto") as at:
        await at.see("Turvakielto. Tarkista")
        stream = at.app.screen.query_one(EventList)
        screen = at.app.screen
        assert isinstance(screen, ReferralScreen)
        stream.move_to([row.key for row in screen._source.rows].index("item:phone"))
        await at.press("space")
        await at.see("Turvakiellon saaneen olinpaikkaa ei luovuteta")
        await at.press("g")
        await _form(at)
        await at.press("down", "enter", "enter", "enter")
        await in_front(at, ReferralScreen)
        await at.until(lambda: "ei suostumusta" in at.text)
        await at.press("P")
        await at.see("Mitään ei ole valittu.")
        await at.press("c")
        await _form(at)
        await at.press(*["enter"] * 5, "ctrl+enter")
        await at.see("Suostumus on kirjattu.")
        await at.until(lambda: "[x] Nimet" in at.text)
        shown = at.text
        await at.press("P")
        await at.until(lambda: isinstance(at.app.screen, Choose))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PrintedDialog))
        for file in (tmp_path / "out").iterdir():
            shown += file.read_text("utf-8-sig")
        assert CANARY not in shown and "0199" not in shown and "Haddad Rania" in shown
        await at.press("escape")
        await in_front(at, ReferralScreen)
        await at.press("delete")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await at.press("enter")
        await at.back()
        await at.press("l")
        await in_front(at, ReferralsScreen)
        await at.see("Ei vielä ohjauksia.")


@asynccontextmanager
async def _at_referral(database: OwnDatabase, client: UUID, asked: str) -> AsyncIterator[Seat]:
    async with seat(database, client, size=SIZE) as at:
        await at.until(lambda: at.screen.query_one(EventList).settled)
        await at.press("r")
        await at.until(lambda: isinstance(at.app.screen, ChooseReceiver))
        await at.settle()
        await at.write(asked)
        await at.press("enter")
        if not isinstance(at.app.screen, PlanForm):
            await at.press("enter")
        await _form(at)
        await at.write("kielikurssille")
        await at.press("ctrl+enter")
        while isinstance(at.app.screen, PlanForm):
            await at.press("enter")
        await in_front(at, ReferralScreen)
        yield at


async def _form(at: Seat) -> None:
    await at.until(lambda: isinstance(at.app.screen, PlanForm))
    await at.pilot.pause()


def _run(database: OwnDatabase, statement: str, *values: object) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
