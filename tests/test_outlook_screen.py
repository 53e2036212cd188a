"""The push on the screen: signing in by a code, sending, a change made in Outlook, signing out."""

import dataclasses
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework.appointment_clashes import Clashes, Plan
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.graph import kept
from kotoutus_tui.demo.graph.sign_in import CLIENT, TENANT
from kotoutus_tui.outlook.setup import setup_of
from kotoutus_tui.outlook.warning import warnings
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.outlook_desk import START, OutlookDesk, outlook_desk


@pytest.fixture
async def office(database: OwnDatabase, tmp_path: Path) -> AsyncIterator[OutlookDesk]:
    with outlook_desk(database, tmp_path) as desk:
        yield desk
        await desk.aino.close()


async def test_appointments_are_sent_changed_there_and_taken_away(
    office: OutlookDesk, tmp_path: Path
) -> None:
    i18n.install("en")
    await office.make(1, client=True)
    await office.make(2)
    settings = dataclasses.replace(
        load(), state_dir=tmp_path / "state", database=office.database.as_login("aino"),
        outlook_client=CLIENT, outlook_tenant=TENANT, outlook_authority=office.graph.address,
        outlook_endpoint=office.graph.endpoint,
    )  # fmt: skip
    async with opened(KotoutusApp(Desk(office.aino, settings)), (80, 24)) as view:
        await view.until(lambda: bool(view.app.screen.query(PagedTable)))
        await view.press("4", "p")
        await view.see("Sign in with the key i.")
        await view.press("i")
        await view.see("How do you sign in?")
        await view.press("enter")
        await view.see("2 appointments wait.")
        await view.press("s")
        await view.see("2 appointments sent.")
        assert office.subjects == ["Varattu", "Varattu"] or office.subjects == ["Busy", "Busy"]
        assert "Zahra" not in view.text
        await _changed_there(office, view)
        await view.press("u")
        await view.see("taken out of Outlook first")
        await view.press("enter")
        await view.see("You are signed out.")
    assert office.subjects == []


async def _changed_there(office: OutlookDesk, view: View) -> None:
    item = next(iter(office.mailbox.items))
    found = office.mailbox.find(item)
    times = {
        name: {"dateTime": f"{moment + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
        for name, moment in (("start", found.start), ("end", found.end))
    }
    office.mailbox.change(found, times)
    await view.press("o")
    await view.see("Changed in Outlook")
    await view.press("home", "k")
    await view.see("Waits to be sent")
    await view.press("s")
    await view.see("1 appointment sent.")


async def test_who_writes_an_appointment_is_told_what_outlook_has_without_its_subject(
    office: OutlookDesk, tmp_path: Path
) -> None:
    i18n.install("en")
    settings = dataclasses.replace(
        load(), state_dir=tmp_path / "state", outlook_client=CLIENT, outlook_tenant=TENANT,
        outlook_authority=office.graph.address, outlook_endpoint=office.graph.endpoint,
    )  # fmt: skip
    start = START + timedelta(days=1)
    assert await warnings(office.aino, settings, start, start + timedelta(hours=1)) == ()
    office.setup = setup_of(settings)
    await office.sign_in()
    await office.make(1)
    await office.push()
    meeting = {"dateTime": f"{start:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
    late = {"dateTime": f"{start + timedelta(minutes=30):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
    office.mailbox.add({"subject": "Lääkäri", "start": meeting, "end": late, "showAs": "busy"})

    async def elsewhere(begin: datetime, end: datetime) -> Sequence[str]:
        return await warnings(office.aino, settings, begin, end)

    local = start.astimezone(HELSINKI)
    plan = Plan(local.date(), local.time(), 45, but=None)
    found = await Clashes(office.aino, "aino", {}, elsewhere).of(plan)
    assert [each for each in found.sentences if "Outlook" in each] == ["Outlook: taken 10:00–10:30."]
    assert "Lääkäri" not in " ".join(found.sentences)
    # An address at which nobody answers.
    silent = dataclasses.replace(settings, outlook_endpoint="http://127.0.0.1:9/v1.0")
    (said,) = await warnings(office.aino, silent, start, start + timedelta(hours=1))
    assert "did not answer" in said


def test_the_demos_mailbox_is_there_the_next_day(office: OutlookDesk, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "aino.json"
    assert kept.read(file).items == {}
    office.mailbox.add(
        {
            "subject": "Varattu",
            "start": {"dateTime": "2027-02-01T10:00:00", "timeZone": "Europe/Helsinki"},
            "end": {"dateTime": "2027-02-01T11:00:00", "timeZone": "Europe/Helsinki"},
        }
    )
    kept.keeping(file, office.mailbox)()
    assert kept.read(file) == office.mailbox
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("{", "utf-8")
    assert kept.read(file).items == {}
