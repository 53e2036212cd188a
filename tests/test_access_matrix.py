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
    "deadline": ("+---", "+---", "0---", "0---", "+---", "+---", *NO_CLIENT),
    "deadline_state": NOBODY,
    # Reception, by those who take part; the lead needs no opening, since nothing of the person is there.
    "arrival": ("+++-", "+++-", "0+0-", "0+0-", "+++-", "+++-", *NO_CLIENT),
    "arrival_person": ("++--", "++--", "0---", "0---", "++--", "++--", *NO_CLIENT),
    "reception_step": ("+++-", "+++-", "0-0-", "0-0-", "+++-", "+++-", *NO_CLIENT),
    # Calendars: one's own in lists; the lead opens first.
    "appointment": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "++0-", *NO_CLIENT),
    "appointment_client": ("+-0-", "+++-", "0-0-", "0-0-", "0-0-", "+-+-", *NO_CLIENT),
    "interpreter_bar": NOBODY,
    "appointment_series": ("+++-", "+++-", "0+0-", "0+0-", "0+0-", "0+0-", *NO_CLIENT),
    "calendar_export": ("++--", "++--", "0+--", "0+--", "0+--", "0+--", *NO_CLIENT),
    "calendar_sent": ("+++-", "+++-", "0-0-", "0-0-", "0-0-", "0-0-", *NO_CLIENT),
    "absence": ("+++-", "+++-", "++0-", "++0-", "+++-", "+++-", *NO_CLIENT),
    # The team's numbers, which the lead sets.
    "workload_point": (*("+---",) * 4, "+++-", "+++-", *NO_CLIENT),
    "working_time": (*("+---",) * 4, "+++-", "+++-", *NO_CLIENT),
    "staff_language": ("+++-", "+++-", "++0-", "++0-", "+++-", "+++-", *NO_CLIENT),
    "client_weight": ("+++-", "+++-", "0-0-", "0-0-", "+++-", "+++-", *NO_CLIENT),
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

