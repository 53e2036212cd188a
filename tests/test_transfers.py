"""Transfers: planned for a day, in force on it whoever is first, handed over between two, undone in time."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from kotoutus_tui import clock
from kotoutus_tui.casework import team, transfers
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.prints.text import as_text
from kotoutus_tui.casework.transfer_summary import summary
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, KotoutusError, NotFound
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team
from tests.people import open_client as opened

TOMORROW = clock.today() + timedelta(1)


class Office:
    """The three people's ways into one database with two clients of Aino's."""

    def __init__(self, database: OwnDatabase) -> None:
        make_team(database)
        self.database = database
        self.clients = [make_client(database, "aino", family, "Kim") for family in ("Alander", "Blander")]
        self.aino, self.bilal, self.helmi = (
            Database(database.as_login(one)) for one in ("aino", "bilal", "helmi")
        )

    def sql(self, statement: str, *values: Any, login: str = "") -> list[Any]:
        where = self.database.as_login(login) if login else self.database.as_superuser
        with psycopg.connect(where, autocommit=True) as connection:
            done = connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
            return done.fetchall() if done.description else []

    async def plan(self, *clients: UUID, to: str = "bilal", operation: UUID | None = None) -> int:
        moves = [{"client": str(each), "was": "aino", "given_to": to} for each in clients]
        return await transfers.plan(self.helmi, moves, "muutto", TOMORROW, operation_id=operation or uuid4())

    def day_comes(self) -> None:
        self.sql("update app.case_transfer set effective_on = effective_on - 1 where applied_at is null")

    def own(self) -> dict[str, int]:
        return dict(self.sql("select own_counsellor, count(*)::int from app.client group by 1"))


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    whole = Office(database)
    yield whole
    for db in (whole.aino, whole.bilal, whole.helmi):
        await db.close()


async def test_rights_change_on_the_day_and_not_before(office: Office) -> None:
    one = office.clients[0]
    assert await office.plan(one) == 1
    assert (office.own(), await transfers.apply_due(office.bilal)) == ({"aino": 2}, 0)
    assert opened(office.database, "bilal", one) == "denied"
    office.day_comes()
    # Whoever tries first: the former counsellor's own opening already is too late.
    assert opened(office.database, "aino", one) == "denied"
    assert opened(office.database, "bilal", one) == "own"
    assert office.own() == {"aino": 1, "bilal": 1}
    found = office.sql("select author, reason from app.event where kind = 'transfer'")
    assert found == [("helmi", "muutto")]
    kinds = office.sql("select login, kind from app.notice order by id")
    assert set(kinds) == {
        ("aino", "will_hand_over"), ("bilal", "will_receive"), ("aino", "handed_over"), ("bilal", "received"),
    }  # fmt: skip


async def test_a_plan_is_made_once_replaced_and_cancelled(office: Office) -> None:
    one, other = office.clients
    operation = uuid4()
    for _again in range(2):
        await office.plan(one, other, operation=operation)
    assert len(await transfers.unfinished(office.helmi)) == 2
    await office.plan(one)
    found = await transfers.unfinished(office.helmi)
    assert [each.name for each in found] == ["Alander Kim", "Blander Kim"]
    await transfers.cancel(office.helmi, found[0].id)
    with pytest.raises(NotFound):
        await transfers.cancel(office.helmi, found[0].id)
    office.day_comes()
    assert await transfers.apply_due(office.aino) == 1
    assert office.own() == {"aino": 1, "bilal": 1}


async def test_what_cannot_be_done_on_the_day_is_told_and_leaves_the_client(office: Office) -> None:
    one, other = office.clients
    await office.plan(one, other)
    office.sql("insert into app.conflict_block (client_id, login) values (%s, 'bilal')", one)
    office.day_comes()
    assert await transfers.apply_due(office.helmi) == 1
    assert office.own() == {"aino": 1, "bilal": 1}
    assert office.sql("select login, client_id from app.notice where kind = 'transfer_failed'") == [
        ("helmi", one)
    ]
    assert await transfers.apply_due(office.helmi) == 0


async def test_a_client_who_moved_on_meanwhile_stops_the_whole_plan(office: Office) -> None:
    one, other = office.clients
    await team.give(office.helmi, [team.Move(one, "", uuid4())], "bilal", "kiire")
    with pytest.raises(Conflict):
        await office.plan(one, other)
    assert [each.applied for each in await transfers.unfinished(office.helmi)] == [True]


@pytest.mark.parametrize(
    ("day", "error"), [(clock.today(), InvalidInput), (clock.today() + timedelta(367), InvalidInput)]
)
async def test_the_day_lies_ahead(office: Office, day: Any, error: type[KotoutusError]) -> None:
    moves = [{"client": str(office.clients[0]), "was": "aino", "given_to": "bilal"}]
    with pytest.raises(error):
        await transfers.plan(office.helmi, moves, "muutto", day, operation_id=uuid4())
    with pytest.raises(errors.CheckViolation):
        office.sql(
            "select api.plan_transfers(%s, 'x', %s, %s)", json.dumps(moves), day, uuid4(), login="helmi"
        )


async def test_two_hand_over_and_the_lead_sees_how_far_they_are(office: Office) -> None:
    one = office.clients[0]
    await team.give(office.helmi, [team.Move(one, "", uuid4())], "bilal", "muutto")
    (found,) = await transfers.unfinished(office.bilal)
    assert [each.id for each in await transfers.unfinished(office.aino)] == [found.id]
    await transfers.tell(office.aino, found, "promised", "Luvattu soittaa koululle", operation_id=uuid4())
    for db in (office.bilal, office.aino):
        await transfers.mark(db, found, "tasks", done=True, operation_id=uuid4())
    await transfers.meet(office.bilal, found.id, TOMORROW)
    read = {each.step: each for each in await transfers.steps(office.bilal, found.id, lead=False)}
    assert (read["promised"].note, read["tasks"].done_on) == ("Luvattu soittaa koululle", clock.today())
    seen = await transfers.steps(office.helmi, found.id, lead=True)
    assert [each.note for each in seen] == [None] * 9
    with pytest.raises(errors.InsufficientPrivilege):
        office.sql("select note from app.case_transfer_step", login="helmi")
    (now,) = await transfers.unfinished(office.helmi)
    assert (now.done, now.joint_meeting_on, now.late) == (1, TOMORROW, False)
    with pytest.raises(NotFound):
        await transfers.close(office.aino, found.id)
    await open_client(office.bilal, one)
    text = as_text(await summary(office.bilal, found, list(read.values())))
    assert "Alander Kim" in text
    assert "Luvattu soittaa koululle" in text
    await transfers.close(office.bilal, found.id)
    for db in (office.aino, office.bilal, office.helmi):
        assert await transfers.unfinished(db) == []
    with pytest.raises(KotoutusError):
        await transfers.tell(office.aino, found, "promised", "jälkikäteen", operation_id=uuid4())


async def test_coming_appointments_go_along_where_the_new_counsellor_is_free(office: Office) -> None:
    one, other = office.clients
    office.sql(
        "insert into app.appointment (counsellor, created_by, kind, starts_at, ends_at, title)"
        " select who, who, 'plan', now() + days * interval '1 day',"
        " now() + days * interval '1 day' + interval '1 hour', title"
        " from (values ('aino', 1, 'free'), ('aino', 2, 'taken'), ('bilal', 2, 'his'), ('aino', -1, 'past'),"
        " ('aino', 3, 'both')) x (who, days, title)"
    )
    for client in (one, other):
        office.sql(
            "insert into app.appointment_client (appointment_id, client_id)"
            " select id, %s from app.appointment where counsellor = 'aino' and (title = 'both' or %s)",
            client, client == one,
        )  # fmt: skip
    await team.give(office.helmi, [team.Move(one, "", uuid4())], "bilal", "muutto")
    found = dict(office.sql("select title, counsellor from app.appointment"))
    assert found == {"free": "bilal", "taken": "aino", "his": "bilal", "past": "aino", "both": "aino"}


REFUSED = (
    ("aino", "select api.plan_transfers('[]', 'x', current_date + 2, uuidv7())"),
    ("aino", "select api.cancel_transfer(uuidv7())"),
    ("aino", "select access.apply_transfer(uuidv7())"),
    ("aino", "select * from api.goes_along('{}')"),
    ("aino", "insert into app.case_transfer (to_login) values ('aino')"),
    ("aino", "update app.case_transfer set to_login = 'aino'"),
    ("aino", "update app.case_transfer_step set transfer_id = uuidv7()"),
    ("helmi", "update app.case_transfer_step set note = 'x'"),
    ("helmi", "delete from app.case_transfer"),
    ("tiina", "select * from api.transfers()"),
    ("arto", "select api.apply_due_transfers()"),
)


async def test_what_is_refused(office: Office) -> None:
    for login, statement in REFUSED:
        with pytest.raises(errors.InsufficientPrivilege):
            office.sql(statement, login=login)
