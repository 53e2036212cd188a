"""An office whose counsellor Aino pushes her appointments to the demo's own Graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from kotoutus_tui.casework import appointments
from kotoutus_tui.casework.appointments import Wanted
from kotoutus_tui.database import Database
from kotoutus_tui.demo.graph.mailbox import Mailbox
from kotoutus_tui.demo.graph.server import GraphServer
from kotoutus_tui.demo.graph.sign_in import CLIENT, TENANT
from kotoutus_tui.outlook import push, state
from kotoutus_tui.outlook.push import Pushed
from kotoutus_tui.outlook.setup import Setup
from kotoutus_tui.outlook.sign_in import DeviceSignIn
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

AINO = "aino@city.example"
START = datetime(2027, 2, 1, 8, tzinfo=UTC)  # a Monday

_TABLES = ("outlook_mailbox", "outlook_event", "outlook_job")


@dataclass
class OutlookDesk:
    """Aino's door, her mailbox in a server of its own, and a clock that only moves when something waits."""

    database: OwnDatabase
    aino: Database
    client: UUID
    graph: GraphServer
    setup: Setup
    slept: list[float] = field(default_factory=list[float])
    known: dict[str, UUID] = field(default_factory=dict[str, UUID])

    @property
    def mailbox(self) -> Mailbox:
        return self.graph.mailboxes[AINO]

    @property
    def subjects(self) -> list[str]:
        return sorted(each.fields["subject"] for each in self.mailbox.items.values())

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def sign_in(self, template: str = "busy") -> None:
        """Sign in by a code and turn the push on."""
        flow = DeviceSignIn(self.setup)
        await flow.begin()
        await flow.finish()
        await state.turn_on(self.aino, self.setup, template)

    async def push(self) -> Pushed:
        """Push without really waiting."""
        return await push.push(self.aino, self.setup, sleep=self.sleep)

    async def make(self, day: int = 0, hour: int = 0, *, client: bool = False, **others: Any) -> UUID:
        """Make an appointment so many days and hours after START."""
        wanted = Wanted(
            others.pop("kind", "plan"), START + timedelta(days=day, hours=hour),
            client_id=self.client if client else None, **others,
        )  # fmt: skip
        return await appointments.make(self.aino, wanted, operation_id=uuid4())

    async def move(self, appointment: UUID, day: int, hour: int = 0) -> None:
        """Move an appointment to so many days and hours after START."""
        when = START + timedelta(days=day, hours=hour)
        await appointments.move(self.aino, appointment, when, operation_id=uuid4())

    async def cancel(self, appointment: UUID) -> None:
        await appointments.cancel(self.aino, appointment, "Asiakas pyysi", operation_id=uuid4())

    def series(self, times: int = 4, **rule: Any) -> tuple[UUID, list[UUID]]:
        """Make a weekly series of an hour, three hours after START; return its id and those of its days."""
        from kotoutus_tui.calendar.entry import Series
        from kotoutus_tui.calendar.series import starts

        series = Series(uuid4(), rule.get("frequency", "weekly"), rule.get("every", 1), None,
                        rule.get("starts_at", START + timedelta(hours=3)), times)  # fmt: skip
        rows = [(uuid4(), when.astimezone(UTC)) for when in starts(series)]
        with psycopg.connect(self.database.as_login("aino")) as connection:
            connection.execute(
                "insert into app.appointment_series (id, frequency, every, starts_at, times)"
                " values (%s, %s, %s, %s, %s)",
                [series.id, series.frequency, series.every, series.starts_at, times],
            )
            for row, when in rows:
                connection.execute(
                    "insert into app.appointment (id, kind, starts_at, ends_at, series_id, original_start)"
                    " values (%s, 'guidance', %s, %s, %s, %s)",
                    [row, when, when + timedelta(hours=1), series.id, when],
                )
        return series.id, [row for row, _when in rows]

    def waiting(self) -> int:
        """How much waits to be sent."""
        return self.do("select count(*) from app.outlook_job where done_at is null")[0][0]

    def keep(self) -> None:
        """Remember what Outlook has and what the database knows of it, for `restore`."""
        self.kept = deepcopy(self.mailbox)
        for table in _TABLES:
            self.do(f"create table ext.{table} as select * from app.{table}")

    def restore(self) -> None:
        """Put back what `keep` remembered."""
        self.graph.mailboxes[AINO] = deepcopy(self.kept)
        with psycopg.connect(self.database.as_superuser) as connection:
            connection.execute("set local session_replication_role = replica")
            for table in _TABLES:
                connection.execute(f"delete from app.{table}")
                connection.execute(f"insert into app.{table} select * from ext.{table}")

    def do(self, statement: str, *values: object, login: str = "") -> list[tuple[Any, ...]]:
        """Run SQL as a person, or past every rule."""
        conninfo = self.database.as_login(login) if login else self.database.as_superuser
        with psycopg.connect(conninfo) as connection:
            cursor = connection.execute(statement, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def days(self) -> list[str]:
        """When everything takes place, in Finnish time."""
        from kotoutus_tui.clock import HELSINKI

        found = self.mailbox.within(START - timedelta(days=400), START + timedelta(days=800))
        return [f"{each.start.astimezone(HELSINKI):%d.%m. %H.%M}" for each in found]


@contextmanager
def outlook_desk(database: OwnDatabase, directory: Path, **mailboxes: Mailbox) -> Iterator[OutlookDesk]:
    """Make the office with an open client; the server and the door are closed at the end."""
    make_team(database)
    client = make_client(database, "aino", "Salainen", "Zahra")
    open_client(database, "aino", client)
    with GraphServer(AINO, {AINO: Mailbox()} | mailboxes) as graph:
        setup = Setup(CLIENT, f"{graph.address}/{TENANT}", graph.endpoint, directory / "keys", 8400, None, "")
        yield OutlookDesk(database, Database(database.as_login("aino")), client, graph, setup)
