"""Notices: what a person was told, the live count in the header, the list that opens clients."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from textual.widgets import OptionList

from kotoutus_tui.casework import notices
from kotoutus_tui.database import Database
from kotoutus_tui.privacy.access import Me, Role
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.client_timeline import ClientTimelineScreen
from screens.desk import Desk
from screens.notice_list import NoticeList
from tests.cluster import OwnDatabase
from tests.desk import FrameApp, View, opened
from tests.people import make_client, make_team


@pytest.fixture
def clients(database: OwnDatabase) -> dict[str, UUID]:
    """One client of Aino's, one of Bilal's."""
    make_team(database)
    return {
        "aino": make_client(database, "aino", "Omanen", "Kim"),
        "bilal": make_client(database, "bilal", "Toinen", "Noor"),
    }


def _assign(database: OwnDatabase, client: UUID, to: str) -> None:
    with psycopg.connect(database.as_login("helmi"), autocommit=True) as connection:
        connection.execute("select api.assign(%s, %s, 'loma', %s)", [client, to, uuid4()])


@asynccontextmanager
async def _desk(database: OwnDatabase, state: Path, login: str, width: int = 100) -> AsyncGenerator[View]:
    settings = dataclasses.replace(
        load(), state_dir=state, database=database.as_login(login), idle_blank_minutes=0, idle_exit_minutes=0
    )
    app = KotoutusApp(Desk(Database(settings.database), settings))
    try:
        async with opened(app, (width, 30)) as view:
            await view.until(lambda: app.link.state == "live")
            await view.settle()
            yield view
    finally:
        await app.desk.db.close()


async def test_names_are_told_only_of_clients_who_may_be_listed(
    database: OwnDatabase, clients: dict[str, UUID]
) -> None:
    _assign(database, clients["bilal"], "aino")
    _assign(database, clients["aino"], "bilal")
    db = Database(database.as_login("aino"))
    try:
        given, taken = sorted(await notices.latest(db), key=lambda each: each.kind == "handed_over")
        assert (given.kind, given.name, given.unread) == ("received", "Toinen Noor", True)
        assert (taken.kind, taken.name, taken.client_id) == ("handed_over", None, clients["aino"])
        assert await notices.unread(db) == 2
        await notices.mark_read(db, [given.id], operation_id=uuid4())
        assert await notices.unread(db) == 1
        assert [each.unread for each in await notices.latest(db)] == [True, False]
    finally:
        await db.close()


async def test_nobody_marks_the_notices_of_another(database: OwnDatabase, clients: dict[str, UUID]) -> None:
    _assign(database, clients["bilal"], "aino")
    aino, bilal = Database(database.as_login("aino")), Database(database.as_login("bilal"))
    try:
        (notice,) = await notices.latest(aino)
        await notices.mark_read(bilal, [notice.id], operation_id=uuid4())
        assert await notices.unread(aino) == 1
    finally:
        await aino.close()
        await bilal.close()


@pytest.mark.parametrize("width", [80, 200])
async def test_the_count_is_live_and_enter_opens_the_client(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path, width: int
) -> None:
    async with _desk(database, tmp_path, "aino", width) as view:
        assert "uutta" not in view.line(0)
        _assign(database, clients["bilal"], "aino")
        await view.see("1 uusi")
        await view.press("exclamation_mark")
        await view.see("Sait asiakkaan: Toinen Noor")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        screen = view.app.screen
        assert isinstance(screen, ClientTimelineScreen) and screen.client_id == clients["bilal"]
        await view.until(lambda: view.app.unread == 0)


async def test_all_are_marked_and_a_client_who_left_is_not_opened(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    _assign(database, clients["bilal"], "aino")
    _assign(database, clients["aino"], "bilal")
    async with _desk(database, tmp_path, "aino") as view:
        await view.see("2 uutta")
        await view.press("exclamation_mark")
        await view.see("Asiakas siirtyi toiselle ohjaajalle")
        assert "Omanen" not in view.text
        options = view.find(OptionList)
        options.highlighted = next(
            number for number in (0, 1) if "siirtyi" in str(options.get_option_at_index(number).prompt)
        )
        await view.press("enter")
        await view.see("Asiakas ei ole enää sinun avattavissasi.")
        await view.until(lambda: view.app.unread == 1)
        await view.press("x")
        await view.until(lambda: view.app.unread == 0)
        assert "●" not in "\n".join(view.lines[1:])
        await view.press("escape")
        await view.until(lambda: not isinstance(view.app.screen, NoticeList))


@pytest.mark.usefixtures("clients")
async def test_no_notices_say_so(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "aino") as view:
        await view.press("exclamation_mark")
        await view.see("Ei ilmoituksia.")
        await view.press("enter", "x", "escape")


@pytest.mark.parametrize("role", ["admin", "auditor"])
async def test_who_sees_no_clients_gets_a_sentence(role: Role) -> None:
    async with opened(FrameApp(BaseScreen)) as view:
        view.app.desk.me = Me("arto", "Arto Ahola", role)
        await view.press("exclamation_mark")
        await view.see("Ilmoituksia saavat vain ohjaajat ja tiimin esihenkilö.")
        view.app.count_notices()
        assert view.app.unread == 0
