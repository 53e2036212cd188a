-- What the lead's workload and rebalancing are counted from: keys, codes and numbers, no names, no content.

create or replace function api.workload_facts()
returns table (client_id uuid, own_counsellor text, phase text, service_language text, interpreter_needed boolean,
               household_id uuid, household_size integer, deadlines integer, complexity integer, locked boolean,
               excluded text[], assigned_on date, moved_in_a_year integer)
language sql stable security definer set search_path = '' as $$
    with today as (select (clock_timestamp() at time zone 'Europe/Helsinki')::date as day)
    select c.id, c.own_counsellor, c.phase, c.service_language, c.interpreter_needed, h.household_id, h.size,
           coalesce(d.many, 0), coalesce(w.complexity, 0), coalesce(w.locked, false),
           coalesce(b.logins, '{}'), c.assigned_on, coalesce(m.many, 0)
      from app.client c
      cross join today
      left join lateral (
          select o.household_id, count(*)::integer as size
            from app.household_member o
            join app.household_member x on x.household_id = o.household_id
                 and x.removed_at is null and x.valid_to is null
           where o.client_id = c.id and o.removed_at is null and o.valid_to is null
           group by o.household_id limit 1) h on true
      left join (select t.client_id, count(*)::integer as many from app.deadline t, today
                  where t.due_on between today.day and today.day + 30 group by t.client_id) d on d.client_id = c.id
      left join app.client_weight w on w.client_id = c.id
      left join (select k.client_id, array_agg(k.login order by k.login) as logins from app.conflict_block k
                  where k.login <> session_user group by k.client_id) b on b.client_id = c.id
      left join (select a.client_id, (count(*) - 1)::integer as many from app.assignment a, today
                  where lower(a.during) > today.day - 365 group by a.client_id) m on m.client_id = c.id
     where access.is_lead() and c.phase <> 'closed'
       and c.id <> all (array(select access.blocked()))
$$;

-- How many clients each counsellor has in each phase: the numbers everybody in the team may see.
create or replace function api.team_counts()
returns table (own_counsellor text, phase text, interpreter integer, many integer)
language sql stable security definer set search_path = '' as $$
    select c.own_counsellor, c.phase, count(*) filter (where c.interpreter_needed)::integer, count(*)::integer
      from app.client c
     where (access.is_lead() or access.is_counsellor()) and c.phase <> 'closed' and c.own_counsellor is not null
     group by c.own_counsellor, c.phase
$$;

-- Gives many clients to new counsellors in one transaction. `moves` holds client, was and given_to. When a client is
-- no longer whose it was, nothing is done and those clients are returned.
create or replace function api.assign_all(moves jsonb, why text, operation uuid) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare stale uuid[]; one record;
begin
    if not access.is_lead() then
        raise exception 'only the lead assigns' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from app.command k where k.operation_id = operation) then
        return '{}';
    end if;
    -- One order for everybody: two leads at once wait for each other instead of locking each other out.
    perform from app.client c
     where c.id in (select (m ->> 'client')::uuid from jsonb_array_elements(moves) m) order by c.id for update;
    select array_agg((m ->> 'client')::uuid) into stale
      from jsonb_array_elements(moves) m
      left join app.client c on c.id = (m ->> 'client')::uuid
     where c.id is null or c.own_counsellor is distinct from m ->> 'was'
        or c.id = any (array(select access.blocked()));
    if stale is not null then
        return stale;
    end if;
    insert into app.command (operation_id, name, inverse) values (operation, 'team.rebalance', null);
    for one in select (m ->> 'client')::uuid as client, m ->> 'given_to' as given_to
                 from jsonb_array_elements(moves) m order by 1 loop
        perform api.assign(one.client, one.given_to, why,
                           md5(operation::text || one.client::text)::uuid);
    end loop;
    return '{}';
end $$;

-- How many clients each counsellor had on each of the last twelve Mondays, and how many plans end in 90 days.
create or replace function api.team_trend()
returns table (counsellor text, ending integer, weeks integer[])
language sql stable security definer set search_path = '' as $$
    with today as (select (clock_timestamp() at time zone 'Europe/Helsinki')::date as day),
    mondays as (
        select n, (date_trunc('week', today.day::timestamp) - (11 - n) * interval '7 days' + interval '8 hours')
                  at time zone 'Europe/Helsinki' as moment
          from today, generate_series(0, 11) n),
    held as (
        select a.counsellor, m.n, count(*)::integer as many
          from app.assignment a
          join app.client c on c.id = a.client_id
          left join app.client_status s on s.client_id = a.client_id
          join mondays m on a.during @> m.moment
         where c.phase <> 'closed' or s.closed_on > (m.moment at time zone 'Europe/Helsinki')::date
         group by a.counsellor, m.n)
    select s.login::text,
           (select count(*)::integer from app.client c, today
             where c.own_counsellor = s.login and c.phase <> 'closed'
               and c.period_end between today.day and today.day + 90),
           array(select coalesce(h.many, 0) from mondays m
                   left join held h on h.n = m.n and h.counsellor = s.login order by m.n)
      from app.staff s
     where (access.is_lead() or access.is_counsellor()) and s.role = 'counsellor' and s.active
$$;
