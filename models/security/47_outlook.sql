-- What must reach Outlook waits in the same transaction that changed it, whoever changed it and however.

create or replace function access.outlook_due(who text, unit uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if unit is null or not exists (select from app.outlook_mailbox m where m.login = who and m.active) then
        return;
    end if;
    insert into app.outlook_job as j (login, unit_id) values (who, unit)
    on conflict (login, unit_id) do update
       set generation = j.generation + 1, done_at = null, not_before = null, problem = null, tries = 0,
           created_at = case when j.done_at is null then j.created_at else clock_timestamp() end;
end $$;

-- An appointment that goes to a colleague leaves one calendar and enters another.
create or replace function access.outlook_appointment() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    if tg_op <> 'INSERT' then
        perform access.outlook_due(old.counsellor, coalesce(old.series_id, old.id));
    end if;
    if tg_op <> 'DELETE' and (tg_op = 'INSERT' or (new.counsellor, coalesce(new.series_id, new.id))
                              is distinct from (old.counsellor, coalesce(old.series_id, old.id))) then
        perform access.outlook_due(new.counsellor, coalesce(new.series_id, new.id));
    end if;
    return null;
end $$;
create or replace trigger f_outlook
    after insert or delete or update of counsellor, kind, starts_at, ends_at, mode, room, series_id, original_start,
                                        cancelled_at on app.appointment
    for each row execute function access.outlook_appointment();

create or replace function access.outlook_series() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform access.outlook_due(coalesce(new.counsellor, old.counsellor), coalesce(new.id, old.id));
    return null;
end $$;
create or replace trigger f_outlook after delete or update on app.appointment_series
    for each row execute function access.outlook_series();

-- A title may tell of the client, so it changes with who is met, and when a protection begins or ends.
create or replace function access.outlook_client() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
    one jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
    perform access.outlook_due(a.counsellor, coalesce(a.series_id, a.id))
       from app.appointment a
      where case when tg_table_name = 'client'
                 then a.id in (select p.appointment_id from app.appointment_client p
                                where p.client_id = (one ->> 'id')::uuid)
                 else a.id = (one ->> 'appointment_id')::uuid end;
    return null;
end $$;
create or replace trigger f_outlook after insert or delete or update of removed_at on app.appointment_client
    for each row execute function access.outlook_client();
create or replace trigger f_outlook after update of protected, own_counsellor on app.client
    for each row when (old.protected is distinct from new.protected
                       or old.own_counsellor is distinct from new.own_counsellor)
    execute function access.outlook_client();

-- Everything that Outlook should hold, and what it holds already, waits: when the push is turned on, or off
-- with everything taken away. The number of appointments and series is told.
create or replace function api.outlook_all_due() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare many integer;
begin
    if not (access.is_counsellor() or access.is_lead()) then
        raise exception 'only for people with a calendar' using errcode = 'insufficient_privilege';
    end if;
    insert into app.outlook_job as j (login, unit_id)
    select session_user, unit from (
        select coalesce(a.series_id, a.id) as unit from app.appointment a
         where a.counsellor = session_user and a.cancelled_at is null and a.ends_at > clock_timestamp()
        union
        select e.unit_id from app.outlook_event e where e.login = session_user and e.removed_at is null) waiting
    on conflict (login, unit_id) do update
       set generation = j.generation + 1, done_at = null, not_before = null, problem = null, tries = 0;
    get diagnostics many = row_count;
    return many;
end $$;

-- Which of one's own appointments are with a client, also one whom one may no longer see.
create or replace function api.outlook_with_client(units uuid[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
    select distinct a.id
      from app.appointment a
      join app.appointment_client p on p.appointment_id = a.id and p.removed_at is null
     where a.counsellor = session_user and coalesce(a.series_id, a.id) = any (units)
$$;

revoke all on all functions in schema access from public;
