-- Counting deadlines again: one session at a time for a client, or all clients at once by the daily run.

-- Whether an open client is to be counted now; until the transaction ends, no other session counts it.
create or replace function api.begin_recount(client uuid, rules_now text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare counted app.deadline_state;
begin
    if client <> all (array(select access.opened())) then
        return false;
    end if;
    select * into counted from app.deadline_state s where s.client_id = client for update;
    return not found or counted.stale or counted.rules is distinct from rules_now;
end $$;
revoke all on function api.begin_recount(uuid, text) from public;
grant execute on function api.begin_recount(uuid, text) to kotoutus_counsellor, kotoutus_lead;

-- A review or an interview told on the timeline is a fact that deadlines are counted from.
create or replace trigger e_stale after insert on app.event
    for each row when (new.kind in ('interview', 'assessment', 'review', 'withdrawal'))
    execute function access.deadlines_stale();

-- The last day to cancel an interpreter is a deadline of each client of the appointment.
create or replace function access.appointment_stale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare one jsonb := to_jsonb(new);
begin
    insert into app.deadline_state (client_id, stale)
    select p.client_id, true from app.appointment_client p
     where p.appointment_id = coalesce(one ->> 'appointment_id', one ->> 'id')::uuid
     order by p.client_id
    on conflict (client_id) do update set stale = true;
    return null;
end $$;
create or replace trigger e_stale after update of interpreter_cancel_by, cancelled_at, starts_at on app.appointment
    for each row when ((old.interpreter_cancel_by, old.cancelled_at, old.starts_at)
                       is distinct from (new.interpreter_cancel_by, new.cancelled_at, new.starts_at))
    execute function access.appointment_stale();
create or replace trigger e_stale after insert or update on app.appointment_client
    for each row execute function access.appointment_stale();
revoke all on function access.appointment_stale() from public;
