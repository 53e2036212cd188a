"""Reports: how duties ended, no small count to be worked out, the screen, the command and the files."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest

from kotoutus_tui import clock, settings
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.reports import duties, files, reading, spans
from kotoutus_tui.reports.reading import Group, Report
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.reports import ReportsScreen
from screens.widgets.event_list import EventList
from tests.cluster import OwnDatabase
from tests.desk import opened
from tests.people import make_client, make_team

YEAR = spans.parse("2025")
SECTION = "681/2023"


class _App(KotoutusApp):
    DEFAULT_MODE = "reports"
    MODES: ClassVar[dict[str, Any]] = {"reports": ReportsScreen}


def test_spans_are_whole_and_follow_each_other() -> None:
    assert [spans.parse(code).last for code in ("2026", "2026-Q1", "2026-02", "2024-02")] == [
        date(2026, 12, 31), date(2026, 3, 31), date(2026, 2, 28), date(2024, 2, 29),
    ]  # fmt: skip
    for code in ("2026", "2026-Q4", "2026-11"):
        span = spans.parse(code)
        assert span.code == code
        assert span.moved(1).first == span.last + timedelta(days=1)
        assert span.moved(5).moved(-5) == span
        assert spans.span_of(span.kind, span.last) == span
    for code in ("2026-13", "2026-Q5", "26", "2026-11-24", "0001", "x"):
        with pytest.raises(InvalidInput):
            spans.parse(code)


def test_the_database_knows_every_condition_of_the_rules() -> None:
    known = {"plan_not_needed", "trafficking_victim", "employment_authority"}
    marks = {
        "today", "client_or_requested_on", "learned_on", "assessment_finished_on", "first_permit_on",
        "current_plan_on", "plan_or_review_on",
    }  # fmt: skip
    versions = json.loads(duties.as_json())
    assert {each["rule"] for each in versions} == set(duties.DUTIES)
    for each in versions:
        assert set(each["not_if"]) <= known
        assert {each["chosen_by"], each["counts_from"]} <= marks
        assert each["months"] or each["days"]
    assert duties.statutory("review", f"22 § 1 mom. {SECTION}")
    assert not duties.statutory("first_step", f"14 § 2 mom. {SECTION}")


@pytest.fixture
def office(database: OwnDatabase) -> Iterator[psycopg.Connection]:
    make_team(database)
    with psycopg.connect(database.as_superuser) as connection:
        # Rows of the past, as an import or years of work leave them.
        connection.execute("set session_replication_role = replica")
        connection.commit()
        yield connection


async def _report(database: OwnDatabase, login: str = "aino", span: spans.Span = YEAR) -> Report:
    db = Database(database.as_login(login))
    try:
        return await reading.read(db, span)
    finally:
        await db.close()


def _letter(number: int) -> str:
    return "Nimi" + chr(ord("a") + number)


def _written(directory: Path) -> list[Path]:
    return sorted(directory.glob("report-*"))


def _counts(group: Group | None) -> dict[str, int | None]:
    return {each.cell: each.many for each in group.counts} if group else {}


def _plan(connection: psycopg.Connection, client: Any, drawn: str, guided: str | None) -> None:
    connection.execute(
        "insert into app.plan (client_id, kind, number, drawn_on, guided_on, created_by)"
        " select %s, 'integration', count(*) + 1, %s, %s, 'aino' from app.plan where client_id = %s",
        [client, drawn, guided, client],
    )


def _review(connection: psycopg.Connection, client: Any, held: str, agreed: str | None = None) -> None:
    connection.execute(
        "insert into app.plan_review (client_id, held_on, next_review_on, created_by)"
        " values (%s, %s, %s, 'aino')",
        [client, held, agreed],
    )


async def test_duties_end_in_time_late_or_not_at_all(
    database: OwnDatabase, office: psycopg.Connection
) -> None:
    clients = [make_client(database, "aino", "Asiakas", _letter(number)) for number in range(24)]
    office.execute("update app.client set period_start = null, period_end = null")
    # A plan of 10.1. asks for guidance by 10.2. and a review by 10.7.; the reviews then ask for the next.
    for number, client in enumerate(clients):
        guided = "2025-02-10" if number < 8 else "2025-02-11" if number < 16 else None
        _plan(office, client, "2025-01-10", guided)
        if number < 6:
            _review(office, client, "2025-07-10")  # in time; the next by 10.1.2026 is not of this year
        elif number < 12:
            _review(office, client, "2025-07-11")  # a day late
        elif number < 18:
            _review(office, client, "2025-05-01", "2025-06-01")  # in time; the agreed next one never came
        else:
            _plan(office, client, "2025-03-01", "2025-03-02")  # a new plan takes the place of the old one
    office.commit()
    report = await _report(database)
    guidance = report.group("duties", f"guided_to_service 20 § 5 mom. {SECTION}")
    assert _counts(guidance) == {"kept": 14, "late": 8, "open": 8}
    assert guidance and (guidance.total, guidance.kept) == (30, None)
    review = report.group("duties", f"review 22 § 1 mom. {SECTION}")
    # In time: six and six; late: six; open: the six agreed ones, and six whose new plan was never reviewed.
    assert _counts(review) == {"kept": 12, "late": 6, "open": 12}
    # A closed client owes nothing, nor one whose period is over before the day.
    office.execute(
        "update app.client set phase = 'closed', own_counsellor = null where id = any(%s)", [clients[16:18]]
    )
    office.execute(
        "update app.client set period_start = '2024-01-01', period_end = '2025-06-30' where id = any(%s)",
        [clients[:6]],
    )
    office.commit()
    report = await _report(database)
    assert _counts(report.group("duties", f"guided_to_service 20 § 5 mom. {SECTION}"))["open"] == 6
    assert _counts(report.group("duties", f"review 22 § 1 mom. {SECTION}"))["kept"] is not None
    assert sum(v or 0 for v in _counts(report.group("duties", f"review 22 § 1 mom. {SECTION}")).values()) < 30
    waits = {each.what: (each.many, each.most) for each in report.waits}
    assert waits.get("plan") is None  # the clients began after their plans here
    office.execute("update app.client set assigned_on = '2025-01-01'")
    office.commit()
    waits = {each.what: (each.many, each.middle, each.most) for each in (await _report(database)).waits}
    assert waits["plan"] == (24, 9, None)


async def test_no_small_count_leaves_the_database_nor_can_be_worked_out(
    database: OwnDatabase, office: psycopg.Connection
) -> None:
    for language, many in {"ar": 9, "fa": 6, "so": 3, "uk": 0}.items():
        for number in range(many):
            client = make_client(database, "aino", "Asiakas", _letter(number))
            office.execute("update app.client set service_language = %s where id = %s", [language, client])
    office.commit()
    report = await _report(database)
    group = report.group("clients", "language")
    # Three could be told from the sum, so the next smallest is hidden too.
    assert group and _counts(group) == {"ar": 9, "fa": None, "so": None}
    assert group.total == 18
    text, table = files.as_prose(report), files.as_csv(report)
    assert next(csv.reader(io.StringIO(table), delimiter=";"))[3:6] == ["report", "group", "code"]
    for row in csv.DictReader(io.StringIO(table), delimiter=";"):
        assert row["count"] == "<" or int(row["count"]) >= 5
    assert "piilotettu" in text and " 3" not in text.partition("arabia")[2]
    with psycopg.connect(database.as_login("aino")) as aino:
        for call in (
            "counted('2025-01-01', '2025-12-31', '[]')",
            "duties('2025-01-01', '2025-12-31', '[]')",
            "waits('2025-01-01', '2025-12-31')",
            "sent_referrals('2025-01-01', '2025-12-31')",
            "duty_marks('2025-01-01')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), aino.transaction():
                aino.execute(f"select access.{call}")  # type: ignore[arg-type]
        logged = aino.execute("select 1 from audit.log_entry where subject = 'report 2025'").fetchall()
    assert logged
    with psycopg.connect(database.as_login("helmi")) as lead:
        assert lead.execute("select count(*) from api.team_waits('2025-01-01', '2025-12-31')").fetchone()


async def test_the_screen_counts_another_span_and_writes_files(
    database: OwnDatabase, office: psycopg.Connection, tmp_path: Path
) -> None:
    for number in range(7):
        client = make_client(database, "aino", "Salainen", _letter(number))
        _plan(office, client, str(clock.today() - timedelta(days=400)), None)
    office.commit()
    conninfo = database.as_login("aino")
    desk = Desk(
        Database(conninfo), settings.Settings(database=conninfo, state_dir=tmp_path, drop_dir=tmp_path)
    )
    async with opened(_App(desk), (80, 24)) as session:
        await session.see("Raportit")
        await session.see("yhteensä")
        await session.press("k")
        await session.see(f"koko tiimi · {clock.today().year} ")
        await session.press("left")
        await session.see(f"koko tiimi · {clock.today().year - 1} ")
        await session.press("e")
        await session.see(".csv")
        await session.press("y")
        await session.see(".txt")
        assert session.app.screen.query_one(EventList).total
    written = _written(tmp_path)
    assert [file.suffix for file in written] == [".csv", ".txt"]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in written)
    assert "Salainen" not in "".join(file.read_text("utf-8") for file in written)


def test_the_command_prints_and_writes_the_same(
    database: OwnDatabase, office: psycopg.Connection, tmp_path: Path
) -> None:
    for number in range(6):
        make_client(database, "aino", "Asiakas", _letter(number))
    office.commit()
    out = tmp_path / "vuosi.txt"
    env = {
        "KOTOUTUS_DATABASE": database.as_login("aino"),
        "KOTOUTUS_STATE_DIR": str(tmp_path),
        "PATH": "/bin",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kotoutus_tui", "reports", *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    told = json.loads(run("2025", "--json").stdout)
    assert told["span"] == "2025"
    assert run("2025", "--out", str(out)).returncode == 0
    assert run("2025", "--out", str(out)).returncode != 0  # never written over
    assert run("2025", "--text").stdout.strip() == out.read_text("utf-8-sig").strip().replace("\r\n", "\n")
    assert run("2025-13").returncode != 0
