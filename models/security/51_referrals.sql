-- The life of a referral: which step follows which, who took it, and what of it lists may count.

create or replace function access.referral_moves() returns table (was text, becomes text)
language sql immutable set search_path = '' as $$
    values ('draft', 'sent'),
           ('sent', 'received'), ('sent', 'waiting'), ('sent', 'accepted'), ('sent', 'declined'),
           ('sent', 'no_contact'), ('sent', 'withdrawn'),
           ('received', 'waiting'), ('received', 'accepted'), ('received', 'declined'), ('received', 'no_contact'),
           ('received', 'withdrawn'),
           ('waiting', 'accepted'), ('waiting', 'declined'), ('waiting', 'dropped'), ('waiting', 'no_contact'),
           ('waiting', 'withdrawn'),
           ('accepted', 'started'), ('accepted', 'declined'), ('accepted', 'dropped'), ('accepted', 'no_contact'),
           ('accepted', 'withdrawn'),
           ('started', 'done'), ('started', 'dropped'), ('started', 'no_contact')
$$;

-- The latest step that stands: one that was taken back, and its taking back, do not.
create or replace function access.last_referral_step(its uuid) returns uuid
language sql stable security definer set search_path = '' as $$
    select s.id from app.referral_step s
     where s.referral_id = its and s.undoes is null
       and not exists (select from app.referral_step u where u.undoes = s.id)
     order by s.at desc, s.id desc limit 1
$$;

-- What is put together stays with one client, absent and another's answer alike; a step is one of those above, or
-- takes back one's own last step of the last 24 hours; what was sent keeps its receiver and its words.
create or replace function access.check_referral() returns trigger
language plpgsql security definer set search_path = '' as $$
declare last app.referral_step;
begin
    if (new.goal_id is not null and not exists (
            select from app.plan_goal g where g.id = new.goal_id and g.client_id = new.client_id))
       or (new.instead_of is not null and not exists (
            select from app.referral r where r.id = new.instead_of and r.client_id = new.client_id))
       or (new.event_id is not null and not exists (
            select from app.event e where e.id = new.event_id and e.client_id = new.client_id))
       or (new.chase_task_id is not null and not exists (
            select from app.task t where t.id = new.chase_task_id and t.client_id = new.client_id)) then
        -- Row security is asked only after this trigger; of a client that is not open it says nothing else.
        if new.client_id <> all (array(select access.opened())) then
            raise exception 'new row violates row-level security policy for table "referral"'
                using errcode = 'insufficient_privilege';
        end if;
        raise exception 'the whole is not there' using errcode = 'foreign_key_violation';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'a referral begins as a draft' using errcode = 'check_violation',
                constraint = 'referral_step';
        end if;
        return new;
    end if;
    if new.state <> old.state then
        if not exists (select from access.referral_moves() m where m.was = old.state and m.becomes = new.state) then
            select * into last from app.referral_step s where s.id = access.last_referral_step(new.id);
            if last.id is null or last.was is distinct from new.state or last.becomes is distinct from old.state
               or last.author <> session_user or last.at < clock_timestamp() - interval '24 hours' then
                raise exception 'no such step' using errcode = 'check_violation', constraint = 'referral_step';
            end if;
        end if;
        new.state_at := clock_timestamp();
    elsif old.state <> 'draft' and (
        (new.receiver, new.receiver_kind) is distinct from (old.receiver, old.receiver_kind)
        or new.service_id is distinct from old.service_id or new.purpose is distinct from old.purpose) then
        raise exception 'it was sent' using errcode = 'check_violation', constraint = 'referral_sent';
    end if;
    if new.removed_at is not null and old.removed_at is null and new.state <> 'draft' then
        raise exception 'only a draft is removed' using errcode = 'check_violation', constraint = 'referral_sent';
    end if;
    return new;
end $$;
create or replace trigger c_referral before insert or update on app.referral
    for each row execute function access.check_referral();

-- Every change of state is a step; one that no rule names takes the last one back. Lists follow the state.
create or replace function access.note_referral_step() returns trigger
language plpgsql security definer set search_path = '' as $$
declare undone uuid;
begin
    if tg_op = 'UPDATE' and new.state = old.state then
        return null;
    end if;
    if tg_op = 'UPDATE' then
        if not exists (select from access.referral_moves() m where m.was = old.state and m.becomes = new.state) then
            undone := access.last_referral_step(new.id);
        end if;
        perform access.derive_client_dates(new.client_id);
    end if;
    insert into app.referral_step (referral_id, client_id, was, becomes, decline_code, outcome, undoes)
    values (new.id, new.client_id, case when tg_op = 'UPDATE' then old.state end, new.state, new.decline_code,
            new.outcome, undone);
    return null;
end $$;
create or replace trigger d_step after insert or update on app.referral
    for each row execute function access.note_referral_step();

-- The day to look after a referral is that of its task: done or cancelled, there is none; moved, it moves.
create or replace function access.follow_chase() returns trigger
language plpgsql security definer set search_path = '' as $$
declare day date := case when new.done_at is null and new.cancelled_at is null then new.due_on end;
begin
    update app.referral r set chase_on = day
     where r.chase_task_id = new.id and r.chase_on is distinct from day;
    return null;
end $$;
create or replace trigger e_chase after update on app.task
    for each row execute function access.follow_chase();

create or replace trigger a_append_only before update on app.referral_step
    for each row execute function access.refuse();
create or replace trigger a_append_only before update on app.disclosure
    for each row execute function access.refuse();

-- How many referrals the clients in one's list have in each state, since when, and the next day to look after one:
-- no opening, no content.
create or replace function api.referral_overview()
returns table (client_id uuid, state text, many integer, since timestamptz, chase_on date)
language sql stable security definer set search_path = '' as $$
    select r.client_id, r.state, count(*)::integer, min(r.state_at), min(r.chase_on)
      from app.referral r join app.client c on c.id = r.client_id
     where r.removed_at is null
       and ((c.own_counsellor = session_user and access.is_counsellor())
            or c.id = any (array(select access.deputised()))
            or (access.is_lead() and c.id <> all (array(select access.blocked()))))
     group by r.client_id, r.state
$$;

-- How many referrals to a service are under way in the whole team, by state.
create or replace function api.service_referrals(service uuid) returns table (state text, many integer)
language sql stable security definer set search_path = '' as $$
    select r.state, count(*)::integer from app.referral r
     where r.service_id = service and r.removed_at is null
       and r.state in ('sent', 'received', 'waiting', 'accepted', 'started')
       and (access.is_counsellor() or access.is_lead())
     group by r.state
$$;

revoke all on all functions in schema access from public;
