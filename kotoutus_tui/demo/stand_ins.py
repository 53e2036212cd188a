"""Deputies and transfers of the invented team: one of each state, as the lead would have set them."""

from datetime import date
from typing import LiteralString

import psycopg


def add(connection: psycopg.Connection, today: date, lead: str) -> None:
    """Add a deputy of today and one to come, a planned transfer, one under way and one that is late."""
    connection.execute(_DEPUTIES, {"today": today, "lead": lead})
    connection.execute(_TRANSFERS, {"today": today, "lead": lead})
    connection.execute(_STEPS, {"today": today})


# The last counsellor is away now and has the first as a deputy; the first goes in two weeks.
_DEPUTIES: LiteralString = """
with team as (
    select array_agg(login order by name) as logins from app.staff where role = 'counsellor' and active)
insert into app.deputy (absent, deputy, from_on, to_on, set_by)
select logins[cardinality(logins)], logins[1], %(today)s::date - 2, %(today)s::date + 5, %(lead)s::text
  from team where cardinality(logins) > 1
union all
select logins[1], logins[2], %(today)s::date + 14, %(today)s::date + 28, %(lead)s::text
  from team where cardinality(logins) > 1
"""
# Clients of three counsellors; each goes to the next one in the list.
_TRANSFERS: LiteralString = """
with team as (select login, row_number() over (order by name) as place, count(*) over () as many
                from app.staff where role = 'counsellor' and active),
chosen as (
    select distinct on (c.own_counsellor) c.id, c.own_counsellor, t.place, n.login as other
      from app.client c
      join team t on t.login = c.own_counsellor and t.many > 1
      join team n on n.place = t.place %% t.many + 1
     where c.phase = 'plan' and not c.protected
       and not exists (select from app.conflict_block b where b.client_id = c.id and b.login = n.login)
     order by c.own_counsellor, c.sort_name, c.id)
insert into app.case_transfer (client_id, from_login, to_login, reason, effective_on, set_by, applied_at)
select id, case when place = 1 then own_counsellor else other end,
       case when place = 1 then other else own_counsellor end,
       case when place = 1 then 'Työaika muuttuu' else 'Asiakasmäärien tasaus' end,
       %(today)s::date + case place when 1 then 9 when 2 then -4 else -20 end, %(lead)s::text,
       case when place > 1 then (%(today)s::date - case place when 2 then 4 else 20 end + time '09:00')
                                at time zone 'Europe/Helsinki' end
  from chosen where place <= 3
"""
_STEPS: LiteralString = """
insert into app.case_transfer_step (transfer_id, client_id, step, done_on, note, updated_by)
select t.id, t.client_id, s.step, s.done, s.note, t.from_login
  from app.case_transfer t
 cross join (values ('tasks', %(today)s::date - 3, null), ('interpreter', %(today)s::date - 3, null),
                    ('promised', null, 'Luvattu apua lasten koulun vaihtoon ennen joulua.')
            ) s (step, done, note)
 where t.applied_at is not null
"""
