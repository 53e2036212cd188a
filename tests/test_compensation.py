"""Compensation from the State: how long, which years are claimed by when, their marks, and the file."""

import csv
import io
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.reception import claim_file, claims
from kotoutus_tui.casework.reception.claims import Claim
from kotoutus_tui.casework.reception.compensation import ClaimYear, compensation
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.cluster import OwnDatabase
from tests.hostile import FORMULAS
from tests.people import make_client, make_team

TODAY = date(2026, 11, 24)
Door = Callable[[str], Database]


@pytest.mark.parametrize(
    ("ground", "family", "since", "end", "section"),
    [
        ("asylum", False, date(2025, 1, 1), date(2027, 1, 1), "61 §"),
        ("temporary_protection", False, date(2025, 3, 14), date(2027, 3, 14), "61 §"),
        ("quota_refugee", False, date(2025, 2, 28), date(2028, 2, 28), "61 §"),
        ("family", True, date(2025, 6, 1), date(2028, 6, 1), "61 §"),
        ("asylum", False, date(2024, 12, 31), date(2027, 12, 31), "102 §"),
        ("quota_refugee", False, date(2024, 2, 29), date(2028, 2, 29), "102 §"),
        ("quota_refugee", False, date(2023, 5, 3), date(2027, 5, 3), "102 §"),
    ],
)
def test_two_or_three_years_and_one_more_for_starts_before_2025(
    ground: str, family: bool, since: date, end: date, section: str
) -> None:
    found = compensation(Facts(ground_of_entry=ground, municipality_since=since, quota_family=family), TODAY)
    assert found is not None
    assert (found.start, found.end) == (since, end)
    assert found.section.startswith(section)


def test_years_are_claimed_within_two_years_and_those_of_the_old_act_by_the_end_of_2026() -> None:
    facts = Facts(ground_of_entry="quota_refugee", municipality_since=date(2023, 5, 3))
    found = compensation(facts, TODAY, {2024: date(2025, 4, 1)})
    assert found is not None
    assert [(each.year, each.due, each.old_law, each.claimed_on) for each in found.years] == [
        (2023, date(2026, 12, 31), True, None),
        (2024, date(2026, 12, 31), True, date(2025, 4, 1)),
        (2025, date(2027, 12, 31), False, None),
        (2026, date(2028, 12, 31), False, None),
    ]
    assert not found.years[0].lapsed(date(2026, 12, 31))
    assert found.years[0].lapsed(date(2027, 1, 1))
    assert not found.years[1].lapsed(date(2030, 1, 1))


def test_every_claim_tells_its_year_also_where_the_act_names_the_day() -> None:
    facts = Facts(ground_of_entry="quota_refugee", municipality_since=date(2023, 5, 3))
    found = [each for each in deadlines(facts, TODAY).deadlines if each.rule == "compensation_claim"]
    years = [each.working.counted_from.year for each in found if each.working.counted_from]
    assert years == [2023, 2024, 2025, 2026]


def test_nothing_is_paid_for_others_nor_before_the_beginning() -> None:
    assert compensation(Facts(ground_of_entry="work", municipality_since=date(2025, 1, 1)), TODAY) is None
    assert compensation(Facts(ground_of_entry="asylum"), TODAY) is None
    to_come = Facts(ground_of_entry="asylum", municipality_since=date(2026, 12, 1))
    assert compensation(to_come, TODAY) is None


def test_a_closed_case_is_claimed_for_until_it_closed() -> None:
    facts = Facts(ground_of_entry="asylum", municipality_since=date(2024, 6, 1), closed_on=date(2025, 2, 1))
    found = compensation(facts, TODAY)
    assert found is not None
    assert [each.year for each in found.years] == [2024, 2025]


@pytest.fixture
def db(database: OwnDatabase, doors: Door) -> Door:
    make_team(database)
    return doors


def _refugee(database: OwnDatabase, login: str = "aino", number: str | None = "K-1") -> UUID:
    this_year = clock.today().year
    return make_client(
        database, login, "Aalto", "Testi", external_id=number,
        detail={"ground_of_entry": "asylum", "municipality_since": f"{this_year - 1}-03-01"},
    )  # fmt: skip


