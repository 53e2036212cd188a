-- The rules that policies ask. Each runs once a statement, not once a row, and keys on session_user,
-- which SET ROLE, definer functions and settings cannot change.

create or replace function access.is_lead() returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from app.staff s where s.login = session_user and s.role = 'lead' and s.active)
$$;

create or replace function access.is_counsellor() returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from app.staff s where s.login = session_user and s.role = 'counsellor' and s.active)
$$;

-- Clients this person must never see (conflict of interest). For other functions only: the person may not ask.
create or replace function access.blocked() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select b.client_id from app.conflict_block b where b.login = session_user
$$;

-- Clients that a lead sees in lists who is kept from some. It names what may be seen and never what may not, so
-- neither a call nor a plan tells of a conflict of interest. Counsellors need none: nobody has an own client
-- whom they must not see.
create or replace function access.listed() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select c.id from app.client c
     where (select access.is_lead()) and c.id <> all (array(select access.blocked()))
$$;

-- Whether this is a lead from whom nothing is kept, who then needs no list of all clients. That some client is
-- kept from a lead shows in this answer; which one does not.
create or replace function access.sees_all() returns boolean
language sql stable security definer set search_path = '' as $$
    select access.is_lead() and not exists (select access.blocked())
$$;

-- Counsellors this person stands in for today. It begins and ends by the day in Helsinki, with nobody's help.
create or replace function access.stands_in_for() returns setof text
language sql stable security definer set search_path = '' as $$
    select d.absent::text from app.deputy d
     where d.deputy = session_user and d.ended_at is null
       and (clock_timestamp() at time zone 'Europe/Helsinki')::date between d.from_on and d.to_on
       and access.is_counsellor()
$$;

-- Those of them from whose clients nothing is kept from this person: their clients need no list. As with `sees_all`,
-- that some client is kept shows in the answer; which one does not.
create or replace function access.stands_in_wholly() returns setof text
language sql stable security definer set search_path = '' as $$
    select s.absent from access.stands_in_for() s (absent)
     where not exists (select from app.client c
                        where c.own_counsellor = s.absent and c.id = any (array(select access.blocked())))
$$;

-- Clients whom this person sees as a deputy of the others; like `listed` it names what may be seen and never what
-- may not.
create or replace function access.deputised() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select c.id from app.client c
     where c.own_counsellor in (select access.stands_in_for() except select access.stands_in_wholly())
       and c.id <> all (array(select access.blocked()))
$$;

-- Clients whose content this person may read now: there is an opening that was committed before this
-- transaction, has not expired by the clock (now() stands still in a transaction), and whose ground still holds.
create or replace function access.opened() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select o.client_id
      from app.opening o
      join app.client c on c.id = o.client_id
     where o.login = session_user
       and o.kind in ('own', 'lead', 'deputy')
       and o.expires_at > clock_timestamp()
       and o.transaction is distinct from pg_current_xact_id_if_assigned()::text
       and ((o.kind = 'own' and c.own_counsellor = session_user and access.is_counsellor())
            or (o.kind = 'deputy' and c.own_counsellor in (select access.stands_in_for()))
            or (o.kind = 'lead' and access.is_lead()))
       and not exists (select from app.conflict_block b where b.client_id = c.id and b.login = session_user)
$$;

create or replace function access.opened_households() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select m.household_id from app.household_member m
     where m.removed_at is null and m.client_id = any (array(select access.opened()))
$$;

-- Appointments with a client whom this person has open.
create or replace function access.opened_appointments() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select p.appointment_id from app.appointment_client p
     where p.removed_at is null and p.client_id = any (array(select access.opened()))
$$;

-- May this person see the client in a list?
create or replace function access.may_list(client uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select from app.client c
         where c.id = client
           and ((c.own_counsellor = session_user and access.is_counsellor()) or access.is_lead()
                or c.own_counsellor in (select access.stands_in_for()))
           and not exists (select from app.conflict_block b where b.client_id = c.id and b.login = session_user))
$$;

revoke all on all functions in schema access from public;
grant execute on function access.opened(), access.opened_households(), access.opened_appointments()
    to kotoutus_counsellor, kotoutus_lead;
grant execute on function access.is_counsellor(), access.stands_in_wholly(), access.deputised() to kotoutus_counsellor;
grant execute on function access.sees_all(), access.listed() to kotoutus_lead;
