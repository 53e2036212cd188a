"""Every change leaves before and after, and whoever alters the log breaks the chain."""

import pytest
from psycopg import errors

from tests.cluster import OwnDatabase
from tests.security_desk import Desk, make_desk


@pytest.fixture
def desk(database: OwnDatabase) -> Desk:
    return make_desk(database)


def _sealed(desk: Desk) -> int:
    return desk.run("seppo", "select audit.seal()")


def _broken_at(desk: Desk) -> int | None:
    return desk.run("tiina", "select broken_at from audit.verify()")


CHANGES = {
    "client": "update app.client set phase = 'after_plan' where id = %(c)s",
    "client_detail": "update app.client_detail set citizenship = 'SO' where client_id = %(c)s",
    "client_contact": "update app.client_contact set phone = '0407654321' where client_id = %(c)s",
    "client_language": "update app.client_language set level = 'B1' where client_id = %(c)s",
    "event": "insert into app.event (client_id, kind, occurred_at, body) values (%(c)s, 'note', now(), 'x')",
    "task": "update app.task set done_at = now() where client_id = %(c)s",
    "household_member": "select api.add_household_member(%(c)s, null, 'Henkilö', 'child', false)",
    "client_identity": "select api.set_personal_id(%(c)s, '030390-997V')",
    "saved_view": "insert into app.saved_view (name, query) values ('a', 'b')",
}


def test_each_change_has_its_entry_with_before_and_after(desk: Desk) -> None:
    desk.open("aino", "own")
    for table, statement in CHANGES.items():
        with desk.person("aino") as connection:
            connection.execute(statement, {"c": desk.clients["own"]})  # pyright: ignore[reportArgumentType]
            connection.commit()
        with desk.superuser() as above:
            entry = above.execute(
                "select e.login, e.action, c.before is not null, c.after is not null,"
                " c.before is distinct from c.after"
                " from audit.log_entry e join audit.log_change c on c.entry_id = e.id where e.subject = %s"
                " order by e.id desc limit 1",
                (table,),
            ).fetchone()
        changed = statement.startswith("update")
        assert entry == ("aino", "update" if changed else "insert", changed, True, True), table


def test_what_is_rolled_back_leaves_no_entry_and_no_change(desk: Desk) -> None:
    count = "select count(*) from audit.log_entry where subject = 'saved_view'"
    with desk.superuser() as above, desk.person("aino") as connection:
        before = above.execute(count).fetchone()
        connection.execute("insert into app.saved_view (name, query) values ('a', 'b')")
        connection.rollback()
        assert above.execute(count).fetchone() == before


def test_the_chain_holds_and_grows(desk: Desk) -> None:
    assert _sealed(desk) > 10
    assert _sealed(desk) == 0
    assert _broken_at(desk) is None
    desk.open("aino", "own")
    assert _sealed(desk) == 1
    assert _broken_at(desk) is None
    with desk.superuser() as above:
        row = above.execute(
            "select (select count(*) from audit.log_entry) - count(*) from audit.log_seal"
        ).fetchone()
    assert row == (0,)


def test_an_entry_under_way_is_sealed_later_and_holds_nobody_up(desk: Desk) -> None:
    _sealed(desk)
    with desk.person("aino") as slow:
        slow.execute("insert into app.saved_view (name, query) values ('a', 'b')")
        desk.open("bilal", "other")
        assert _sealed(desk) == 0  # younger than the oldest transaction under way
        slow.commit()
    assert _sealed(desk) == 2
    assert _broken_at(desk) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "update audit.log_entry set login = 'bilal' where id = %(e)s",
        "update audit.log_entry set at = at - interval '1 second' where id = %(e)s",
        "update audit.log_entry set client_id = null, action = 'list' where id = %(e)s",
        "update audit.log_change set after = '{}' where entry_id = %(e)s",
        "delete from audit.log_change where entry_id = %(e)s",
        "delete from audit.log_seal where entry_id = %(e)s",
        "update audit.log_seal set hash = repeat('0', 64) where entry_id = %(e)s",
    ],
)
def test_the_superuser_cannot_alter_the_log_unseen(desk: Desk, tampering: str) -> None:
    _sealed(desk)
    with desk.superuser() as above:
        row = above.execute(
            "select s.entry_id, s.position from audit.log_seal s join audit.log_change using (entry_id)"
            " join audit.log_entry e on e.id = s.entry_id where e.client_id is not null and e.login = 'aino'"
            " order by s.position limit 1 offset 3"
        ).fetchone()
        assert row
        with pytest.raises(errors.InsufficientPrivilege):  # also to the superuser the log is append-only
            above.execute(tampering, {"e": row[0]})  # pyright: ignore[reportArgumentType]
        above.execute("set session_replication_role = replica")
        above.execute(tampering, {"e": row[0]})  # pyright: ignore[reportArgumentType]
    assert _broken_at(desk) == row[1]