async def test_a_year_is_marked_as_claimed_and_unmarked(database: OwnDatabase, db: Door) -> None:
    client, door = _refugee(database), db("aino")
    with pytest.raises(NotFound):
        await claims.of_client(door, client)
    year = ClaimYear(clock.today().year - 1, clock.today(), "70 §", False)
    with pytest.raises(NotAllowed):
        await claims.mark_claimed(door, client, year, operation_id=uuid4())
    await open_client(door, client)
    for wrong in (date(clock.today().year + 1, 1, 1), date(year.year - 1, 12, 31)):
        with pytest.raises(InvalidInput) as caught:
            await claims.mark_claimed(door, client, year, wrong, operation_id=uuid4())
        assert caught.value.field == "claimed_on"
    operation = uuid4()
    for _again in range(2):
        await claims.mark_claimed(door, client, year, None, "KEHA 1", operation_id=operation)
    with pytest.raises(Conflict):
        await claims.mark_claimed(door, client, year, operation_id=uuid4())
    period = (await claims.of_client(door, client)).period
    assert period is not None
    assert [each.claimed_on for each in period.years] == [clock.today(), None]
    await claims.mark_unclaimed(door, client, year.year, operation_id=uuid4())
    period = (await claims.of_client(door, client)).period
    assert period is not None
    assert [each.claimed_on for each in period.years] == [None, None]
    with pytest.raises(NotFound):
        await claims.mark_unclaimed(door, client, year.year, operation_id=uuid4())


def _kept(database: OwnDatabase, client: UUID, rule: str, subject: str, due: date, start: str = "") -> None:
    basis = f'{{"from": "{start}"}}' if start else "{}"
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.deadline (client_id, rule, subject, section, due_on, basis, own_counsellor)"
            " select id, %s, %s, '70 § 1 mom. 681/2023', %s, %s, own_counsellor from app.client where id = %s"
            " on conflict (client_id, rule, subject)"
            " do update set due_on = excluded.due_on, basis = excluded.basis",
            [rule, subject, due, basis, client],
        )


async def test_claims_are_listed_without_opening_and_only_of_ones_own(
    database: OwnDatabase, db: Door
) -> None:
    mine, theirs = _refugee(database), _refugee(database, "bilal", "K-2")
    for client in (mine, theirs):
        _kept(database, client, "compensation_claim", "2025", date(2027, 12, 31))
        _kept(database, client, "compensation_claim", "2024", date(2026, 12, 31))
        _kept(database, client, "compensation_end", "", date(2027, 3, 1), "2024-03-01")
    found = await claims.to_be_claimed(db("aino"))
    assert [(each.client_id, each.year, each.number) for each in found] == [
        (mine, 2024, "K-1"), (mine, 2025, "K-1"),
    ]  # fmt: skip
    assert (found[0].period_start, found[0].period_end) == (date(2024, 3, 1), date(2027, 3, 1))
    assert len(await claims.to_be_claimed(db("helmi"))) == 4
    assert [each.year for each in await claims.to_be_claimed(db("aino"), date(2026, 12, 31))] == [2024]


async def test_the_file_has_numbers_no_names_and_no_formula_and_is_logged(
    database: OwnDatabase, db: Door, tmp_path: Path
) -> None:
    client = _refugee(database)
    rows = [
        Claim(client, "Aalto Testi", number, "Aino", 2025, date(2027, 12, 31), "70 §", None, None)
        for number in (*FORMULAS, None, "K-1")
    ]
    folder = tmp_path / "drop"
    first = await claim_file.write_file(db("aino"), folder, rows)
    second = await claim_file.write_file(db("aino"), folder, rows, names=True)
    assert first != second
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    text = first.read_bytes().decode("utf-8-sig")
    assert "Aalto" not in first.name + text
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read[0] == list(claim_file.COLUMNS)
    assert [row[0] for row in read[1:]] == [*(f"'{each}" for each in FORMULAS), str(client), "K-1"]
    assert read[-1][1:4] == ["2025", "2027-12-31", "70 §"]
    assert "Aalto Testi" in second.read_text("utf-8-sig")
    with psycopg.connect(database.as_superuser) as connection:
        logged = connection.execute(
            "select subject, count, login from audit.log_entry where action = 'export'"
        ).fetchall()
    assert logged == [("compensation", len(rows), "aino")] * 2


async def test_a_directory_that_cannot_be_written_is_told(
    database: OwnDatabase, db: Door, tmp_path: Path
) -> None:
    del database
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput):
        await claim_file.write_file(db("aino"), tmp_path / "file", [])