# Which rows are meant; the rest are found by client_id.
ROWS = {
    "client": "id = %(c)s",
    "household": "id in (select household_id from app.household_member where client_id = %(c)s)",
    "appointment": "id = %(meeting)s",
    **dict.fromkeys(("appointment_series",), "counsellor = %(owner)s"),
    "arrival": "id in (select arrival_id from app.arrival_person where client_id = %(c)s)",
    "log_entry": "client_id = %(c)s and action = 'insert' and subject = 'client'",
    **dict.fromkeys(
        (
            "saved_view",
            "import_run",
            "command",
            "absence",
            "calendar_export",
            "calendar_sent",
            "staff_language",
        ),
        "login = %(owner)s",
    ),
    **dict.fromkeys(
        ("workload_point", "working_time", "staff", "schema_state", "log_seal", "log_change", "search_word"),
        "true",
    ),
}
_OF = "(select id from app.{} where client_id = %(c)s limit 1)"
_ARRIVAL = "(select arrival_id from app.arrival_person where client_id = %(c)s limit 1)"
_MEETINGS = {
    "meeting": "select appointment_id from app.appointment_client where client_id = %(c)s limit 1",
    "free": "select id from app.appointment a where counsellor = %(owner)s and not exists"
    " (select from app.appointment_client p where p.appointment_id = a.id and p.client_id = %(c)s) limit 1",
}
INSERTS = {
    "client_name": "(client_id, kind, family) values (%(c)s, 'alias', 'Toinen')",
    "client_language": "(client_id, language) values (%(c)s, 'so')",
    "event": "(client_id, kind, occurred_at, body) values (%(c)s, 'note', now(), 'x')",
    "task": "(client_id, title, due_on) values (%(c)s, 'x', '2026-12-01')",
    "client_document": "(client_id, kind) values (%(c)s, 'passport')",
    "interview": "(client_id, finished_on, held_on) values (%(c)s, '2026-02-02', '2026-02-01')",
    "interview_item": "(interview_id, client_id, item)"
    f" values ({_OF.format('interview')}, %(c)s, 'personal_data')",
    "plan": "(client_id, number) values (%(c)s, 2)",
    "plan_goal": f"(plan_id, client_id, term, goal) values ({_OF.format('plan')}, %(c)s, 'long', 'x')",
    "plan_measure": "(plan_id, client_id, goal_id, kind, title, justification)"
    f" values ({_OF.format('plan')}, %(c)s, {_OF.format('plan_goal')}, 'service', 'x', 'y')",
    "plan_review": "(client_id, held_on) values (%(c)s, '2026-03-01')",
    "interruption": "(client_id, from_on, to_on, reason)"
    " values (%(c)s, '2026-05-01', '2026-05-02', 'illness')",
    "extension": "(client_id, decided_on, ground, months, reasons)"
    " values (%(c)s, '2026-05-01', 'low_education', 6, 'x')",
    "study": "(client_id, kind) values (%(c)s, 'civic_orientation')",
    "snooze": "(client_id, rule, due_on, until, reason)"
    " values (%(c)s, 'review', '2026-05-01', '2099-01-01', 'x')",
    "compensation_claim": "(client_id, year, claimed_on) values (%(c)s, 2026, '2026-05-01')",
    "register_mark": "(client_id, subject, subject_id, field, digest, copied_on)"
    " values (%(c)s, 'plan', uuidv7(), 'goals', 'x', '2026-05-01')",
    "authority_change": "(client_id, to_authority, effective_on)"
    " values (%(c)s, 'employment_authority', '2099-01-01')",
    "handover_item": f"(change_id, client_id, item) values ({_OF.format('authority_change')}, %(c)s, 'plan')",
    "arrival": "(label, arrives_on, source, template) values ('x', '2027-01-01', 'quota', 'quota')",
    "arrival_person": f"(arrival_id, client_id) values ({_ARRIVAL}, %(second)s)",
    "reception_step": f"(arrival_id, code, owner, due_on) values ({_ARRIVAL}, 'x', 'lead', '2027-01-01')",
    "appointment": "(kind, starts_at, ends_at) values ('other', '2030-01-01 10:00Z', '2030-01-01 11:00Z')",
    "appointment_client": "(appointment_id, client_id) values (%(free)s, %(c)s)",
    "appointment_series": "(frequency, every, starts_at, times) values ('weekly', 1, now(), 3)",
    "calendar_export": "(route, template, appointments) values ('file', 'busy', 1)",
    "calendar_sent": "(appointment_id, route, sequence, starts_at) values (%(meeting)s, 'outlook', 0, now())",
    "absence": "(from_on, to_on) values ('2027-01-01', '2027-01-02')",
    "workload_point": "(factor, points, valid_from) values ('interpreter', 2, '2027-01-01')",
    "working_time": "(login, percent, valid_from) values ('aino', 50, '2027-01-01')",
    "staff_language": "(language) values ('sw')",
    "client_weight": "(client_id, complexity) values (%(second)s, 1)",
    "saved_view": "(name, query) values ('a', 'b')",
    "command": "(operation_id, name) values (uuidv7(), 'a')",
}
UPDATES = {
    "client": "period_start = '2026-01-01'",
    "client_name": "given = 'Toinen'",
    "client_detail": "citizenship = 'SO'",
    "client_contact": "phone = '0501234567'",
    "client_language": "level = 'B1'",
    "task": "title = 'y'",
    "client_status": "learned_on = '2026-01-01'",
    "client_document": "kept_at = 'x'",
    "interview": "language = 'so'",
    "interview_item": "answer = 'x'",
    "plan": "own_words = 'x'",
    "plan_goal": "goal = 'y'",
    "plan_measure": "title = 'y'",
    "plan_review": "progress = 'y'",
    "interruption": "note = 'y'",
    "extension": "reasons = 'y'",
    "study": "minutes = 60",
    "snooze": "removed_at = now()",
    "compensation_claim": "reference = 'y'",
    "register_mark": "confirmed_on = '2026-05-02'",
    "authority_change": "reason = 'y'",
    "handover_item": "done_on = '2026-05-02'",
    "deadline": "snoozed_until = '2026-05-02'",
    "arrival": "persons = 3",
    "reception_step": "done_on = '2026-05-02'",
    "appointment": "place = 'x'",
    "appointment_client": "attendance = 'attended'",
    "appointment_series": "times = 4",
    "calendar_sent": "gone = true",
    "absence": "to_on = '2027-02-02'",
    "workload_point": "points = 3",
    "working_time": "percent = 80",
    "staff_language": "removed_at = now()",
    "client_weight": "complexity = 2",
    "saved_view": "name = 'c'",
    "command": "undone_by = uuidv7()",
    "notice": "read_at = now()",
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
        for name, query in _MEETINGS.items():
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
