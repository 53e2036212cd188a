-- What the database itself keeps right in the integration process.

-- Every client has a row of circumstances and one of how current the deadlines are.
create or replace function access.begin_status() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    insert into app.client_status (client_id) values (new.id) on conflict do nothing;
    insert into app.deadline_state (client_id) values (new.id) on conflict do nothing;
    return null;
end $$;
create or replace trigger d_status after insert on app.client
    for each row execute function access.begin_status();

-- A fact changed: the deadlines must be counted again. The row lock lets one session at a time do so.
create or replace function access.deadlines_stale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare its uuid := case when tg_table_name = 'client' then (to_jsonb(new) ->> 'id')::uuid
                         else (to_jsonb(new) ->> 'client_id')::uuid end;
begin
    insert into app.deadline_state (client_id, stale) values (its, true)
    on conflict (client_id) do update set stale = true;
    return null;
end $$;
do $$
declare t text;
begin
    foreach t in array array['client_status', 'client_document', 'client_detail', 'interview', 'plan', 'plan_review',
        'interruption', 'extension', 'compensation_claim']
    loop
        execute format('create or replace trigger e_stale after insert or update on app.%I
                        for each row execute function access.deadlines_stale()', t);
    end loop;
end $$;
create or replace trigger e_stale after update of phase, responsible_authority, review_due on app.client
    for each row when ((old.phase, old.responsible_authority, old.review_due)
                       is distinct from (new.phase, new.responsible_authority, new.review_due))
    execute function access.deadlines_stale();

-- Lists of deadlines are read by own counsellor, so they follow the client.
create or replace function access.move_deadlines() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update app.deadline d set own_counsellor = new.own_counsellor where d.client_id = new.id;
    return null;
end $$;
create or replace trigger e_deadlines after update of own_counsellor on app.client
    for each row when (old.own_counsellor is distinct from new.own_counsellor)
    execute function access.move_deadlines();

-- Deadlines as the program counted them take the place of the earlier ones, for many clients at once: `counted` is
-- a list of objects with `client`, `rows` and `summary`. The expiry of a protection order is kept by the trigger below,
-- since nobody reads that table. A summary holds what lists show of a client: review_due, period_start, period_end;
-- what it does not name stays. A row that stands already as it was counted is not written again.
drop function if exists access.write_deadlines(uuid, jsonb, jsonb, text);
create or replace function access.write_deadlines(counted jsonb, rules_used text)
returns void language plpgsql volatile security definer set search_path = '' as $$
declare clients uuid[] := array(select (one ->> 'client')::uuid from jsonb_array_elements(counted) one);
        snoozing uuid[] := array(select distinct s.client_id from app.snooze s
                                  where s.client_id = any (clients) and s.removed_at is null);
begin
    with given as materialized (
        select (one ->> 'client')::uuid as client, g.rule, coalesce(g.subject, '') as subject, g.section, g.due_on,
               coalesce(g.statutory, true) as statutory, g.basis
          from jsonb_array_elements(counted) one,
               jsonb_to_recordset(one -> 'rows') g(rule text, subject text, section text, due_on date,
                                                   statutory boolean, basis jsonb)
         where g.rule <> 'protection_order'),
    gone as (
        delete from app.deadline d
         where d.client_id = any (clients) and d.rule <> 'protection_order'
           and not exists (select from given g
                            where g.client = d.client_id and g.rule = d.rule and g.subject = d.subject))
    insert into app.deadline (client_id, rule, subject, section, due_on, statutory, basis, snoozed_until, own_counsellor)
    select g.client, g.rule, g.subject, g.section, g.due_on, g.statutory, g.basis, until.day, c.own_counsellor
      from given g
      join app.client c on c.id = g.client
      cross join lateral (select case when g.client = any (snoozing)
                                      then access.snoozed(g.client, g.rule, g.subject, g.due_on) end) until(day)
     where not exists (
        select from app.deadline d
         where d.client_id = g.client and d.rule = g.rule and d.subject = g.subject
           and (d.section, d.due_on, d.statutory, d.basis, d.snoozed_until, d.own_counsellor)
               is not distinct from (g.section, g.due_on, g.statutory, g.basis, until.day, c.own_counsellor))
    on conflict (client_id, rule, subject) do update
       set section = excluded.section, due_on = excluded.due_on, statutory = excluded.statutory, basis = excluded.basis,
           snoozed_until = excluded.snoozed_until, own_counsellor = excluded.own_counsellor;
    update app.client c
       set review_due = n.review_due, period_start = n.period_start, period_end = n.period_end
      from (select k.id, case when s.summary ? 'review_due' then (s.summary ->> 'review_due')::date
                              else k.review_due end as review_due,
                   case when s.summary ? 'period_start' then (s.summary ->> 'period_start')::date
                        else k.period_start end as period_start,
                   case when s.summary ? 'period_end' then (s.summary ->> 'period_end')::date
                        else k.period_end end as period_end
              from jsonb_to_recordset(counted) s(client uuid, summary jsonb)
              join app.client k on k.id = s.client) n
     where c.id = n.id
       and (c.review_due, c.period_start, c.period_end)
           is distinct from (n.review_due, n.period_start, n.period_end);
    insert into app.deadline_state (client_id, rules, stale, counted_at)
    select each, rules_used, false, clock_timestamp() from unnest(clients) each
    on conflict (client_id) do update set rules = excluded.rules, stale = false, counted_at = excluded.counted_at;
end $$;

create or replace function access.snoozed(client uuid, its_rule text, its_subject text, due date) returns date
language sql stable security definer set search_path = '' as $$
    select max(s.until) from app.snooze s
     where s.client_id = client and s.rule = its_rule and s.subject = its_subject and s.due_on = due
       and s.removed_at is null
$$;

create or replace function api.put_deadlines(client uuid, given jsonb, summary jsonb, rules_used text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    perform access.write_deadlines(
        jsonb_build_array(jsonb_build_object('client', client, 'rows', given, 'summary', summary)), rules_used);
end $$;

-- Whether an open client's deadlines must be counted again: a fact or the rules changed.
create or replace function api.deadlines_stale(client uuid, rules_now text) returns boolean
language sql stable security definer set search_path = '' as $$
    select client = any (array(select access.opened()))
       and not exists (select from app.deadline_state s
                        where s.client_id = client and not s.stale and s.rules = rules_now)
$$;

create or replace function access.follow_snooze() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update app.deadline d
       set snoozed_until = access.snoozed(d.client_id, d.rule, d.subject, d.due_on)
     where d.client_id = new.client_id and d.rule = new.rule and d.subject = new.subject;
    return null;
end $$;
create or replace trigger e_snooze after insert or update on app.snooze
    for each row execute function access.follow_snooze();

-- The day a protection order ends is on the radar; the block stays until a person lifts it.
create or replace function access.follow_protection() returns trigger
language plpgsql security definer set search_path = '' as $$
declare its uuid := case when tg_op = 'DELETE' then old.client_id else new.client_id end;
begin
    delete from app.deadline d where d.client_id = its and d.rule = 'protection_order';
    if tg_op <> 'DELETE' and new.valid_until is not null then
        insert into app.deadline (client_id, rule, section, due_on, statutory, own_counsellor)
        select its, 'protection_order', '36 § 661/2009', new.valid_until, true, c.own_counsellor
          from app.client c where c.id = its;
    end if;
    return null;
end $$;
create or replace trigger e_deadline after insert or update or delete on app.protected_contact
    for each row execute function access.follow_protection();

-- The first plan's day is also among the client's facts, from which lists and the ruler count.
create or replace function access.follow_plan() returns trigger
language plpgsql security definer set search_path = '' as $$
declare was date := case when tg_op = 'UPDATE' and old.removed_at is null then old.drawn_on end;
        now_ date := case when new.removed_at is null then new.drawn_on end;
begin
    if new.kind = 'integration' and was is distinct from now_ then
        update app.client_detail d
           set first_plan_drawn_on = (select min(p.drawn_on) from app.plan p
                                       where p.client_id = new.client_id and p.kind = 'integration'
                                         and p.removed_at is null)
         where d.client_id = new.client_id
           and (d.first_plan_drawn_on is null or d.first_plan_drawn_on = was or d.first_plan_drawn_on > now_);
    end if;
    return null;
end $$;
create or replace trigger d_first_plan after insert or update on app.plan
    for each row execute function access.follow_plan();

-- Parts of a plan or an interview and its entry belong to the same client as the whole; absent and another's answer
-- alike.
create or replace function access.check_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
declare one jsonb := to_jsonb(new); good boolean := true;
begin
    if one ->> 'plan_id' is not null then
        good := exists (select from app.plan p where p.id = (one ->> 'plan_id')::uuid and p.client_id = new.client_id);
    end if;
    if good and one ->> 'interview_id' is not null then
        good := exists (select from app.interview i
                         where i.id = (one ->> 'interview_id')::uuid and i.client_id = new.client_id);
    end if;
    if good and one ->> 'goal_id' is not null then
        good := exists (select from app.plan_goal g
                         where g.id = (one ->> 'goal_id')::uuid and g.plan_id = (one ->> 'plan_id')::uuid);
    end if;
    if good and one ->> 'change_id' is not null then
        good := exists (select from app.authority_change a
                         where a.id = (one ->> 'change_id')::uuid and a.client_id = new.client_id);
    end if;
    if good and one ->> 'event_id' is not null then
        good := exists (select from app.event e
                         where e.id = (one ->> 'event_id')::uuid and e.client_id = new.client_id);
    end if;
    if not good then
        -- Row security is asked only after this trigger; of a client that is not open it says nothing else.
        if new.client_id <> all (array(select access.opened())) then
            raise exception 'new row violates row-level security policy for table "%"', tg_table_name
                using errcode = 'insufficient_privilege';
        end if;
        raise exception 'the whole is not there' using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
do $$
declare t text;
begin
    foreach t in array array['plan_goal', 'plan_measure', 'plan_review', 'interview', 'interview_item', 'handover_item'] loop
        execute format('create or replace trigger c_whole before insert or update on app.%I
                        for each row execute function access.check_whole()', t);
    end loop;
end $$;

-- A step: who did it; its person and what it waits for belong to the same arrival.
create or replace function access.check_step() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if (new.client_id is not null and not exists (
            select from app.arrival_person p where p.arrival_id = new.arrival_id and p.client_id = new.client_id))
       or (new.blocked_by is not null and not exists (
            select from app.reception_step s where s.id = new.blocked_by and s.arrival_id = new.arrival_id)) then
        -- Row security is asked only after this trigger; of an arrival that is not theirs it says nothing else.
        if new.arrival_id <> all (array(select access.arrivals())) then
            raise exception 'new row violates row-level security policy for table "reception_step"'
                using errcode = 'insufficient_privilege';
        end if;
        raise exception 'not of this arrival' using errcode = 'foreign_key_violation';
    end if;
    new.done_by := case when new.done_on is not null then
                        case when tg_op = 'UPDATE' and old.done_on is not distinct from new.done_on then old.done_by
                             else session_user end end;
    return new;
end $$;
create or replace trigger c_step before insert or update on app.reception_step
    for each row execute function access.check_step();

-- Where a protected person will live is no part of an arrival.
create or replace function access.check_place() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_table_name = 'arrival' then
        if new.place is not null and exists (
            select from app.arrival_person p join app.client c on c.id = p.client_id
             where p.arrival_id = new.id and p.removed_at is null and c.protected) then
            raise exception 'a protected person arrives' using errcode = 'check_violation',
                constraint = 'arrival_place_protected';
        end if;
        return new;
    elsif tg_table_name = 'arrival_person' then
        update app.arrival a set place = null
         where a.id = new.arrival_id and a.place is not null
           and exists (select from app.client c where c.id = new.client_id and c.protected);
    else
        update app.arrival a set place = null
         where a.place is not null and exists (
            select from app.arrival_person p where p.arrival_id = a.id and p.client_id = new.id);
    end if;
    return null;
end $$;
create or replace trigger c_place before insert or update of place on app.arrival
    for each row execute function access.check_place();
create or replace trigger d_place after insert or update on app.arrival_person
    for each row execute function access.check_place();
create or replace trigger d_place after update of protected on app.client
    for each row when (new.protected and not old.protected) execute function access.check_place();

revoke all on all functions in schema access from public;
