"""The lead moves clients: whom to, why, each once, and what could not be moved."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
import time_machine
from textual.widgets import Input

from kotoutus_tui import clock
from kotoutus_tui.casework import team, undo_moves
from kotoutus_tui.casework.team import Counsellor, Move
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, NotAllowed
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.dialog import Confirm
from screens.move_clients import MoveForm, NotMoved
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team


@pytest.fixture
def clients(database: OwnDatabase) -> list[UUID]:
    """Three clients of Aino's."""
    make_team(database)
    return [make_client(database, "aino", f"{letter}lander", "Kim") for letter in "ABC"]


@asynccontextmanager
async def _database(database: OwnDatabase, login: str) -> AsyncGenerator[Database]:
    db = Database(database.as_login(login))
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def _desk(database: OwnDatabase, state: Path, login: str) -> AsyncGenerator[View]:
    async with _database(database, login) as db:
        settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
        async with opened(KotoutusApp(Desk(db, settings)), (100, 30)) as view:
            await view.until(lambda: bool(view.app.screen.query(PagedTable)))
            await view.settle()
            yield view


def _own(database: OwnDatabase) -> dict[str, list[str]]:
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute("select own_counsellor, name from app.client order by name").fetchall()
    found: dict[str, list[str]] = {}
    for counsellor, name in rows:
        found.setdefault(counsellor, []).append(name.split()[0])
    return found


def _block(database: OwnDatabase, client: UUID, login: str) -> None:
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.conflict_block (client_id, login) values (%s, %s)", [client, login]
        )


async def test_counsellors_with_their_open_clients(database: OwnDatabase, clients: list[UUID]) -> None:
    async with _database(database, "helmi") as db:
        assert await team.counsellors(db) == [
            Counsellor("aino", "Aino Aaltonen", len(clients)),
            Counsellor("bilal", "Bilal Berg", 0),
        ]


async def test_each_is_moved_once_and_failures_are_told(database: OwnDatabase, clients: list[UUID]) -> None:
    _block(database, clients[1], "bilal")
    moves = [Move(client, f"{number}", uuid4()) for number, client in enumerate([*clients, uuid4()])]
    async with _database(database, "helmi") as db:
        moved = await team.give(db, moves, "bilal", "loma")
        again = await team.give(db, moves, "bilal", "loma")
    assert moved == again
    assert moved.count == 2
    assert [name for name, _why in moved.failed] == ["1", "3"]
    assert _own(database) == {"bilal": ["Alander", "Clander"], "aino": ["Blander"]}
    with psycopg.connect(database.as_superuser) as connection:
        assert connection.execute("select count(*) from app.event where kind = 'transfer'").fetchone() == (2,)


