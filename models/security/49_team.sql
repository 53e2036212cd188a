-- Transfers that take effect on their day, and what a deputy takes over.

create or replace function access.today() returns date
language sql stable security definer set search_path = '' as $$
    select (clock_timestamp() at time zone 'Europe/Helsinki')::date
$$;

-- A step is about the client of its transfer.
create or replace function access.check_transfer_step() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if new.client_id is distinct from (select t.client_id from app.case_transfer t where t.id = new.transfer_id) then
        raise exception 'another client' using errcode = 'check_violation', constraint = 'case_transfer_step_client';
    end if;
    return new;
end $$;
create or replace trigger c_client before insert or update on app.case_transfer_step
    for each row execute function access.check_transfer_step();

-- Both are counsellors who work here, and both are told.
create or replace function access.check_deputy() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if (select count(*) from app.staff s
         where s.login in (new.absent, new.deputy) and s.role = 'counsellor' and s.active) < 2 then
        raise exception 'not two counsellors' using errcode = 'foreign_key_violation', constraint = 'deputy_counsellor';
    end if;
    return new;
end $$;
create or replace trigger c_two before insert on app.deputy for each row execute function access.check_deputy();

create or replace function access.tell_deputy() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' or (old.ended_at is null and new.ended_at is not null) then
        insert into app.notice (login, kind)
        select who, case when tg_op = 'INSERT' then '' else 'end_' end
                    || case when who = new.deputy then 'deputy' else 'has_deputy' end
          from unnest(array[new.deputy, new.absent]) who;
    end if;
    return null;
end $$;
create or replace trigger d_told after insert or update on app.deputy
    for each row execute function access.tell_deputy();

-- Whose place the author took stands on every event.
create or replace function access.mark_deputy() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.deputy_for := (select c.own_counsellor from app.client c
                        where c.id = new.client_id and new.author = session_user
                          and c.own_counsellor in (select access.stands_in_for()));
    return new;
end $$;
create or replace trigger c_deputy before insert on app.event for each row execute function access.mark_deputy();

-- Plans transfers for a day: `moves` holds client, was and given_to. As in assign_all, nothing is done when a
-- client is no longer whose it was, and those clients are returned.
create or replace function api.plan_transfers(moves jsonb, why text, day date, operation uuid) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare stale uuid[]; one record; planned uuid;
begin
    if not access.is_lead() then
        raise exception 'only the lead assigns' using errcode = 'insufficient_privilege';
    end if;
    if day <= access.today() or day > access.today() + 366 then
        raise exception 'not a coming day' using errcode = 'check_violation', constraint = 'case_transfer_day';
    end if;
    if exists (select from app.command k where k.operation_id = operation) then
        return '{}';
    end if;
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
    insert into app.command (operation_id, name, inverse) values (operation, 'team.plan_transfers', null);
    for one in select (m ->> 'client')::uuid as client, m ->> 'was' as was, m ->> 'given_to' as given_to
                 from jsonb_array_elements(moves) m order by 1 loop
        perform access.refuse_counsellor(one.client, one.given_to);
        -- A new plan takes the place of the one before.
        update app.case_transfer t set cancelled_at = clock_timestamp()
         where t.client_id = one.client and t.applied_at is null and t.cancelled_at is null;
        insert into app.case_transfer (client_id, from_login, to_login, reason, effective_on, operation_id)
        values (one.client, one.was, one.given_to, why, day, operation);
        insert into app.notice (login, kind, client_id)
        select who, case when who = one.given_to then 'will_receive' else 'will_hand_over' end, one.client
          from unnest(array[one.was, one.given_to]) who where who is not null;
    end loop;
    return '{}';
end $$;

