"""Who may do what to which row: each table, each person, each verb, written by hand and tried by hand.

Four marks, for select, insert, update and delete: `+` it happens, `0` no row is there for this person,
`-` it is refused.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from models.tables import metadata
from tests.access_verbs import INSERTS, MEETINGS, ROWS, UPDATES
from tests.cluster import Cluster
from tests.security_desk import Desk, make_desk

# Who, on whose client, and whether the client was opened before.
SITUATIONS = {
    "own, not open": ("aino", "own", False),
    "own, open": ("aino", "own", True),
    "another's": ("aino", "other", True),
    "barred": ("aino", "barred", True),
    "lead, not open": ("helmi", "own", False),
    "lead, open": ("helmi", "own", True),
    "admin": ("arto", "own", True),
    "auditor": ("tiina", "own", True),
    "sealer": ("seppo", "own", False),
}
NOBODY = ("----",) * 9
NO_CLIENT = ("----",) * 3  # admin, auditor, sealer

EXPECTED: dict[str, tuple[str, ...]] = {
    #                    own    own    another's barred lead    lead    admin   auditor sealer
    #                    closed open                    closed  open
    "client": ("+-0-", "+-+-", "0-0-", "0-0-", "+-0-", "+-+-", *NO_CLIENT),
    "client_name": ("+-0-", "+++-", "0-0-", "0-0-", "+-0-", "+++-", *NO_CLIENT),
    "client_detail": ("0-0-", "+-+-", "0-0-", "0-0-", "0-0-", "+-+-", *NO_CLIENT),
    "client_contact": ("0-0-", "+-+-", "0-0-", "0-0-", "0-0-", "+-+-", *NO_CLIENT),
    "client_language": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "event": ("0---", "++--", "0---", "0---", "0---", "++--", *NO_CLIENT),
    "task": ("+-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "household": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    "household_member": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    "assignment": ("+---", "+---", "0---", "0---", "+---", "+---", *NO_CLIENT),
    "presence": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    "identity_clash": ("----", "----", "----", "----", "+---", "+---", *NO_CLIENT),
    # The integration process.
    "client_status": ("0-0-", "+-+-", "0-0-", "0-0-", "0-0-", "+-+-", *NO_CLIENT),
    "client_document": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "interview": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "interview_item": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "plan": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "plan_goal": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "plan_measure": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "plan_review": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "interruption": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "extension": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "study": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "snooze": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "compensation_claim": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "register_mark": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "authority_change": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "handover_item": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "referral": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "referral_step": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    "consent": ("0-0-", "+++-", "0-0-", "0-0-", "0-0-", "+++-", *NO_CLIENT),
    "disclosure": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    "deadline": ("+---", "+---", "0---", "0---", "+---", "+---", *NO_CLIENT),
    "deadline_state": NOBODY,
    # Reception, by those who take part; the lead needs no opening, since nothing of the person is there.
    "arrival": ("+++-", "+++-", "0+0-", "0+0-", "+++-", "+++-", *NO_CLIENT),
    "arrival_person": ("+++-", "+++-", "0-0-", "0-0-", "+++-", "+++-", *NO_CLIENT),
    "reception_step": ("+++-", "+++-", "0-0-", "0-0-", "+++-", "+++-", *NO_CLIENT),
    # Calendars: one's own in lists; the lead opens first.
    "appointment": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "++0-", *NO_CLIENT),
    "appointment_client": ("+-0-", "+++-", "0-0-", "0-0-", "0-0-", "+-+-", *NO_CLIENT),
    "interpreter_bar": NOBODY,
    "appointment_series": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "0+0-", *NO_CLIENT),
    "calendar_export": ("++--", "++--", "0+--", "0+--", "0+--", "0+--", *NO_CLIENT),
    "calendar_sent": ("+++-", "+++-", "0-0-", "0-0-", "0-0-", "0-0-", *NO_CLIENT),
    "outlook_mailbox": ("+0+-", "+0+-", "000-", "000-", "0+0-", "0+0-", *NO_CLIENT),
    "outlook_event": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "0+0-", *NO_CLIENT),
    "outlook_job": ("+-+-", "+-+-", "0-0-", "0-0-", "0-0-", "0-0-", *NO_CLIENT),
    "absence": ("+++-", "+++-", "++0-", "++0-", "+++-", "+++-", *NO_CLIENT),
    # The team's numbers, which the lead sets.
    "workload_point": (*("+---",) * 4, "+++-", "+++-", *NO_CLIENT),
    "working_time": (*("+---",) * 4, "+++-", "+++-", *NO_CLIENT),
    "staff_language": ("+++-", "+++-", "++0-", "++0-", "+++-", "+++-", *NO_CLIENT),
    "client_weight": ("+++-", "+++-", "0-0-", "0-0-", "+++-", "+++-", *NO_CLIENT),
    "rebalance_plan": (*("+---",) * 4, "++--", "++--", *NO_CLIENT),
    "deputy": (*("+---",) * 4, "+++-", "+++-", *NO_CLIENT),
    # A transfer is seen by the two it is between; its words not by the lead.
    "case_transfer": ("+---", "+---", "0---", "0---", "+---", "+---", *NO_CLIENT),
    "case_transfer_step": ("+++-", "+++-", "000-", "000-", "+---", "+---", *NO_CLIENT),
    # The network and the guidance log are everybody's; an entry is changed by whoever wrote it.
    "organisation": (*("+++-",) * 6, *NO_CLIENT),
    "service": (*("+++-",) * 6, *NO_CLIENT),
    "place": (*("+++-",) * 6, *NO_CLIENT),
    "service_place": (*("+++-",) * 6, *NO_CLIENT),
    "service_hours": (*("+++-",) * 6, *NO_CLIENT),
    "partner_contact": (*("+++-",) * 6, *NO_CLIENT),
    "company": (*("+++-",) * 6, *NO_CLIENT),
    "company_arrival": (*("+++-",) * 6, *NO_CLIENT),
    "company_step": (*("+++-",) * 6, *NO_CLIENT),
    "answer_snippet": (*("+++-",) * 6, *NO_CLIENT),
    "population": (*("+++-",) * 6, *NO_CLIENT),
    "guidance_entry": ("+++-", "+++-", "++0-", "++0-", "++0-", "++0-", *NO_CLIENT),
    # Who read the catalogue when is everybody's to see; pages kept are for whoever reads it.
    "catalogue_run": (*("+---",) * 6, *NO_CLIENT),
    "catalogue_page": ("+---", "+---", "0---", "0---", "0---", "0---", *NO_CLIENT),
    # The person's own things; "another's" and "barred" are those of bilal, and the lead asks for aino's.
    "saved_view": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "0+0-", *NO_CLIENT),
    "command": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "0+0-", *NO_CLIENT),
    "notice": ("+-+-", "+-+-", "0-0-", "0-0-", "0-0-", "0-0-", *NO_CLIENT),
    "import_run": ("+---", "+---", "0---", "0---", "0---", "0---", *NO_CLIENT),
    "opening": ("0---", "+---", "0---", "0---", "0---", "+---", *NO_CLIENT),
    # What is about nobody's client.
    "staff": ("+---",) * 8 + ("----",),
    "schema_state": ("+---",) * 9,
    # The log: one's own entries, the lead's about clients, the auditor's all.
    "log_entry": ("+---", "+---", "0---", "0---", "+---", "+---", "0---", "+---", "----"),
    "log_seal": (*("----",) * 7, "+---", "+---"),
    # Read by definer functions alone.
    "log_change": NOBODY,
    "conflict_block": NOBODY,
    "client_identity": NOBODY,
    "protected_contact": NOBODY,
    "client_phone_key": NOBODY,
    "client_search_key": NOBODY,
    "client_skeleton": NOBODY,
    "search_word": NOBODY,
}


@pytest.fixture(scope="module")
def desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        whole = make_desk(own)
        whole.run("seppo", "select audit.seal()")
        yield whole


def _tables() -> list[tuple[str, str]]:
    return sorted((table.schema or "app", table.name) for table in metadata.tables.values())


def test_every_table_is_in_the_matrix() -> None:
    assert {name for _, name in _tables()} == set(EXPECTED)
    assert all(len(line) == len(SITUATIONS) for line in EXPECTED.values())


@pytest.mark.parametrize("number", range(len(SITUATIONS)), ids=list(SITUATIONS))
def test_the_matrix_holds(desk: Desk, number: int) -> None:
    login, client, opened = list(SITUATIONS.values())[number]
    desk.close_all()
    if opened and login in ("aino", "helmi"):
        desk.open(login, client, "syy joka riittää")
    owner = "aino" if client == "own" else "bilal"
    second = desk.clients["guarded" if client == "own" else "other"]
    values = {"c": desk.clients[client], "owner": owner, "second": second}
    with desk.superuser() as above:
        for name, query in MEETINGS.items():
            row = above.execute(query, values).fetchone()  # pyright: ignore[reportArgumentType]
            values[name] = row[0] if row else None
    with desk.person(login) as connection:
        found = {name: _marks(connection, schema, name, values) for schema, name in _tables()}
    assert found == {name: line[number] for name, line in EXPECTED.items()}


def _marks(connection: psycopg.Connection[Any], schema: str, table: str, values: dict[str, Any]) -> str:
    rows = ROWS.get(table, "client_id = %(c)s")
    column = next(iter(metadata.tables[f"{schema}.{table}"].columns)).name
    statements = (
        f"select {column} from {schema}.{table} where {rows}",
        f"insert into {schema}.{table} {INSERTS.get(table, 'default values')}",
        f"update {schema}.{table} set {UPDATES.get(table, f'{column} = {column}')} where {rows}",
        f"delete from {schema}.{table} where {rows}",
    )
    return "".join(_mark(connection, statement, values) for statement in statements)


def _mark(connection: psycopg.Connection[Any], statement: str, values: dict[str, Any]) -> str:
    try:
        with connection.transaction(force_rollback=True):
            done = connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
            return "+" if done.rowcount else "0"
    except errors.InsufficientPrivilege:
        return "-"
