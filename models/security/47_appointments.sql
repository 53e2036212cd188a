-- What the database itself keeps right in calendars.

-- Outlook takes a changed appointment by a higher number: time, place and cancellation count.
create or replace function access.raise_sequence() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if (new.starts_at, new.ends_at, new.mode, new.place, new.room, new.cancelled_at)
       is distinct from (old.starts_at, old.ends_at, old.mode, old.place, old.room, old.cancelled_at) then
        new.sequence := old.sequence + 1;
    end if;
    return new;
end $$;
create or replace trigger c_sequence before update on app.appointment
    for each row execute function access.raise_sequence();

-- Hours in which people of the team are taken, for free slots and the team's week: who and when, nothing else.
create or replace function api.busy(from_time timestamptz, to_time timestamptz)
returns table (counsellor text, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
    select a.counsellor, a.starts_at, a.ends_at from app.appointment a
     where (access.is_counsellor() or access.is_lead())
       and a.cancelled_at is null and a.starts_at < to_time and a.ends_at > from_time
     order by a.starts_at
$$;

-- What is taken in these hours of one's own time, of a room and of an interpreter: by whom and when, nothing else.
-- One appointment, which is being moved, may be left out.
create or replace function api.taken(from_time timestamptz, to_time timestamptz, room text, interpreter text, but uuid)
returns table (what text, counsellor text, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
    select w.what, a.counsellor, a.starts_at, a.ends_at
      from app.appointment a
      cross join lateral (values
            ('me', a.counsellor = session_user),
            ('room', access.plain(a.room) = access.plain(taken.room)),
            ('interpreter', access.plain(a.interpreter) = access.plain(taken.interpreter))) as w (what, is_it)
     where (access.is_counsellor() or access.is_lead()) and w.is_it
       and a.cancelled_at is null and a.starts_at < to_time and a.ends_at > from_time
       and a.id is distinct from but
     order by a.starts_at, w.what desc
$$;

-- An interpreter not to be booked for a client; why is kept and told to nobody.
create or replace function api.bar_interpreter(client uuid, interpreter text, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    if not api.is_barred(client, interpreter) then
        insert into app.interpreter_bar (client_id, interpreter, reason) values (client, interpreter, reason);
    end if;
end $$;

-- The names alone, for an open client.
create or replace function api.barred_interpreters(client uuid) returns setof text
language sql stable security definer set search_path = '' as $$
    select b.interpreter::text from app.interpreter_bar b
     where b.client_id = client and b.removed_at is null and client = any (array(select access.opened()))
     order by access.plain(b.interpreter)
$$;

create or replace function api.lift_interpreter_bar(client uuid, interpreter text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare lifted integer;
begin
    if client <> all (array(select access.opened())) then
        raise exception 'open the client first' using errcode = 'insufficient_privilege';
    end if;
    update app.interpreter_bar b set removed_at = clock_timestamp()
     where b.client_id = client and b.removed_at is null
       and access.plain(b.interpreter) = access.plain(lift_interpreter_bar.interpreter);
    get diagnostics lifted = row_count;
    return lifted;
end $$;

create or replace function api.is_barred(client uuid, interpreter text) returns boolean
language sql stable security definer set search_path = '' as $$
    select access.may_list(client) and exists (
        select from app.interpreter_bar b
         where b.client_id = client and b.removed_at is null
           and access.plain(b.interpreter) = access.plain(is_barred.interpreter))
$$;

revoke all on all functions in schema access from public;
