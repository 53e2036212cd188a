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
