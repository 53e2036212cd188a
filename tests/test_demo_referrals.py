"""The demo has referrals in every state, as the rules of the database would have let them come about."""

import psycopg

from kotoutus_tui.casework.referrals.states import MOVES
from kotoutus_tui.demo.load import fill
from models.disclosure import DISCLOSURE_GROUNDS
from tests.cluster import OwnDatabase


def test_every_state_of_a_referral_is_there_and_keeps_the_rules(database: OwnDatabase) -> None:
    fill(database.as_superuser, 300)
    with psycopg.connect(database.as_superuser) as connection:
        states = dict(connection.execute("select state, count(*) from app.referral group by 1").fetchall())
        steps = set(
            connection.execute("select was, becomes from app.referral_step where was is not null").fetchall()
        )
        grounds = dict(
            connection.execute("select ground, count(*) from app.disclosure group by 1").fetchall()
        )
        last = connection.execute(
            "select count(*) from app.referral r where r.state <> (select s.becomes from app.referral_step s"
            " where s.referral_id = r.id order by s.at desc, s.id desc limit 1)"
        ).fetchone()
        # Written again with the triggers on: what they would refuse fails here.
        connection.execute("update app.referral set goal_id = goal_id")
        chases = connection.execute(
            "select count(*) from app.referral r left join app.task t on t.id = r.chase_task_id"
            " where r.state <> 'draft' and r.chase_on is distinct from t.due_on"
        ).fetchone()
        linked = connection.execute(
            "select count(*) from app.referral r join app.referral f on f.id = r.instead_of"
            " where f.state = 'declined'"
        ).fetchone()
    assert set(states) == set(MOVES)
    assert steps <= {(was, becomes) for was in MOVES for becomes in MOVES[was]}
    assert {"provider_94", "consent", "kela_88", "authorities_86"} <= set(grounds) <= set(DISCLOSURE_GROUNDS)
    assert last == chases == (0,) and linked is not None and linked[0]
