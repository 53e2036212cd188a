"""The demo has every state of the period, studies, circumstances, documents and authority."""

from collections.abc import Iterator

import psycopg
import pytest

from kotoutus_tui.demo.load import fill
from models.client_status import DOCUMENT_KINDS
from models.period import EXTENSION_GROUNDS, INTERRUPTION_REASONS, STUDY_KINDS
from tests.cluster import Cluster, OwnDatabase

_STATES = {
    "an interruption goes on": "select from app.interruption where to_on is null",
    "an interruption is over": "select from app.interruption where to_on < current_date",
    "one client has two": "select from app.interruption group by client_id having count(*) > 1",
    "an extension under the old Act": "select from app.extension x join app.client_detail d"
    " using (client_id) where d.first_plan_drawn_on < '2025-01-01'",
    "an extension under the new Act": "select from app.extension x join app.client_detail d"
    " using (client_id) where d.first_plan_drawn_on >= '2025-01-01'",
    "civic orientation is full": "select from app.study where kind = 'civic_orientation' group by client_id"
    " having sum(minutes) >= 4200",
    "civic orientation is half done": "select from app.study where kind = 'civic_orientation'"
    " group by client_id having sum(minutes) between 60 and 4199",
    "a trafficking victim": "select from app.client_status where trafficking_victim",
    "came alone": "select from app.client_status where unaccompanied and family_group_home is not null",
    "came alone, has a guardian": "select from app.client_status where guardian_since is not null",
    "no plan needed": "select from app.client_status where plan_needed = false",
    "a permit expired": "select from app.client_document where valid_until < current_date",
    "the authority will change": "select from app.authority_change where applied_at is null",
    "the authority changed": "select from app.authority_change a join app.client c on c.id = a.client_id"
    " where a.applied_at is not null and c.responsible_authority = a.to_authority",
    "a line is done": "select from app.handover_item where done_on is not null",
    "a line does not apply": "select from app.handover_item where not_applicable_reason is not null",
}


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Iterator[OwnDatabase]:
    with cluster.database() as own:
        fill(own.as_superuser, 300)
        yield own


@pytest.mark.parametrize("state", _STATES)
def test_every_state_is_there(filled: OwnDatabase, state: str) -> None:
    with psycopg.connect(filled.as_superuser) as connection:
        row = connection.execute(f"select count(*) from ({_STATES[state]}) x".encode()).fetchone()
    assert row is not None
    assert row[0] > 0


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("interruption", "reason", INTERRUPTION_REASONS),
        ("study", "kind", STUDY_KINDS),
        ("client_document", "kind", DOCUMENT_KINDS),
        ("extension", "ground", [each for each in EXTENSION_GROUNDS if each != "studies"]),
    ],
)
def test_every_choice_is_there(filled: OwnDatabase, table: str, column: str, codes: list[str]) -> None:
    with psycopg.connect(filled.as_superuser) as connection:
        found = connection.execute(f"select distinct {column}::text from app.{table}".encode()).fetchall()
    assert {row[0] for row in found} == set(codes)


def test_no_protected_person_has_a_home_among_circumstances_and_each_row_is_told(filled: OwnDatabase) -> None:
    with psycopg.connect(filled.as_superuser) as connection:
        assert connection.execute(
            "select count(*) from app.client_status s join app.client c on c.id = s.client_id"
            " where c.protected and s.family_group_home is not null"
        ).fetchone() == (0,)
        for table in ("interruption", "extension", "study", "authority_change"):
            told = "select from app.event e where e.id = r.id"
            query = f"select count(*) from app.{table} r where not exists ({told})"
            assert connection.execute(query.encode()).fetchone() == (0,)