create or replace function api.cancel_transfer(transfer uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.case_transfer t set cancelled_at = clock_timestamp()
     where access.is_lead() and t.id = transfer and t.applied_at is null and t.cancelled_at is null
       and t.client_id <> all (array(select access.blocked()));
    if not found then
        raise exception 'no such transfer' using errcode = 'no_data_found';
    end if;
    insert into app.notice (login, kind, client_id)
    select who, 'transfer_cancelled', t.client_id
      from app.case_transfer t, unnest(array[t.from_login, t.to_login]) who
     where t.id = transfer and who is not null;
end $$;

-- A planned transfer whose day has come takes effect. When it cannot (the counsellor has left, a conflict of
-- interest, the client has moved on), it is cancelled and whoever planned it is told.
create or replace function access.apply_transfer(client uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare due app.case_transfer; was text;
begin
    select t.* into due from app.case_transfer t
     where t.client_id = client and t.applied_at is null and t.cancelled_at is null
       and t.effective_on <= access.today();
    if not found then
        return false;
    end if;
    select c.own_counsellor into was from app.client c where c.id = client for update;
    select t.* into due from app.case_transfer t
     where t.id = due.id and t.applied_at is null and t.cancelled_at is null for update;
    if not found then
        return false;
    end if;
    begin
        if was is distinct from due.from_login then
            raise exception 'the client has moved on' using errcode = 'check_violation';
        end if;
        perform access.refuse_counsellor(client, due.to_login);
        update app.case_transfer t set closed_at = clock_timestamp()
         where t.client_id = client and t.closed_at is null and t.applied_at is not null;
        update app.case_transfer t set applied_at = clock_timestamp() where t.id = due.id;
        perform access.move_client(client, was, due.to_login, due.reason, due.set_by, due.operation_id);
        return true;
    exception when check_violation or foreign_key_violation then
        update app.case_transfer t set cancelled_at = clock_timestamp() where t.id = due.id;
        insert into app.notice (login, kind, client_id) values (due.set_by, 'transfer_failed', client);
        return false;
    end;
end $$;

-- For the program when it starts and for the daily run: how many transfers took effect.
create or replace function access.apply_due_transfers() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare one uuid; many integer := 0;
begin
    for one in select t.client_id from app.case_transfer t
                where t.applied_at is null and t.cancelled_at is null and t.effective_on <= access.today()
                order by t.client_id loop
        if access.apply_transfer(one) then
            many := many + 1;
        end if;
    end loop;
    return many;
end $$;
create or replace function api.apply_due_transfers() returns integer
language plpgsql volatile security definer set search_path = '' as $$
begin
    if not (access.is_counsellor() or access.is_lead()) then
        raise exception 'not for this role' using errcode = 'insufficient_privilege';
    end if;
    return access.apply_due_transfers();
end $$;

-- Transfers that are planned or being handed over: a counsellor's own, the lead's all.
create or replace function api.transfers()
returns table (id uuid, client_id uuid, name text, from_login text, to_login text, reason text, effective_on date,
               joint_meeting_on date, applied boolean, done integer, version integer)
language sql stable security definer set search_path = '' as $$
    select t.id, t.client_id, c.name, t.from_login, t.to_login, t.reason, t.effective_on, t.joint_meeting_on,
           t.applied_at is not null,
           (select count(*)::integer from app.case_transfer_step s where s.transfer_id = t.id and s.done_on is not null),
           t.version
      from app.case_transfer t join app.client c on c.id = t.client_id
     where t.closed_at is null and t.cancelled_at is null
       and (t.id in (select access.my_transfers())
            or (access.is_lead() and c.id <> all (array(select access.blocked()))))
     order by t.effective_on, c.sort_name, t.id
$$;

-- The day of the meeting of both counsellors and the client.
create or replace function api.transfer_meeting(transfer uuid, day date) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.case_transfer t set joint_meeting_on = day where t.id = transfer and t.id in (select access.my_transfers());
    if not found then
        raise exception 'no such transfer' using errcode = 'no_data_found';
    end if;
end $$;

-- Whoever has the client now says that everything was handed over.
create or replace function api.close_transfer(transfer uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    update app.case_transfer t set closed_at = clock_timestamp()
     where t.id = transfer and t.applied_at is not null and t.closed_at is null
       and ((t.to_login = session_user and t.id in (select access.my_transfers())) or access.is_lead());
    if not found then
        raise exception 'no such transfer' using errcode = 'no_data_found';
    end if;
end $$;

-- What goes along with clients who are moved: numbers only.
create or replace function api.goes_along(clients uuid[])
returns table (tasks integer, appointments integer, interpreters integer, referrals integer)
language sql stable security definer set search_path = '' as $$
    with them as (select c.id from app.client c
                   where access.is_lead() and c.id = any (clients) and c.id <> all (array(select access.blocked())))
    select (select count(*) from app.task t
             where t.client_id in (select id from them) and t.done_at is null and t.cancelled_at is null)::integer,
           count(distinct a.id)::integer, count(distinct a.id) filter (where a.interpreter_language is not null)::integer,
           (select count(*) from app.client c
             where c.id in (select id from them) and c.referral_waiting_since is not null)::integer
      from app.appointment a
      join app.appointment_client p on p.appointment_id = a.id and p.removed_at is null
     where p.client_id in (select id from them) and a.cancelled_at is null and a.starts_at > clock_timestamp()
$$;

-- Appointments of those one stands in for, in the days of it: when and with whom, for a new time or another person.
create or replace function api.deputy_appointments()
returns table (id uuid, counsellor text, starts_at timestamptz, ends_at timestamptz, kind text, client_id uuid, name text)
language sql stable security definer set search_path = '' as $$
    select a.id, a.counsellor, a.starts_at, a.ends_at, a.kind, c.id, c.name
      from app.deputy d
      join app.appointment a on a.counsellor = d.absent and a.cancelled_at is null and a.starts_at > clock_timestamp()
           and (a.starts_at at time zone 'Europe/Helsinki')::date between d.from_on and d.to_on
      left join app.appointment_client p on p.appointment_id = a.id and p.removed_at is null
      left join app.client c on c.id = p.client_id
     where d.deputy = session_user and access.is_counsellor() and d.ended_at is null and d.to_on >= access.today()
       and (c.id is null or c.id <> all (array(select access.blocked())))
     order by a.starts_at, a.id, c.sort_name
$$;

-- A deputy holds an appointment instead; refused by the database where the deputy is taken.
create or replace function api.take_over(appointment uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if appointment not in (select d.id from api.deputy_appointments() d) then
        raise exception 'no such appointment' using errcode = 'no_data_found';
    end if;
    update app.appointment a set counsellor = session_user, overlap_reason = null where a.id = appointment;
end $$;

-- Whether this person is a deputy today, and whether the day of a planned transfer of theirs has come.
create or replace function api.what_waits() returns table (stands_in boolean, transfers_due boolean)
language sql stable security definer set search_path = '' as $$
    select exists (select access.stands_in_for()),
           exists (select from app.case_transfer t
                    where t.applied_at is null and t.cancelled_at is null and t.effective_on <= access.today()
                      and (session_user in (t.from_login, t.to_login) or access.is_lead()))
$$;

-- Gives clients to others for as long as somebody is away, and plans their way back for the day after.
create or replace function api.lend_all(moves jsonb, why text, back_on date, operation uuid) returns uuid[]
language plpgsql volatile security definer set search_path = '' as $$
declare stale uuid[];
begin
    stale := api.assign_all(moves, why, operation);
    if stale <> '{}' then
        return stale;
    end if;
    return api.plan_transfers((
        select jsonb_agg(jsonb_build_object('client', m ->> 'client', 'was', m ->> 'given_to', 'given_to', m ->> 'was'))
          from jsonb_array_elements(moves) m where m ->> 'was' is not null),
        why, back_on, md5(operation::text || 'back')::uuid);
end $$;

revoke all on all functions in schema access from public;