async def test_another_choice_after_a_broken_try_is_another_command(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("select api.add_person('eeva', 'counsellor', 'Eeva Eskola')")
    moves = [Move(client, "", uuid4()) for client in clients]
    async with _database(database, "helmi") as db:
        await team.give(db, moves[:1], "bilal", "loma")
        moved = await team.give(db, moves, "eeva", "loma")
    assert moved.count == len(clients)
    assert _own(database) == {"eeva": ["Alander", "Blander", "Clander"]}


async def test_a_reason_is_needed_and_only_the_lead_moves(database: OwnDatabase, clients: list[UUID]) -> None:
    move = [Move(clients[0], "", uuid4())]
    async with _database(database, "helmi") as db:
        with pytest.raises(InvalidInput) as caught:
            await team.give(db, move, "bilal", " ")
    assert caught.value.field == "reason"
    async with _database(database, "aino") as db:
        with pytest.raises(NotAllowed):
            await team.give(db, move, "bilal", "loma")
    assert _own(database) == {"aino": ["Alander", "Blander", "Clander"]}


async def _move(view: View, to: str, reason: str, day: str = "") -> None:
    await view.press("m")
    await view.until(lambda: isinstance(view.app.screen, MoveForm))
    form = view.app.screen
    assert isinstance(form, MoveForm)
    await view.until(lambda: len(form.query(Input)) == 3)
    for field, text in zip(form.query(Input), (to, day, reason), strict=True):
        field.value = text
    await view.pilot.pause()
    form._form.submit()


@pytest.mark.usefixtures("clients")
async def test_the_selected_are_moved_from_the_list(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "helmi") as view:
        assert "Siirrä" in view.lines[-1]
        await view.press("space", "down", "space")
        await _move(view, "bilal", "loma")
        await view.see("2 asiakasta siirrettiin.")
        assert view.find(PagedTable).selected == frozenset()
        await view.until(lambda: view.text.count("Bilal Berg") == 2)
    assert _own(database) == {"bilal": ["Alander", "Clander"], "aino": ["Blander"]}


async def test_what_could_not_be_moved_is_listed_with_the_reason(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    _block(database, clients[0], "bilal")
    async with _desk(database, tmp_path, "helmi") as view:
        await _move(view, "bilal", "loma")
        await view.until(lambda: isinstance(view.app.screen, NotMoved))
        await view.see("Alander Kim: Tämä ohjaaja ei voi saada tätä asiakasta.")


@pytest.mark.usefixtures("clients")
async def test_another_filter_takes_the_selection_off(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "helmi") as view:
        table = view.find(PagedTable)
        await view.press("space", "o")
        await view.settle()
        assert len(table.selected) == 1
        await view.press("right")
        await view.until(lambda: not table.selected)


@pytest.mark.usefixtures("clients")
async def test_a_counsellor_is_not_offered_to_move(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "aino") as view:
        assert "Siirrä" not in view.text
        await view.press("m")
        await view.settle()
        assert not isinstance(view.app.screen, MoveForm)


async def test_a_move_is_undone_once_and_a_move_before_it_stays(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    moves = [Move(client, "", uuid4()) for client in clients]
    async with _database(database, "helmi") as db:
        await team.give(db, moves[:1], "bilal", "ensin")
        await team.give(db, moves[1:], "bilal", "loma")
        move = await undo_moves.last_move(db)
        assert [(one.name, one.former_name) for one in move] == [
            ("Blander Kim", "Aino Aaltonen"),
            ("Clander Kim", "Aino Aaltonen"),
        ]
        operation = uuid4()
        done = await undo_moves.give_back(db, move, operation_id=operation)
        assert done == await undo_moves.give_back(db, move, operation_id=operation)
        assert (done.count, done.failed) == (2, [])
        assert _own(database) == {"bilal": ["Alander"], "aino": ["Blander", "Clander"]}
        again = await undo_moves.give_back(db, move, operation_id=uuid4())
        assert again.count == 0
        assert [one.name for one in await undo_moves.last_move(db)] == ["Alander Kim"]
    async with _database(database, "aino") as db:
        assert not await undo_moves.last_move(db)
    assert _own(database) == {"bilal": ["Alander"], "aino": ["Blander", "Clander"]}


async def test_who_was_moved_on_by_somebody_is_left_there(database: OwnDatabase, clients: list[UUID]) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("select api.add_person('eeva', 'counsellor', 'Eeva Eskola')")
        connection.execute("select api.add_person('liisa', 'lead', 'Liisa Lahti')")
    async with _database(database, "helmi") as db:
        await team.give(db, [Move(client, "", uuid4()) for client in clients[:2]], "bilal", "loma")
        async with _database(database, "liisa") as other:
            await team.give(other, [Move(clients[0], "", uuid4())], "eeva", "muutto")
        moved = await undo_moves.give_back(db, await undo_moves.last_move(db), operation_id=uuid4())
    assert moved.count == 1
    assert moved.failed == [("Alander Kim", "Joku on jo siirtänyt asiakkaan eteenpäin.")]
    assert _own(database) == {"eeva": ["Alander"], "aino": ["Blander", "Clander"]}


async def test_after_a_day_a_move_stays(database: OwnDatabase, clients: list[UUID]) -> None:
    async with _database(database, "helmi") as db:
        await team.give(db, [Move(clients[0], "", uuid4())], "bilal", "loma")
        with time_machine.travel(clock.now() + timedelta(hours=25)):
            assert not await undo_moves.last_move(db)


@pytest.mark.usefixtures("clients")
async def test_the_notice_names_the_key_that_undoes_it(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "helmi") as view:
        await view.press("u")
        await view.see("Et ole siirtänyt asiakkaita viimeisten 24 tunnin aikana.")
        await _move(view, "bilal", "loma")
        await view.see("1 asiakas siirrettiin. u kumoaa siirron 24 tunnin ajan.")
        await view.press("u")
        await view.until(lambda: isinstance(view.app.screen, Confirm))
        await view.see("Alander Kim: takaisin ohjaajalle Aino Aaltonen")
        await view.press("enter")
        await view.until(lambda: _own(database) == {"aino": ["Alander", "Blander", "Clander"]})
        await view.see("1 asiakas siirrettiin.")
